/*
 * The kernel of lp-parse, in AssemblyScript: lines to records, bytes to bytes, sixteen at a time, in WebAssembly. What it
 * does is what ../scan and ../reader.ts do; they are held against each other by tests. It reads lines for as long as formats
 * that are patterns fit them, and gives every other line back to the host.
 */

import {
  canBegin,
  candidateCount,
  entryOf,
  formatPartLengthOf,
  formatPartOf,
  guardOf,
  isSticky,
  joinsLines,
  tally,
} from './candidates';
import { makeGlue } from './host';
import { hasTime, scan } from './scan';
import { firstByte } from './search';
import { fromOf, glueAt, heldAt, kindOf, nothing, observedAt, partsAt, slotCount, text, timeAt, toOf } from './state';
import { nextLine, timeQuality } from './time';

export { setCandidates } from './candidates';
export { setSource } from './sessions';
export { setUp } from './state';
export { forgetTime } from './time';

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

/** Most bytes that a byte of a line becomes, and what a record has besides. Source: ../scan/record-writer.ts. */
const growth: i32 = 24;
const fixedBytes: i32 = 8192;
/** The quality of a time that is not in the line. Source: ../time/clock.ts. */
const observed: i32 = 3;

/**
 * Reads the lines from `from` to `to`. Gives the place of the first line that it has not read; `offset` is the offset in the
 * stream of the byte at `base`, `from` to `to` end with a line's end or the input's.
 */
export function parse(from: i32, to: i32, base: i32, offset: f64, maxLine: i32, outEnd: i32): i32 {
  records = 0;
  blanks = 0;
  taken = -1;
  let at = from;
  while (at < to) {
    const newline = firstByte(at, to, 0x0a);
    const end = newline > at && load<u8>(newline - 1) === 0x0d ? newline - 1 : newline;
    if (end === at) {
      blanks++;
      at = newline + 1;
      continue;
    }
    if (end - at > maxLine) return stop(at, Reason.long);
    if (outAt + fixedBytes + growth * (end - at) > outEnd) return stop(at, Reason.full);
    nextLine();
    const candidate = candidateFor(at, end);
    if (candidate < 0) return stop(at, Reason.unread);
    taken = candidate;
    if (isSticky(candidate)) last = candidate;
    lastOut = outAt;
    lastLine = at;
    lastBlanks = blanks;
    writeRecord(at, end, <i64>offset + (at - base));
    tally(candidate);
    records++;
    at = newline + 1;
  }
  return stop(at, Reason.done);
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
    if (entryOf(last) < 0) return -1;
    if (scan(entryOf(last), from, to)) return last;
  }
  const first: i32 = load<u8>(from);
  for (let candidate = 0; candidate < candidateCount; candidate++) {
    if (candidate === last || !canBegin(candidate, first)) continue;
    const isRead = entryOf(candidate) < 0;
    if (isRead && guardOf(candidate) < 0) return -1;
    if (scan(isRead ? guardOf(candidate) : entryOf(candidate), from, to)) return isRead ? -1 : candidate;
  }
  return -1;
}

function stop(at: i32, why: i32): i32 {
  reason = why;
  return at;
}

function writeRecord(from: i32, to: i32, offset: i64): void {
  writePart(0);
  memory.copy(outAt, hasTime ? timeAt : observedAt, 24);
  outAt += 24;
  writePart(1 + (hasTime ? timeQuality() : observed));
  writeNumber(offset);
  outAt = copyBytes(formatPartOf(taken), formatPartLengthOf(taken), outAt);
  let last = -1;
  for (let slot = 0; slot < slotCount; slot++) {
    // Most fields are not there: eight are passed over at once. Behind the last slot is nothing.
    while (load<u64>(heldAt + slot) === 0 && slot < slotCount) slot += 8;
    if (slot >= slotCount) break;
    const kind = kindOf(slot);
    if (kind === nothing) continue;
    writeGlue(last, slot);
    if (kind === text) writeQuoted(fromOf(slot), toOf(slot));
    else writeBytes(fromOf(slot), toOf(slot) - fromOf(slot));
    last = slot;
  }
  writeGlue(last, slotCount);
  writeQuoted(from, to);
  store<u16>(outAt, 0x0a7d);
  outAt += 2;
}

function writePart(index: i32): void {
  outAt = copyBytes(load<i32>(partsAt + (index << 3)), load<i32>(partsAt + (index << 3), 4), outAt);
}

function writeGlue(slot: i32, next: i32): void {
  const entry = glueAt + (((slot + 1) * (slotCount + 1) + next) << 3);
  if (load<i32>(entry, 4) === 0) makeGlue(slot, next);
  writeBytes(load<i32>(entry), load<i32>(entry, 4));
}

function writeBytes(from: i32, length: i32): void {
  outAt = copyBytes(from, length, outAt);
}

/** Copies in blocks of sixteen; what is written behind the end is written over by what follows. */
function copyBytes(from: i32, length: i32, to: i32): i32 {
  for (let done = 0; done < length; done += 16) v128.store(to + done, v128.load(from + done));
  return to + length;
}

function writeQuoted(from: i32, to: i32): void {
  let out = outAt;
  store<u8>(out++, 0x22);
  let at = from;
  while (at < to) {
    const block = v128.load(at);
    v128.store(out, block);
    const special = v128.or(
      i8x16.lt_u(block, i8x16.splat(0x20)),
      v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
    );
    const found = i8x16.bitmask(special);
    const plain = min(found === 0 ? 16 : ctz(found), to - at);
    out += plain;
    at += plain;
    if (plain < 16 && at < to) out = writeEscape(out, load<u8>(at++));
  }
  store<u8>(out++, 0x22);
  outAt = out;
}

/** Source: RFC 8259 §7. */
function writeEscape(out: i32, byte: i32): i32 {
  store<u8>(out, 0x5c);
  let short = 0;
  if (byte === 0x22 || byte === 0x5c) short = byte;
  else if (byte === 0x0a) short = 0x6e;
  else if (byte === 0x09) short = 0x74;
  else if (byte === 0x0d) short = 0x72;
  else if (byte === 0x08) short = 0x62;
  else if (byte === 0x0c) short = 0x66;
  if (short !== 0) {
    store<u8>(out, short, 1);
    return out + 2;
  }
  store<u32>(out, 0x30303075, 1);
  store<u8>(out, 0x30 + (byte >> 4), 4);
  const low = byte & 15;
  store<u8>(out, low < 10 ? 0x30 + low : 0x57 + low, 5);
  return out + 6;
}

function writeNumber(value: i64): void {
  let left = value;
  let length = 1;
  for (let rest = value / 10; rest > 0; rest /= 10) length++;
  for (let at = outAt + length - 1; at >= outAt; at--) {
    store<u8>(at, 0x30 + <i32>(left % 10));
    left /= 10;
  }
  outAt += length;
}
