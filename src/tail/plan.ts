import type { Position } from '../model/envelope.ts';
import { fingerprintLength, fingerprintOf } from './fingerprint.ts';
import { type FileState, headOf, isState, stateOf } from './log-file.ts';
import { archiveHead } from './packed-part.ts';
import type { Rotated } from './rotated.ts';

/** A file that may hold what was not read of a source. */
export interface Candidate {
  readonly path: string;
  readonly state: FileState;
  readonly isPacked: boolean;
  /** True for the log itself. */
  readonly isLive: boolean;
}

/** A file to be read, and from where on. */
export interface Step {
  readonly file: Candidate;
  readonly offset: number;
  /** True for a copy or an archive, which takes no more lines. */
  readonly isComplete: boolean;
}

/** The files of a source as they lie there now, the newest first. */
export function candidatesOf(path: string, rotated: readonly Rotated[]): readonly Candidate[] {
  const files = [{ path, isPacked: false, isLive: true }, ...rotated.map((file) => ({ ...file, isLive: false }))];
  return files.flatMap(({ path: place, isPacked, isLive }) => {
    const state = stateOf(place);
    return isState(state) ? [{ path: place, state, isPacked, isLive }] : [];
  });
}

/** A file that was read up to a position. */
export interface Known {
  readonly position: Position;
  /** True when it is open and intact: it is read as it is, whatever copies there are of it. */
  readonly isHeld: boolean;
}

/** Tells whether files are still the same under the same names. */
export function areSame(before: readonly Candidate[], now: readonly Candidate[]): boolean {
  const names = (files: readonly Candidate[]): string =>
    files.map(({ path, state }) => `${path}\0${state.dev}:${state.inode}`).join('\0');
  return names(before) === names(now);
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
  for (const [number, { position, isHeld }] of surest) {
    const index = await indexOf({ position, isHeld }, candidates);
    const file = candidates[index];
    newest = Math.min(newest, index < 0 ? countNewer(position, candidates) : index);
    if (steps.has(index)) continue;
    if (isHeld && (file === undefined || !isItself(position, file))) {
      // Without a place it comes before all that has one.
      steps.set(file === undefined ? candidates.length + known.length - number : index, { known: number });
    } else if (file === undefined) lost.push(position);
    else steps.set(index, { file, offset: position.offset, isComplete: isComplete(position, file) });
  }
  for (const [index, file] of candidates.entries()) {
    const isNew = index < newest || wasCopied(file, index, { known, candidates });
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

function isItself(position: Position, { state }: Candidate): boolean {
  return state.dev === position.dev && state.inode === position.inode;
}

/** Where a file is now: itself under any name, else a copy, else an archive of it. */
async function indexOf({ position, isHeld }: Known, candidates: readonly Candidate[]): Promise<number> {
  const length = fingerprintLength(position.fingerprint);
  const starts = (head: Buffer | undefined): boolean =>
    length === 0 || (head !== undefined && fingerprintOf(head) === position.fingerprint);
  const isPlain = ({ isPacked, path, state }: Candidate): boolean =>
    !isPacked && state.sizeBytes >= position.offset && starts(headOf(path, length));
  const itself = candidates.findIndex(
    (file) => isItself(position, file) && (isHeld || isPlain(file) || (file.isPacked && isUnchanged(position, file))),
  );
  if (itself >= 0 || length === 0) return itself;
  const copy = candidates.findIndex(isPlain);
  if (copy >= 0) return copy;
  for (const [index, { isPacked, path }] of candidates.entries()) {
    if (isPacked && starts(await archiveHead(path, length))) return index;
  }
  return -1;
}

/**
 * Tells whether a file is a copy of one that was known when it was empty: that this one is the same file does not tell whether
 * it was filled, copied and truncated since.
 */
function wasCopied(
  file: Candidate,
  index: number,
  { known, candidates }: { known: readonly Known[]; candidates: readonly Candidate[] },
): boolean {
  return known.some(({ position }) => {
    if (position.fingerprint !== undefined || file.isLive) return false;
    const itself = candidates.findIndex((candidate) => isItself(position, candidate));
    return itself >= 0 && itself < index && Math.floor(file.state.modifiedMs) > Date.parse(position.modified ?? '');
  });
}

function isUnchanged({ modified }: Position, { state }: Candidate): boolean {
  return modified === new Date(state.modifiedMs).toISOString();
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
