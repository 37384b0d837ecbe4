import type { LinearMemory } from '../../io/linear-memory.ts';
import type { Shapes } from '../format.ts';
import { needsBytes } from './needs.ts';
import { shapeNumbers } from './plans.ts';

/** A format as the kernel sees it. The kernel's side: ../kernel/candidates.ts. */
export interface KernelCandidate {
  /** First step of its program; -1 for one that reads by itself. */
  readonly entry: number;
  /** First step of what a line must match before such a one is asked; -1 for nothing. */
  readonly guard: number;
  /** The part of a record that names the format. */
  readonly part: Uint8Array;
  /** True when it may be tried first on the next line. */
  readonly isSticky: boolean;
  readonly isJoining: boolean;
  /** Which plans read it, if some do: ./plans.ts. */
  readonly shapes: Shapes | undefined;
  /** True when its message may be a line of another log, which is for the host to read. */
  readonly mayHold: boolean;
  /** True for a pattern whose entries go on by who writes them, and that reads a line by itself: its program is the guard. */
  readonly isKeyed: boolean;
  /** What a line must have: ./needs.ts. */
  readonly needs: Uint8Array;
}

const rowInts = 6 + needsBytes / 4;
const tallyInt = 4;
const needsInt = 6;
const stickyFlag = 1;
const joiningFlag = 2;
const holdingFlag = 4;
const keyedFlag = 8;
/** The bits of the flags that number what plans read it. */
const shapesShift = 4;

/** Room for the part of a record that names the format, in bytes. */
const partBytes = 256;

/**
 * The kernel's rows of candidates: filled for each source. Most candidates are the same for all, and lines of many sources may
 * come in turn, so only rows that differ are written.
 */
export class CandidateRows {
  readonly #memory: LinearMemory;
  readonly #rowsAt: number;
  readonly #partsAt: number;
  readonly #filled: KernelCandidate[] = [];

  constructor(memory: LinearMemory, count: number) {
    this.#memory = memory;
    this.#rowsAt = memory.take(4 * rowInts * count);
    this.#partsAt = memory.take(partBytes * count);
  }

  /** The place of the rows. */
  get at(): number {
    return this.#rowsAt;
  }

  /** Fills the rows, whose tallies have been taken; false when their parts have no room. */
  fill(candidates: readonly KernelCandidate[]): boolean {
    return candidates.every((candidate, index) => this.#filled[index] === candidate || this.#fillRow(candidate, index));
  }

  #fillRow(candidate: KernelCandidate, index: number): boolean {
    const { entry, guard, part, needs } = candidate;
    if (part.length > partBytes) return false;
    const row = this.#rowsAt + 4 * rowInts * index;
    const partAt = this.#partsAt + partBytes * index;
    this.#memory.ints.set([entry, partAt, part.length, flagsOf(candidate), 0, guard], row >> 2);
    this.#memory.bytes.set(needs, row + 4 * needsInt);
    this.#memory.bytes.set(part, partAt);
    this.#filled[index] = candidate;
    return true;
  }

  /** How many lines a candidate has read since this was asked last. */
  takeTally(index: number): number {
    const at = (this.#rowsAt >> 2) + rowInts * index + tallyInt;
    const lines = this.#memory.ints[at] ?? 0;
    this.#memory.ints[at] = 0;
    return lines;
  }
}

function flagsOf({ isSticky, isJoining, mayHold, isKeyed, shapes }: KernelCandidate): number {
  const flags = [isSticky && stickyFlag, isJoining && joiningFlag, mayHold && holdingFlag, isKeyed && keyedFlag];
  const number = shapes === undefined ? 0 : shapeNumbers[shapes];
  return flags.reduce<number>((all, flag) => all | Number(flag), number << shapesShift);
}
