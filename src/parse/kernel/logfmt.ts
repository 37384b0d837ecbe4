/*
 * Walks a line of `key=value`: notes where its values stand, and its shape: `=`, and for each pair its key, `=` and the
 * letter of a text. What code would not read pair by pair to the end of the line is left to it. The reference is
 * `readLogfmt` in ../structured/payload.ts; the host reads shapes too: ../structured/pairs-plan.ts.
 */
import { closingQuote, firstByte, isDigit } from '../../io/kernel/bytes';
import { mark, markKey, note, plainText, slashedText, startWalk, valueCount } from './json';

const longestKey: i32 = 64;

/** The number of the first value with a backslash in it. */
export let firstSlashed: i32 = 0;

/** Walks a line; false for one that is not of this kind. */
export function walkPairs(from: i32, to: i32): bool {
  startWalk();
  firstSlashed = i32.MAX_VALUE;
  let at = behindBlanks(from, to);
  if (at === to || !mark(0x3d)) return false;
  while (at < to) {
    const key = at;
    while (at < to && isKeyByte(load<u8>(at))) at++;
    if (at === key || at - key > longestKey || at >= to || load<u8>(at) !== 0x3d || !markKey(key, at + 1 - key)) return false;
    const behind = behindValue(at + 1, to);
    at = behindBlanks(behind, to);
    if (behind < 0 || (at === behind && at < to)) return false;
  }
  return true;
}

/** The place behind a value, or -1. */
function behindValue(from: i32, to: i32): i32 {
  if (from < to && load<u8>(from) === 0x22) {
    const end = closingQuote(from + 1, to);
    if (end < 0) return -1;
    const slash = firstByte(from + 1, end, 0x5c);
    if (slash === end) return note(from + 1, end, plainText, 0x73) ? end + 1 : -1;
    firstSlashed = min(firstSlashed, valueCount);
    return isSlashed(slash, end) && note(from + 1, end, slashedText, 0x73) ? end + 1 : -1;
  }
  let at = from;
  while (at < to && !isBlank(load<u8>(at))) {
    // Blanks that are not of ASCII end a word too.
    if (load<u8>(at) === 0x22 || load<u8>(at) >= 0x80) return -1;
    at++;
  }
  return note(from, at, plainText, 0x73) ? at : -1;
}

/** Tells whether each backslash stands before what it can stand before: no end of a line, which may be of three bytes. */
function isSlashed(from: i32, to: i32): bool {
  for (let at = from; at < to; at++) {
    if (load<u8>(at) !== 0x5c) continue;
    at++;
    const byte: i32 = load<u8>(at);
    if (byte === 0x0a || byte === 0x0d || byte >= 0x80) return false;
  }
  return true;
}

function isKeyByte(byte: i32): bool {
  if (isDigit(byte) || <u32>((byte | 0x20) - 0x61) < 26) return true;
  return byte === 0x5f || byte === 0x2e || byte === 0x2d || byte === 0x40;
}

function behindBlanks(from: i32, to: i32): i32 {
  let at = from;
  while (at >= 0 && at < to && isBlank(load<u8>(at))) at++;
  return at;
}

function isBlank(byte: i32): bool {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
