/*
 * Times: a stamp that differs from the last one of its shape in nothing but its second and its decimals is read here, any
 * other one by the host, which knows zones. Many formats may try the same shape on a line, so a failure is remembered for
 * the line. The reference is ../time/clock.ts.
 */
import { areSame, isDigit } from '../../io/kernel/bytes';
import { readStamp } from './host';
import { nameBucketsAt, shapesAt, timeAt } from './state';

const longest: i32 = 48;

/*
 * A row for each shape: length of its last stamp, quality, text (24), place and line of its last failure, where its second
 * stands in the stamp, the number of its decimals with their point, how far it is compared, the stamp with what is behind it.
 */
const rowBytes: i32 = 112;
const textIn: i32 = 8;
const failedAtIn: usize = 32;
const failedLineIn: usize = 36;
const secondIn: usize = 40;
const decimalsIn: usize = 44;
const comparedIn: usize = 48;
const stampIn: i32 = 52;
/** One row more than there are shapes. */
const rowsAt: i32 = <i32>memory.data(32 * 112);

/** Where in a time's text the second and the milliseconds stand. */
const secondInText: usize = 17;
const millisecondInText: i32 = 20;

/** Bits that say with what a shape's stamps start. Source: ../time/starts.ts. */
const startsWithDigit: i32 = 1;
const startsWithName: i32 = 2;
const startsWithAtSign: i32 = 4;
/** Bits that say that stamps of a shape may have any form; that they have a tail, and are otherwise of another shape. */
const hasAnyForm: i32 = 8;
const hasTail: i32 = 16;

/** For each shape: bits, how far behind it is looked, a place and the byte that stands there or 0, the shape without a tail. */
const shapeShift: i32 = 3;
const lookaheadIn: usize = 1;
const knownPlaceIn: usize = 2;
const knownByteIn: usize = 3;
const baseIn: usize = 4;

let line: i32 = 0;

/** Says that another line is tried. */
export function nextLine(): void {
  line++;
}

/** The line and the place of which is known, for some shapes, whether a stamp of theirs stands there: bits. */
let triedLine: i32 = 0;
let triedAt: i32 = 0;
let tried: i32 = 0;
let found: i32 = 0;

/** Tells whether a stamp of one of some shapes, a bit for each, stands at a place. */
export function startsWithStamp(shapes: i32, at: i32): bool {
  if (triedLine !== line || triedAt !== at) {
    triedLine = line;
    triedAt = at;
    tried = 0;
    found = 0;
  }
  for (let left = shapes & ~tried; (shapes & found) === 0 && left !== 0; left &= left - 1) {
    const shape = ctz(left);
    tried |= 1 << shape;
    if (readTime(shape, at) >= 0) found |= 1 << shape;
  }
  return (shapes & found) !== 0;
}

/** Reads the stamp that stands at a place: gives the place behind it, or -1. */
export function readTime(shape: i32, at: i32): i32 {
  const shapeRow = shapesAt + (shape << shapeShift);
  const bits: i32 = load<u8>(shapeRow);
  if (!canStart(bits, at)) return -1;
  const known: i32 = load<u8>(shapeRow, knownByteIn);
  if (known !== 0 && load<u8>(at + load<u8>(shapeRow, knownPlaceIn)) !== known) return -1;
  const row = rowsAt + shape * rowBytes;
  if (load<i32>(row, failedAtIn) === at && load<i32>(row, failedLineIn) === line) return -1;
  const length = load<i32>(row);
  const mayEnd = (bits & (hasAnyForm | hasTail)) !== 0 && startsWithYear(row + stampIn);
  if (length > 0 && isLikeLast(row, at, mayEnd)) {
    copyTime(timeAt, row + textIn);
    store<i32>(timeAt, load<i32>(row, 4), 24);
    return at + length;
  }
  const behind = (bits & hasTail) !== 0 && lacksTail(load<u8>(shapeRow, baseIn), at) ? -1 : readStamp(shape, at);
  if (behind < 0) {
    store<i32>(row, at, failedAtIn);
    store<i32>(row, line, failedLineIn);
  } else if (behind - at < longest) keep(row, shape, at, behind);
  return behind;
}

/** Tells whether what stands at a place may be the start of a stamp. */
function canStart(starts: i32, at: i32): bool {
  const first: i32 = load<u8>(at);
  if (isDigit(first)) return (starts & startsWithDigit) !== 0;
  if (first === 0x40) return (starts & startsWithAtSign) !== 0;
  return (starts & startsWithName) !== 0 && startsName(at);
}

/** Tells whether what stands at a place may be a name with which stamps start: of a month, a day, a zone. */
function startsName(at: i32): bool {
  const first: i32 = load<u8>(at);
  const second: i32 = load<u8>(at, 1);
  const third: i32 = load<u8>(at, 2);
  const code: u32 = ((first | 0x20) << 16) | ((second | 0x20) << 8) | (third | 0x20);
  const bucket = <i32>((code * <u32>0x9e3779b1) >>> 19);
  const bits: i32 = load<u8>(nameBucketsAt + (bucket >> 3));
  return (bits & (1 << (bucket & 7))) !== 0;
}

/**
 * Tells whether the stamp at a place is the last one, or another second of its minute, which the row then holds. What stands
 * behind it is compared too, unless it need not be: where it ends there, whatever that is.
 */
function isLikeLast(row: i32, at: i32, mayEnd: bool): bool {
  const stamp = row + stampIn;
  const second = load<i32>(row, secondIn);
  const length = load<i32>(row);
  const compared = mayEnd && endsAt(at + length) ? length : load<i32>(row, comparedIn);
  if (second < 0) return areSame(at, stamp, compared);
  const decimals = load<i32>(row, decimalsIn);
  const behind = second + 2 + decimals;
  if (!areSame(at, stamp, second) || !areSame(at + behind, stamp + behind, compared - behind)) return false;
  const tens: i32 = load<u8>(at + second);
  const ones: i32 = load<u8>(at + second, 1);
  if (!isDigit(tens) || tens > 0x35 || !isDigit(ones)) return false;
  if (decimals > 0) {
    if (load<u8>(at + second, 2) !== load<u8>(stamp + second, 2)) return false;
    for (let index = second + 3; index < behind; index++) if (!isDigit(load<u8>(at + index))) return false;
    for (let index = 0; index < 3; index++)
      store<u8>(row + textIn + millisecondInText + index, index + 1 < decimals ? load<u8>(at + second + 3 + index) : 0x30);
  }
  store<u16>(row + textIn, load<u16>(at + second), secondInText);
  return true;
}

/** What the numbers of other dates mean may be another thing when more of them have been seen. */
function startsWithYear(at: i32): bool {
  for (let index = 0; index < 4; index++) if (!isDigit(load<u8>(at + index))) return false;
  return !isDigit(load<u8>(at, 4));
}

/** Tells that a stamp has no tail at a place where it was read as one of another shape, without tails. */
function lacksTail(base: i32, at: i32): bool {
  const row = rowsAt + base * rowBytes;
  const length = load<i32>(row);
  return length > 0 && endsAt(at + length) && isLikeLast(row, at, true);
}

/** Longest name of a zone that is looked for. Source: ../time/zone-names.ts. */
const longestPlace: i32 = 40;

/** Tells that no stamp goes on at a place, whatever its form: most do at a blank, before what is no year, offset, zone or `PM`. */
function endsAt(at: i32): bool {
  const joint: i32 = load<u8>(at);
  if (joint !== 0x20) return joint === 0x5d || joint === 0x3e || joint === 0x22 || joint === 0x7c || joint === 0x09;
  const first: i32 = load<u8>(at, 1);
  if (first === 0x2d || first === 0x2b) return !isDigit(load<u8>(at, 2));
  if (isDigit(first) || first === 0x20 || first >= 0x80) return false;
  return !isLetter(first) || (!isMeridiem(at + 1) && !startsName(at + 1) && !isPlace(at + 1));
}

function isMeridiem(at: i32): bool {
  const half: i32 = load<u8>(at) | 0x20;
  return (half === 0x61 || half === 0x70) && (load<u8>(at, 1) | 0x20) === 0x6d && !isLetter(load<u8>(at, 2));
}

function isPlace(from: i32): bool {
  for (let at = from; at < from + longestPlace; at++) {
    const byte: i32 = load<u8>(at);
    if (byte === 0x2f) return true;
    if (!isLetter(byte) && !isDigit(byte) && byte !== 0x5f && byte !== 0x2d && byte !== 0x2b) return false;
  }
  return true;
}

function isLetter(byte: i32): bool {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

function keep(row: i32, shape: i32, at: i32, behind: i32): void {
  const compared = behind - at + load<u8>(shapesAt + (shape << shapeShift), lookaheadIn);
  const second = load<i32>(timeAt, 28);
  let decimals = 0;
  if (second >= 0) {
    const point = load<u8>(at + second, 2);
    if (point === 0x2e || point === 0x2c) {
      decimals = 1;
      while (second + 2 + decimals < behind - at && isDigit(load<u8>(at + second + 2 + decimals))) decimals++;
      // A point behind the stamp is none of decimals.
      if (decimals === 1) decimals = 0;
    }
  }
  store<i32>(row, behind - at);
  store<i32>(row, load<i32>(timeAt, 24), 4);
  copyTime(row + textIn, timeAt);
  store<i32>(row, second, secondIn);
  store<i32>(row, decimals, decimalsIn);
  store<i32>(row, compared, comparedIn);
  memory.copy(row + stampIn, at, compared);
}

/** Copies the 24 bytes of a time. */
function copyTime(to: i32, from: i32): void {
  v128.store(to, v128.load(from));
  store<u64>(to, load<u64>(from, 16), 16);
}

/** Forgets all stamps: they are to be completed otherwise from now on. */
export function forgetTime(): void {
  memory.fill(rowsAt, 0, 32 * rowBytes);
}
