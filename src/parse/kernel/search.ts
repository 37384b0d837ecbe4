/*
 * Searching and classifying bytes, sixteen at a time. All places are addresses in linear memory; up to sixteen bytes
 * behind `limit` are read and not used, which the host leaves room for. The reference is ../scan/search.ts.
 */
import { areSame, firstByte } from '../../io/kernel/bytes';

/** The first place where a literal stands, or -1: its first two bytes are looked for together. */
export function firstPlace(from: i32, limit: i32, literal: i32, length: i32): i32 {
  if (length === 1) {
    const place = firstByte(from, limit, load<u8>(literal));
    return place < limit ? place : -1;
  }
  const first = i8x16.splat(load<i8>(literal));
  const second = i8x16.splat(load<i8>(literal + 1));
  for (let at = from; at < limit; at += 16) {
    let found = i8x16.bitmask(v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(at + 1), second)));
    while (found !== 0) {
      const place = at + ctz(found);
      if (place + length > limit) return -1;
      if (length === 2 || areSame(place, literal, length)) return place;
      found &= found - 1;
    }
  }
  return -1;
}

/** The last place where a literal stands, or -1. Up to sixteen bytes before `from` are read and not used. */
export function lastPlace(from: i32, limit: i32, literal: i32, length: i32): i32 {
  const first = i8x16.splat(load<i8>(literal));
  for (let end = limit - length + 1; end > from; end -= 16) {
    let found = i8x16.bitmask(i8x16.eq(v128.load(end - 16), first));
    if (end - from < 16) found &= 0xffff << (16 - (end - from));
    while (found !== 0) {
      const bit = 31 - clz(found);
      if (areSame(end - 16 + bit, literal, length)) return end - 16 + bit;
      found ^= 1 << bit;
    }
  }
  return -1;
}

/** The end of a run of blanks. */
export function endOfBlanks(from: i32, limit: i32): i32 {
  let at = from;
  while (at < limit && load<u8>(at) === 0x20) at++;
  return at;
}

/** The end of `-` or of one or more `[id name="value"]`; -1 for anything else. */
export function endOfStructuredData(from: i32, limit: i32): i32 {
  if (load<u8>(from) === 0x2d) return from + 1;
  let at = from;
  while (at < limit && load<u8>(at) === 0x5b) {
    at = endOfStructuredElement(at + 1, limit);
    if (at < 0) return -1;
  }
  return at === from ? -1 : at;
}

function endOfStructuredElement(from: i32, limit: i32): i32 {
  let isQuoted = false;
  for (let at = from; at < limit; at++) {
    const byte = load<u8>(at);
    if (byte === 0x5c && isQuoted) at++;
    else if (byte === 0x22) isQuoted = !isQuoted;
    else if (byte === 0x5d && !isQuoted) return at + 1;
  }
  return -1;
}

/** Where the authority of an absolute URL starts, behind `http://` or `https://`; 0 for any other text. */
export function schemeEnd(from: i32, limit: i32): i32 {
  if (limit - from < 8 || (load<u32>(from) | 0x20202020) !== 0x70747468) return 0;
  let at = from + 4;
  if ((load<u8>(at) | 0x20) === 0x73) at++;
  return load<u8>(at) === 0x3a && load<u16>(at + 1) === 0x2f2f ? at + 3 : 0;
}

/** The first place where one of the bytes of a literal stands, or `limit`. */
export function firstOfAny(from: i32, limit: i32, stops: i32, length: i32): i32 {
  for (let at = from; at < limit; at += 16) {
    const block = v128.load(at);
    let isStop = i8x16.eq(block, i8x16.splat(load<i8>(stops)));
    for (let index = 1; index < length; index++) {
      isStop = v128.or(isStop, i8x16.eq(block, i8x16.splat(load<i8>(stops + index))));
    }
    const found = i8x16.bitmask(isStop);
    if (found !== 0) return min(at + ctz(found), limit);
  }
  return limit;
}
