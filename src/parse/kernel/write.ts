/* Writes records as JSON. The reference is ../scan/record-writer.ts. */
import { formatPartLengthOf, formatPartOf } from './candidates';
import { makeGlue } from './host';
import { fromOf, glueAt, heldTime, kindOf, kindsAt, nothing, observedAt, partsAt, slotCount, text, toOf } from './state';

/** The quality of a time that is not in the line. Source: ../time/clock.ts. */
const observed: i32 = 3;

/*
 * Most records have the same slots as one of late, so what stands between them is kept together: a row for each set of slots,
 * by a hash. In it: the slots as bits (two u64), where its last part lies, then for each slot place and length of the glue
 * before it and its number, and last the glue behind all.
 */
const behindIn: usize = 16;
const partsIn: i32 = 24;
const partBytes: i32 = 12;
const slotIn: usize = 8;
/** 128 slots at most, and the record's end. */
const shapeBytes: i32 = 24 + 12 * 129;
const shapesAt: i32 = <i32>memory.data(64 * (24 + 12 * 129));

/** Where the record that was written last goes on with its line as it came. */
export let fieldsTo: i32 = 0;

/** Writes the record of a line that the candidate has read: gives the place behind it. */
export function writeRecord(to: i32, candidate: i32, lineFrom: i32, lineTo: i32, offset: i64): i32 {
  let out = writePart(to, 0);
  const held = heldTime();
  const time = held > 0 ? held : observedAt;
  v128.store(out, v128.load(time));
  store<u64>(out, load<u64>(time, 16), 16);
  out = writePart(out + 24, 1 + (held > 0 ? load<i32>(held, 24) : observed));
  out = writeNumber(out, offset);
  out = copyBytes(out, formatPartOf(candidate), formatPartLengthOf(candidate));
  const shape = shapeOf();
  const end = shape + load<i32>(shape, behindIn);
  let part = shape + partsIn;
  for (; part < end; part += partBytes) {
    out = writeGlue(out, part);
    const slot = load<i32>(part, slotIn);
    if (kindOf(slot) === text) out = writeQuoted(out, fromOf(slot), toOf(slot));
    else out = copyBytes(out, fromOf(slot), toOf(slot) - fromOf(slot));
  }
  fieldsTo = out;
  out = writeQuoted(writeGlue(out, part), lineFrom, lineTo);
  store<u16>(out, 0x0a7d);
  return out + 2;
}

function writePart(out: i32, index: i32): i32 {
  return copyBytes(out, load<i32>(partsAt + (index << 3)), load<i32>(partsAt + (index << 3), 4));
}

function writeGlue(out: i32, part: i32): i32 {
  return copyBytes(out, load<i32>(part), load<i32>(part, 4));
}

/** The row for the slots that are filled. */
function shapeOf(): i32 {
  const low = filled(0);
  const high = slotCount > 64 ? filled(64) : 0;
  const hash = <i32>(((low ^ (high * 31)) * 0x1e3779b97f4a7b) >> 58);
  const shape = shapesAt + hash * shapeBytes;
  if (load<u64>(shape) !== low || load<u64>(shape, 8) !== high || load<i32>(shape, behindIn) === 0) makeShape(shape, low, high);
  return shape;
}

/** For each of 64 slots a bit. */
function filled(first: i32): u64 {
  let bits: u64 = 0;
  const kinds = kindsAt + first;
  for (let block = 0; block < 64; block += 16) {
    const found = i8x16.bitmask(i8x16.ne(v128.load(kinds + block), i64x2.splat(0)));
    bits |= (<u64>found) << block;
  }
  return bits;
}

function makeShape(shape: i32, low: u64, high: u64): void {
  store<u64>(shape, low);
  store<u64>(shape, high, 8);
  let part = shape + partsIn;
  let last = -1;
  for (let slot = 0; slot <= slotCount; slot++) {
    if (slot < slotCount && kindOf(slot) === nothing) continue;
    const row = glueAt + (((last + 1) * (slotCount + 1) + slot) << 3);
    if (load<i32>(row, 4) === 0) makeGlue(last, slot);
    store<u64>(part, load<u64>(row));
    store<i32>(part, slot, slotIn);
    if (slot < slotCount) part += partBytes;
    last = slot;
  }
  store<i32>(shape, part - shape, behindIn);
}

/** Copies in blocks of sixteen; what is written behind the end is written over by what follows. */
function copyBytes(to: i32, from: i32, length: i32): i32 {
  v128.store(to, v128.load(from));
  v128.store(to + 16, v128.load(from, 16));
  for (let done = 32; done < length; done += 16) v128.store(to + done, v128.load(from + done));
  return to + length;
}

function writeQuoted(to: i32, from: i32, end: i32): i32 {
  let out = to;
  store<u8>(out++, 0x22);
  let at = from;
  while (at < end) {
    const block = v128.load(at);
    v128.store(out, block);
    const special = v128.or(
      // At most 0x1f; the processor has no other comparison of unsigned bytes.
      i8x16.eq(i8x16.min_u(block, i8x16.splat(0x1f)), block),
      v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
    );
    const found = i8x16.bitmask(special);
    if (found === 0) {
      at += 16;
      out += 16;
      continue;
    }
    const plain = ctz(found);
    at += plain;
    out += plain;
    if (at < end) out = writeEscape(out, load<u8>(at++));
  }
  // A block may have gone beyond the end.
  out -= at - end;
  store<u8>(out++, 0x22);
  return out;
}

/** Source: RFC 8259 §7. */
function writeEscape(out: i32, byte: i32): i32 {
  if (byte === 0x22 || byte === 0x5c) {
    store<u16>(out, 0x5c | (byte << 8));
    return out + 2;
  }
  let short = 0;
  if (byte === 0x0a) short = 0x6e;
  else if (byte === 0x09) short = 0x74;
  else if (byte === 0x0d) short = 0x72;
  else if (byte === 0x08) short = 0x62;
  else if (byte === 0x0c) short = 0x66;
  if (short !== 0) {
    store<u16>(out, 0x5c | (short << 8));
    return out + 2;
  }
  store<u32>(out, 0x3030755c);
  store<u8>(out, 0x30 + (byte >> 4), 4);
  const low = byte & 15;
  store<u8>(out, low < 10 ? 0x30 + low : 0x57 + low, 5);
  return out + 6;
}

const billion: i64 = 1_000_000_000;

function writeNumber(out: i32, value: i64): i32 {
  if (value < billion) return writeDigits(out, <u32>value, digitsOf(<u32>value));
  const high = <u32>(value / billion);
  const behind = writeDigits(out, high, digitsOf(high));
  return writeDigits(behind, <u32>(value % billion), 9);
}

function digitsOf(value: u32): i32 {
  let count = 1;
  for (let bound: u32 = 10; count < 10 && value >= bound; bound *= 10) count++;
  return count;
}

function writeDigits(out: i32, value: u32, count: i32): i32 {
  let left = value;
  for (let at = out + count - 1; at >= out; at--) {
    store<u8>(at, 0x30 + (left % 10));
    left /= 10;
  }
  return out + count;
}
