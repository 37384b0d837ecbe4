/* The formats that a line is tried on, in order. The host, ../scan/candidates.ts, fills their rows for each source. */

import { hasNeeds, needsBytes } from './needs';

/** A row: first step or -1, the part of a record that names the format (place, length), flags, tally, guard, what it needs. */
const needsIn: i32 = 24;
const rowBytes: i32 = needsIn + needsBytes;
const sticky: i32 = 1;
const joining: i32 = 2;
const holding: i32 = 4;
const keyed: i32 = 8;
/** Behind the flags: the number of what plans read, 0 for none. Source: ../scan/plans.ts. */
const shapesShift: i32 = 4;

let rowsAt: i32 = 0;
/** How many there are. */
export let candidateCount: i32 = 0;

/** Takes the rows over. */
export function setCandidates(at: i32, count: i32): void {
  rowsAt = at;
  candidateCount = count;
}

function rowOf(candidate: i32): i32 {
  return rowsAt + candidate * rowBytes;
}

export function entryOf(candidate: i32): i32 {
  return load<i32>(rowOf(candidate));
}

/** First step of what a line must match before the host is asked; -1 for nothing. */
export function guardOf(candidate: i32): i32 {
  return load<i32>(rowOf(candidate), 20);
}

export function formatPartOf(candidate: i32): i32 {
  return load<i32>(rowOf(candidate), 4);
}

export function formatPartLengthOf(candidate: i32): i32 {
  return load<i32>(rowOf(candidate), 8);
}

/** Tells whether the format may be tried first on the next line. */
export function isSticky(candidate: i32): bool {
  return (load<i32>(rowOf(candidate), 12) & sticky) !== 0;
}

/** Tells whether its entries may go on over further lines. */
export function joinsLines(candidate: i32): bool {
  return (load<i32>(rowOf(candidate), 12) & joining) !== 0;
}

/** Tells whether its entries go on by what names their writer; first step of what reads a line of it is then its guard. */
export function isKeyed(candidate: i32): bool {
  return (load<i32>(rowOf(candidate), 12) & keyed) !== 0;
}

/** Tells whether its message may be a line of another log. */
export function mayHold(candidate: i32): bool {
  return (load<i32>(rowOf(candidate), 12) & holding) !== 0;
}

/** The number of what plans read it; 0 for none. */
export function shapesOf(candidate: i32): i32 {
  return load<i32>(rowOf(candidate), 12) >> shapesShift;
}

/** Tells whether a line, which was set, may be one of its. */
export function mayRead(candidate: i32, from: i32, to: i32): bool {
  return hasNeeds(rowOf(candidate) + needsIn, from, to);
}

/** Counts one more line of the format. */
export function tally(candidate: i32): void {
  const row = rowOf(candidate);
  store<i32>(row, load<i32>(row, 16) + 1, 16);
}
