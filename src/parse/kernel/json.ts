/*
 * Walks an object in JSON: notes where its values stand, and its shape, which is all of it but its values. What is not
 * flat enough, or no JSON, is left to the host.
 *
 * A shape: `{`, for each member its key in quotes and the shape of its value, `}`; `[`, the shape of the first value, `]`; a
 * letter for a text, a number, a truth and nothing. The host reads shapes too: ../structured/shape.ts.
 */
import { isDigit } from '../../io/kernel/bytes';
import { hasEscapes, textEnd } from '../../io/kernel/json';
import { endOfBlanks } from './search';

/** Values noted at most, bytes of a shape, and objects within objects. */
const maxValues: i32 = 96;
const maxShape: i32 = 4096;
const deepest: i32 = 8;

/** Kinds of values. */
export const plainText: i32 = 0;
export const escapedText: i32 = 1;
export const other: i32 = 2;
/** A text in which a backslash stands before what is meant as it stands. */
export const slashedText: i32 = 3;

const rowBytes: i32 = 12;
const valuesAt: i32 = <i32>memory.data(96 * 12);
export let valueCount: i32 = 0;

/** The shape that was found last. */
export const shapeAt: i32 = <i32>memory.data(4096 + 32);
export let shapeLength: i32 = 0;

/** Where a value stands, without its quotes, and its kind. */
export function valueFrom(index: i32): i32 {
  return load<i32>(valuesAt + index * rowBytes);
}

export function valueTo(index: i32): i32 {
  return load<i32>(valuesAt + index * rowBytes, 4);
}

export function kindOfValue(index: i32): i32 {
  return load<i32>(valuesAt + index * rowBytes, 8);
}

/** Says that another line is walked. */
export function startWalk(): void {
  valueCount = 0;
  shapeLength = 0;
}

/** Walks a line; false for one that is not an object of this kind. */
export function walk(from: i32, to: i32): bool {
  startWalk();
  // The formats' guards skip no other blanks.
  const start = endOfBlanks(from, to);
  if (start >= to || load<u8>(start) !== 0x7b) return false;
  const end = behindObject(start + 1, to, 0);
  return end >= 0 && behindBlanks(end, to) === to;
}

function behindBlanks(from: i32, to: i32): i32 {
  let at = from;
  while (at < to) {
    const byte: i32 = load<u8>(at);
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return at;
    at++;
  }
  return at;
}

/** Adds a byte to the shape. */
export function mark(byte: i32): bool {
  if (shapeLength >= maxShape) return false;
  store<u8>(shapeAt + shapeLength, byte);
  shapeLength++;
  return true;
}

/** Adds a key to the shape. */
export function markKey(from: i32, length: i32): bool {
  if (shapeLength + length > maxShape) return false;
  memory.copy(shapeAt + shapeLength, from, length);
  shapeLength += length;
  return true;
}

/** Notes a value, and adds its letter to the shape; false when there are too many. */
export function note(from: i32, to: i32, kind: i32, letter: i32): bool {
  if (valueCount >= maxValues) return false;
  const row = valuesAt + valueCount * rowBytes;
  store<i32>(row, from);
  store<i32>(row, to, 4);
  store<i32>(row, kind, 8);
  valueCount++;
  return mark(letter);
}

/** The place behind an object whose brace is behind us, or -1. */
function behindObject(from: i32, to: i32, depth: i32): i32 {
  if (depth >= deepest || !mark(0x7b)) return -1;
  let at = behindBlanks(from, to);
  if (at < to && load<u8>(at) === 0x7d) return mark(0x7d) ? at + 1 : -1;
  while (at < to && load<u8>(at) === 0x22) {
    const end = textEnd(at + 1, to);
    // A key with escapes is left to the host; it stands in the shape with its quotes.
    if (end < 0 || hasEscapes || !markKey(at, end + 1 - at)) return -1;
    at = behindBlanks(end + 1, to);
    if (at >= to || load<u8>(at) !== 0x3a) return -1;
    at = behindValue(behindBlanks(at + 1, to), to, depth);
    if (at < 0) return -1;
    at = behindBlanks(at, to);
    if (at >= to) return -1;
    const next: i32 = load<u8>(at);
    if (next === 0x7d) return mark(0x7d) ? at + 1 : -1;
    if (next !== 0x2c) return -1;
    at = behindBlanks(at + 1, to);
  }
  return -1;
}

/** The place behind a list whose bracket is behind us, or -1. */
function behindList(from: i32, to: i32, depth: i32): i32 {
  if (!mark(0x5b)) return -1;
  let at = behindBlanks(from, to);
  if (at < to && load<u8>(at) === 0x5d) return mark(0x5d) ? at + 1 : -1;
  let isFirst = true;
  while (at < to) {
    const first: i32 = load<u8>(at);
    if (first === 0x7b || first === 0x5b) return -1;
    const values = valueCount;
    const length = shapeLength;
    at = behindValue(at, to, depth);
    if (at < 0) return -1;
    if (!isFirst) {
      valueCount = values;
      shapeLength = length;
    }
    isFirst = false;
    at = behindBlanks(at, to);
    if (at >= to) return -1;
    const next: i32 = load<u8>(at);
    if (next === 0x5d) return mark(0x5d) ? at + 1 : -1;
    if (next !== 0x2c) return -1;
    at = behindBlanks(at + 1, to);
  }
  return -1;
}

function behindValue(at: i32, to: i32, depth: i32): i32 {
  if (at >= to) return -1;
  const first: i32 = load<u8>(at);
  if (first === 0x22) {
    const end = textEnd(at + 1, to);
    if (end < 0) return -1;
    return note(at + 1, end, hasEscapes ? escapedText : plainText, 0x73) ? end + 1 : -1;
  }
  if (first === 0x7b) return behindObject(at + 1, to, depth + 1);
  if (first === 0x5b) return behindList(at + 1, to, depth);
  if (first === 0x74) return load<u32>(at) === 0x65757274 && at + 4 <= to && note(at, at + 4, other, 0x62) ? at + 4 : -1;
  if (first === 0x66) return load<u32>(at, 1) === 0x65736c61 && at + 5 <= to && note(at, at + 5, other, 0x62) ? at + 5 : -1;
  if (first === 0x6e) return load<u32>(at) === 0x6c6c756e && at + 4 <= to && note(at, at + 4, other, 0x7a) ? at + 4 : -1;
  const end = behindNumber(at, to);
  return end >= 0 && note(at, end, other, 0x6e) ? end : -1;
}

function behindDigits(from: i32, to: i32): i32 {
  let at = from;
  while (at < to && isDigit(load<u8>(at))) at++;
  return at;
}

/** Source: RFC 8259 §6. */
function behindNumber(from: i32, to: i32): i32 {
  let at = load<u8>(from) === 0x2d ? from + 1 : from;
  const whole = behindDigits(at, to);
  if (whole === at || (load<u8>(at) === 0x30 && whole - at > 1)) return -1;
  at = whole;
  if (at < to && load<u8>(at) === 0x2e) {
    const decimals = behindDigits(at + 1, to);
    if (decimals === at + 1) return -1;
    at = decimals;
  }
  if (at < to && (load<u8>(at) | 0x20) === 0x65) {
    const sign: i32 = at + 1 < to ? load<u8>(at, 1) : 0;
    const start = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    const digits = behindDigits(start, to);
    if (digits === start) return -1;
    at = digits;
  }
  return at;
}
