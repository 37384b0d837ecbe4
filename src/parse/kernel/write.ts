/* Writes records as JSON. The reference is ../scan/record-writer.ts. */
import { formatPartLengthOf, formatPartOf } from './candidates';
import { makeGlue } from './host';
import { fromOf, glueAt, heldTime, kindOf, kindsAt, observedAt, partsAt, slotCount, text, toOf } from './state';

/** The quality of a time that is not in the line. Source: ../time/clock.ts. */
const observed: i32 = 3;

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
  let last = -1;
  for (let block = 0; block < slotCount; block += 16) {
    let found = i8x16.bitmask(i8x16.ne(v128.load(kindsAt + block), i64x2.splat(0)));
    for (; found !== 0; found &= found - 1) {
      const slot = block + ctz(found);
      out = writeGlue(out, last, slot);
      if (kindOf(slot) === text) out = writeQuoted(out, fromOf(slot), toOf(slot));
      else out = copyBytes(out, fromOf(slot), toOf(slot) - fromOf(slot));
      last = slot;
    }
  }
  out = writeQuoted(writeGlue(out, last, slotCount), lineFrom, lineTo);
  store<u16>(out, 0x0a7d);
  return out + 2;
}

function writePart(out: i32, index: i32): i32 {
  return copyBytes(out, load<i32>(partsAt + (index << 3)), load<i32>(partsAt + (index << 3), 4));
}

function writeGlue(out: i32, slot: i32, next: i32): i32 {
  const row = glueAt + (((slot + 1) * (slotCount + 1) + next) << 3);
  if (load<i32>(row, 4) === 0) makeGlue(slot, next);
  return copyBytes(out, load<i32>(row), load<i32>(row, 4));
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
