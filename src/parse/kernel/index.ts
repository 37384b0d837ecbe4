/*
 * The kernel of lp-parse, in AssemblyScript: lines to records, bytes to bytes, sixteen at a time, in WebAssembly. What it
 * does is what ../scan and ../reader.ts do; they are held against each other by tests. It reads lines for as long as formats
 * that are patterns fit them, and gives every other line back to the host.
 */

import { firstByte } from '../../io/kernel/bytes';
import { candidateCount, entryOf, guardOf, isKeyed, isSticky, joinsLines, mayHold, mayRead, shapesOf, tally } from './candidates';
import { readContained } from './contained';
import { countRecord, noteRecord } from './counts';
import { setLine } from './grams';
import { holdsLine } from './inside';
import { readByPlan } from './plans';
import { scan, scanMessage } from './scan';
import { heldTime } from './state';
import { nextLine } from './time';
import { lead } from './unwrap';
import { writeRecord } from './write';

export { setCandidates } from './candidates';
export { setColumns, setHeader } from './columns';
export { setContained, setInside } from './contained';
export { forgetRows, notedMarks, notedRow, setCountSource, uncountRecord } from './counts';
export { firstFit } from './fit';
export { shapeAt } from './json';
export { setPlanRequests } from './plan-request';
export { setPlanShapes } from './plan-time';
export { setPlanWords } from './plan-values';
export { addPlan, setPlans, unknownShape } from './plans';
export { setSource } from './sessions';
export { heldTime, kindsAt, placesAt, setUp } from './state';
export { forgetTime } from './time';
export { sourceFrom, sourceTo, unwrap, unwrapped, unwrappedTo } from './unwrap';
export { fieldsTo } from './write';

/** Why `parse` came back: all is read; a line is for the host; the output is full; a line is too long. */
export enum Reason {
  done = 0,
  unread = 1,
  full = 2,
  long = 3,
}

/** Where the host may put its things. */
export function freeAt(): i32 {
  return <i32>__heap_base;
}

export let reason: i32 = 0;
/** Where the next byte of output goes. */
export let outAt: i32 = 0;
/** Where the last record, and its line, start; for a host that finds that the entry goes on. */
export let lastOut: i32 = 0;
export let lastLine: i32 = 0;
/** Blank lines before it. */
export let lastBlanks: i32 = 0;
/** The candidate that is tried first, and the one that took the last line; -1 for none. */
export let last: i32 = -1;
export let taken: i32 = -1;
/** Lines that have become records, and blank ones. */
export let records: i32 = 0;
export let blanks: i32 = 0;

let hasEscapes: bool = false;
/** Whether one line is read for the host, which joins lines by who has written them, and counts. */
let isOne: bool = false;

/** Reads one line for the host, by the program that starts at a step: gives where its time lies, 0 for none; -1 where it does not match. */
export function scanLine(entry: i32, from: i32, to: i32): i32 {
  nextLine();
  setLine(from, to);
  return outcome(scan(entry, from, to));
}

/** Reads the message behind a program's name and a line end. */
export function scanBehindName(entry: i32, from: i32, nameTo: i32, to: i32): i32 {
  nextLine();
  setLine(nameTo + 1, to);
  return outcome(scanMessage(entry, from, nameTo, nameTo + 1, to));
}

function outcome(isMatch: bool): i32 {
  return isMatch ? heldTime() : -1;
}

/** Says whether the input has escape sequences: lines with them are for the host, which reads over their colours. */
export function setEscapes(has: bool): void {
  hasEscapes = has;
}

/** Most bytes that a byte of a line becomes, and what a record has besides. Source: ../scan/record-writer.ts. */
const growth: i32 = 24;
const fixedBytes: i32 = 8192;

/**
 * Reads the lines from `from` to `to`. Gives the place of the first line that it has not read; `offset` is the offset in the
 * stream of the byte at `base`, or less than 0 where each line stands behind its own; `from` to `to` end with a line's end or
 * the input's.
 */
export function parse(from: i32, to: i32, base: i32, offset: f64, maxLine: i32, outEnd: i32): i32 {
  records = 0;
  blanks = 0;
  taken = -1;
  const before = offset < 0 ? lead : 0;
  let at = from;
  while (at < to) {
    const start = at + before;
    const newline = firstByte(start, to, 0x0a);
    const end = newline > start && load<u8>(newline - 1) === 0x0d ? newline - 1 : newline;
    if (end === start) {
      blanks++;
      at = newline + 1;
      continue;
    }
    if (end - start > maxLine) return stop(at, Reason.long);
    if (outAt + fixedBytes + growth * (end - start) > outEnd) return stop(at, Reason.full);
    if (hasEscapes && firstByte(start, end, 0x1b) < end) return stop(at, Reason.unread);
    nextLine();
    setLine(start, end);
    const candidate = candidateFor(start, end);
    if (candidate < 0 || (mayHold(candidate) && holdsLine())) return stop(at, Reason.unread);
    taken = candidate;
    if (isSticky(candidate)) last = candidate;
    lastOut = outAt;
    lastLine = at;
    lastBlanks = blanks;
    outAt = writeRecord(outAt, candidate, start, end, before > 0 ? <i64>load<f64>(at) : <i64>offset + (start - base));
    if (isOne) noteRecord(candidate, lastOut, outAt);
    else countRecord(candidate, lastOut, outAt, end + 1 - start);
    tally(candidate);
    records++;
    at = newline + 1;
    if (isOne) break;
  }
  return stop(at, Reason.done);
}

/** Reads the line that stands at `from`, as `parse` does, and those too that go on by who writes them. It is not counted. */
export function parseOne(from: i32, to: i32, base: i32, offset: f64, maxLine: i32, outEnd: i32): i32 {
  isOne = true;
  const at = parse(from, to, base, offset, maxLine, outEnd);
  isOne = false;
  return at;
}

/** The candidate that reads a line; -1 when the host must see it. */
function candidateFor(from: i32, to: i32): i32 {
  // The host passes over the run of NULs that a crash leaves.
  if (load<u8>(from) === 0) return -1;
  // Whether an entry goes on over a line that its own format does not read is for the host to tell.
  if (taken >= 0 && joinsLines(taken)) {
    if (!scan(entryOf(taken), from, to)) return -1;
    if (taken === last) return taken;
  }
  if (last >= 0) {
    if (entryOf(last) < 0) return !(isOne && holdsLines(last)) && readByShape(last, from, to) ? last : -1;
    if (scan(entryOf(last), from, to)) return last;
  }
  for (let candidate = 0; candidate < candidateCount; candidate++) {
    if (candidate === last || !mayRead(candidate, from, to)) continue;
    if (isOne && isKeyed(candidate)) {
      if (scan(guardOf(candidate), from, to)) return candidate;
      continue;
    }
    const isRead = entryOf(candidate) < 0;
    if (isRead && guardOf(candidate) < 0) return -1;
    if (!scan(isRead ? guardOf(candidate) : entryOf(candidate), from, to)) continue;
    return !isRead || readByShape(candidate, from, to) ? candidate : -1;
  }
  return -1;
}

/** Numbers of what lines are. Source: ../scan/plans.ts. */
const docker: i32 = 5;
const cri: i32 = 6;

function holdsLines(candidate: i32): bool {
  const shapes = shapesOf(candidate);
  return shapes === docker || shapes === cri;
}

/** Reads a line by what it is, where its format is code. */
function readByShape(candidate: i32, from: i32, to: i32): bool {
  const shapes = shapesOf(candidate);
  // What is known of the lines inside goes for the format that read the last line.
  if (holdsLines(candidate)) return candidate === last && readContained(shapes === docker, from, to);
  return readByPlan(shapes, from, to);
}

function stop(at: i32, why: i32): i32 {
  reason = why;
  return at;
}
