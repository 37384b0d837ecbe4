import type { Position } from '../model/envelope.ts';
import { type Candidate, isItself, type Known } from './candidate.ts';
import { Finder } from './finder.ts';

/** A file to be read, and from where on. */
export interface Step {
  readonly file: Candidate;
  readonly offset: number;
  /** True for a copy or an archive, which takes no more lines. */
  readonly isComplete: boolean;
  /** What it started with when it was read up to the offset. */
  readonly fingerprint?: string | undefined;
}

/** What is to be read, the oldest first, and what was known and is not to be found. */
export interface Plan {
  readonly steps: readonly (Step | Held)[];
  readonly lost: readonly Position[];
}

/** A file that is held and has no name any more: by its place among what was known. */
export interface Held {
  readonly known: number;
}

/**
 * Says how reading goes on from what was read, with files that may have been renamed, copied, packed, truncated or deleted
 * since: each file from where it was left, then all that are newer, then the log.
 */
export async function planFrom(known: readonly Known[], candidates: readonly Candidate[]): Promise<Plan> {
  const steps = new Map<number, Step | Held>();
  const lost: Position[] = [];
  /** So many files are newer than all that is known: told by the place of what was found, and by the time of what was not. */
  let newest = known.length === 0 ? countNewer(undefined, candidates) : candidates.length;
  // An inode alone may be used again: what is known by more than that comes first.
  const surest = [...known.entries()].sort(([, a], [, b]) => sureness(b) - sureness(a));
  const found = new Finder(candidates);
  for (const [number, { position, isHeld }] of surest) {
    const index = await found.indexOf({ position, isHeld });
    const file = candidates[index];
    newest = Math.min(newest, index < 0 ? countNewer(position, candidates) : index);
    if (steps.has(index)) continue;
    if (isHeld && (file === undefined || !isItself(position, file))) {
      // Without a place it comes before all that has one.
      steps.set(file === undefined ? candidates.length + known.length - number : index, { known: number });
    } else if (file === undefined) lost.push(position);
    else {
      const { offset, fingerprint } = position;
      steps.set(index, { file, offset, fingerprint, isComplete: isComplete(position, file) });
    }
  }
  const emptied = known
    .filter(({ position }) => position.fingerprint === undefined)
    .map(({ position }) => emptiedOf(position, found));
  for (const [index, file] of candidates.entries()) {
    const isNew = index < newest || emptied.some((empty) => wasCopied(file, index, empty));
    if (isNew && !steps.has(index)) steps.set(index, { file, offset: 0, isComplete: file.isPacked });
  }
  const ordered = [...steps].sort(([a], [b]) => b - a).map(([, step]) => step);
  return { steps: ordered, lost: steps.size > 0 ? [] : lost };
}

function sureness({ position, isHeld }: Known): number {
  return isHeld ? 2 : position.fingerprint === undefined ? 0 : 1;
}

/** A file of the same start that is another file was copied before the log was truncated. */
function isComplete(position: Position, file: Candidate): boolean {
  return file.isPacked || (!file.isLive && !isItself(position, file));
}

/** A file that was known when it was empty: where it is now, and when it had last changed. */
interface Emptied {
  readonly index: number;
  readonly modifiedMs: number;
}

function emptiedOf(position: Position, found: Finder): Emptied {
  return { index: found.ofIdentity(position), modifiedMs: Date.parse(position.modified ?? '') };
}

/**
 * Tells whether a file is a copy of one that was known when it was empty: that this one is the same file does not tell whether
 * it was filled, copied and truncated since.
 */
function wasCopied({ isLive, state }: Candidate, index: number, empty: Emptied): boolean {
  return !isLive && empty.index >= 0 && empty.index < index && Math.floor(state.modifiedMs) > empty.modifiedMs;
}

/**
 * How many files were changed after the one that is gone, the log among them: older ones were read before it. Of a log that
 * nothing was known of, its archives are none of its new lines.
 */
function countNewer(gone: Position | undefined, candidates: readonly Candidate[]): number {
  const lastMs = Date.parse(gone?.modified ?? '');
  const first = candidates.findIndex(
    ({ state, isLive }) => !isLive && (Number.isNaN(lastMs) || Math.floor(state.modifiedMs) <= lastMs),
  );
  return first < 0 ? candidates.length : first;
}
