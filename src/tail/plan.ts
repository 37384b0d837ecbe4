import type { Position } from '../model/envelope.ts';
import { type Candidate, isItself, type Known } from './candidate.ts';
import { Finder } from './finder.ts';
import { fingerprintLength, fingerprintOf, headBytes, startsAs } from './fingerprint.ts';
import { isLook, isSameFile, isState, lookInto, stateOf } from './log-file.ts';

/** Where to start in a log that is not known: at its end, at its start, or with the archives changed since a time. */
export type Start = 'end' | 'beginning' | { readonly sinceMs: number };

/** A file to be read, and from where on. */
export interface Step {
  readonly file: Candidate;
  readonly offset: number;
  /** True for a copy or an archive, which takes no more lines. */
  readonly isComplete: boolean;
  /** What it starts with as it was seen, or did when it was read up to the offset; undefined when that is not known. */
  readonly fingerprint: string | undefined;
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
  const places = new Map<number, number>();
  // An inode alone may be used again: what is known by more than that comes first.
  const surest = [...known.entries()].sort(([, a], [, b]) => sureness(b) - sureness(a));
  const found = new Finder(candidates);
  for (const [number, { position, isHeld }] of surest) {
    const index = await found.indexOf({ position, isHeld });
    const file = candidates[index];
    places.set(number, index);
    if (steps.has(index)) continue;
    if (isHeld && (file === undefined || !(isItself(position, file) || isBack(position, file)))) {
      // Without a place it comes before all that has one.
      steps.set(file === undefined ? candidates.length + known.length - number : index, { known: number });
    } else if (file === undefined) lost.push(position);
    else {
      // What is held is not looked into again: there may be hundreds.
      const step = isHeld ? { file, offset: position.offset, fingerprint: position.fingerprint } : stepOf(file, found, position);
      steps.set(index, { ...step, isComplete: isComplete(position, file) });
    }
  }
  const newest = countNewest(known, places, candidates);
  const emptied = known.filter(({ position }) => position.fingerprint === undefined);
  const copies = new Set(
    emptied.flatMap(({ position }) => copiesSince(position, found.ofIdentity(position), { candidates, steps })),
  );
  for (const [index, file] of candidates.entries()) {
    if ((index < newest || copies.has(index)) && !steps.has(index)) steps.set(index, stepOf(file, found));
  }
  const ordered = [...steps].sort(([a], [b]) => b - a).map(([, step]) => step);
  const isNothingThere = steps.size === 0 || candidates.length === 0;
  return {
    steps: withoutCopies(ordered, found),
    lost: lost.filter((position) => isNothingThere || isAway(position, candidates)),
  };
}

/** Says how a log is read of which nothing is known: from its start or its end, and before it the archives changed since a time. */
export function planAnew(start: Start, candidates: readonly Candidate[]): Plan {
  const found = new Finder(candidates);
  const files = candidates.filter(
    ({ isLive, state }) => isLive || (typeof start === 'object' && state.modifiedMs >= start.sinceMs),
  );
  const steps = files.map((file) => (start === 'end' ? lastStep(file) : stepOf(file, found)));
  return { steps: withoutCopies(steps.reverse(), found), lost: [] };
}

function stepOf(candidate: Candidate, found: Finder, known?: Position): Step {
  const file = found.seen(candidate);
  const start = file.isPacked ? undefined : found.startOf(file);
  // One that was truncated since it was found must not be taken for what was read.
  const isSeen = start !== undefined && startsAs(start, known?.fingerprint);
  const fingerprint = isSeen ? fingerprintOf(start) : known?.fingerprint;
  return { file, offset: known?.offset ?? 0, fingerprint, isComplete: file.isPacked };
}

/** What is in a log already is left. */
function lastStep(file: Candidate): Step {
  const look = lookInto(file.path, true);
  if (!isLook(look) || !isSameFile(look.state, file.state)) {
    return { file, offset: file.state.sizeBytes, fingerprint: undefined, isComplete: false };
  }
  return {
    file: { ...file, state: look.state },
    offset: look.linesEnd,
    fingerprint: fingerprintOf(look.head),
    isComplete: false,
  };
}

/** Most time between the last write to a copy and that to the log, which goes on meanwhile, in ms: no copy waits so long for more. */
const slowestCopyMs = 1_000;

/**
 * Leaves out a copy of the log that is to be truncated next: as long as the log has all that the copy has, it is read itself,
 * and when it has not any more, its place is found in the copy. Such a copy is about as young as the log.
 */
function withoutCopies(steps: readonly (Step | Held)[], found: Finder): readonly (Step | Held)[] {
  const log = steps.at(-1);
  if (log === undefined || !('file' in log) || !log.file.isLive) return steps;
  return steps.filter((step) => step === log || !('file' in step) || !isCopy(step, log.file, found));
}

function isCopy({ file, offset }: Step, log: Candidate, found: Finder): boolean {
  if (file.isPacked || offset > 0) return false;
  // The log's size after the copy's: both may have grown since they were looked at.
  const now = stateOf(log.path);
  if (!isState(now) || !isSameFile(now, log.state) || file.state.sizeBytes > now.sizeBytes) return false;
  const [start, whole] = [found.startOf(file), found.startOf(log)];
  if (start === undefined || whole === undefined || start.length === 0) return false;
  return startsAs(whole, fingerprintOf(start)) && file.state.modifiedMs >= log.state.modifiedMs - slowestCopyMs;
}

function sureness({ position, isHeld }: Known): number {
  return isHeld ? 2 : position.fingerprint === undefined ? 0 : 1;
}

/** A file of the same start that is another file was copied before the log was truncated. */
function isComplete(position: Position, file: Candidate): boolean {
  return file.isPacked || (!file.isLive && !isItself(position, file));
}

/**
 * The copies of a file that was known when it was empty and is at `index` now: that it is the same file does not tell whether
 * it was filled, copied and truncated since. They are behind it, and before what else is known, of which the last one that lies
 * there as it was written is kept while the file is empty; times tell only where they have to, because a clock may be set back.
 */
function copiesSince(
  { modified }: Position,
  index: number,
  { candidates, steps }: { readonly candidates: readonly Candidate[]; readonly steps: ReadonlyMap<number, unknown> },
): readonly number[] {
  // Of an archive nothing is known until it is read, and it takes no more lines.
  if (index < 0 || candidates[index]?.isPacked === true) return [];
  const emptiedMs = Date.parse(modified ?? '');
  const behind = [...candidates.keys()].slice(index + 1);
  const isBounded = behind.some((at) => steps.has(at));
  const isCopy = (at: number): boolean => {
    const file = candidates[at];
    if (file === undefined || steps.has(at)) return false;
    return Math.floor(file.state.modifiedMs) > emptiedMs || (isBounded && !file.isPacked);
  };
  const end = behind.findIndex((at) => !isCopy(at));
  return end < 0 ? behind : behind.slice(0, end);
}

/** Tells whether what starts as a held file did is the log on a file system that has come in place of the one that this is on. */
function isBack({ dev }: Position, { isLive, state }: Candidate): boolean {
  return isLive && state.dev !== dev;
}

/** Tells whether what is gone was on a file system that is not there, and would be known again by more than a line or two. */
function isAway({ dev, fingerprint }: Position, candidates: readonly Candidate[]): boolean {
  return fingerprintLength(fingerprint) === headBytes && candidates.every(({ state }) => state.dev !== dev);
}

/**
 * How many files are newer than all that is known, the oldest first: told by the places of what was found, and by the time of
 * what was not, unless something newer was found, because a clock may be set back.
 */
function countNewest(known: readonly Known[], places: ReadonlyMap<number, number>, candidates: readonly Candidate[]): number {
  if (known.length === 0) return countNewer(undefined, candidates);
  const newer = [...known.entries()].reverse();
  const found = newer.findIndex(([number]) => (places.get(number) ?? -1) >= 0);
  const gone = newer.slice(0, found < 0 ? newer.length : found).map(([, { position }]) => countNewer(position, candidates));
  return Math.min(candidates.length, ...gone, ...[...places.values()].filter((place) => place >= 0));
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
