import type { LinearMemory } from '../../io/linear-memory.ts';
import { type Noted, rowBytesOf } from '../counting.ts';
import { type FieldName, slotOf } from '../fields.ts';
import { byteAt, numberAt } from '../time/digits.ts';
import type { KernelExports } from './kernel-exports.ts';
import { held } from './slots.ts';

const messageSlot = slotOf('message');

/** What the kernel has found in the line that it has read last, and written a record of. */
export class ReadLine {
  readonly #exports: KernelExports;
  readonly #memory: LinearMemory;
  readonly #rowsAt: number;

  /** `rowsAt` is where rows of counts lie. */
  constructor(exports: KernelExports, memory: LinearMemory, rowsAt: number) {
    this.#exports = exports;
    this.#memory = memory;
    this.#rowsAt = rowsAt;
  }

  /** What a field holds, as JSON; undefined for nothing. */
  json(field: FieldName): string | undefined {
    const slot = slotOf(field);
    const kind = this.#kindOf(slot);
    if (kind === held.nothing) return undefined;
    const text = this.#textOf(slot);
    return kind === held.text ? JSON.stringify(text) : text;
  }

  /** Gives the message, as long as the batch is there; the line may be none of the kernel's by then. */
  message(): () => string {
    if (this.#kindOf(messageSlot) !== held.text) return () => '';
    const [from, to] = this.#stretchOf(messageSlot);
    return () => this.#memory.buffer(from, to - from).toString('utf8');
  }

  /** What the record counts for, in rows that have begun anew so often. */
  noted(take: number): Noted {
    const { notedRow, notedMarks } = this.#exports;
    return { row: (notedRow.value - this.#rowsAt) / rowBytesOf(1), marks: notedMarks.value, take };
  }

  /** Where in memory the record goes on with its line as it came. */
  get fieldsTo(): number {
    return this.#exports.fieldsTo.value;
  }

  #kindOf(slot: number): number {
    return byteAt(this.#memory.bytes, this.#exports.kindsAt.value + slot);
  }

  #stretchOf(slot: number): [from: number, to: number] {
    const at = (this.#exports.placesAt.value >> 2) + 2 * slot;
    return [numberAt(this.#memory.ints, at), numberAt(this.#memory.ints, at + 1)];
  }

  #textOf(slot: number): string {
    const [from, to] = this.#stretchOf(slot);
    return this.#memory.buffer(from, to - from).toString('utf8');
  }
}
