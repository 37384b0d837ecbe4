/*
 * For kernels, in AssemblyScript: finding and comparing bytes. Up to sixteen bytes behind `limit`, or behind what is compared,
 * are read and not used.
 */

/** Tells whether a byte is a digit. */
export function isDigit(byte: i32): bool {
  return <u32>(byte - 0x30) < 10;
}

/** The first place where a byte stands, or `limit`. */
export function firstByte(from: i32, limit: i32, byte: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  for (let at = from; at < limit; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found !== 0) return min(at + ctz(found), limit);
  }
  return limit;
}

/** Tells whether two stretches hold the same bytes. Up to eight bytes behind each are read and not used. */
export function areSame(one: i32, other: i32, length: i32): bool {
  let left = length;
  let first = one;
  let second = other;
  while (left > 8) {
    if (load<u64>(first) !== load<u64>(second)) return false;
    first += 8;
    second += 8;
    left -= 8;
  }
  return left === 0 || (load<u64>(first) ^ load<u64>(second)) << (64 - (left << 3)) === 0;
}

/** The place behind a literal, in ASCII; -1 where it does not stand. */
export function behind(from: i32, to: i32, literal: string): i32 {
  const length = literal.length;
  if (from + length > to) return -1;
  for (let index = 0; index < length; index++) if (load<u8>(from + index) !== literal.charCodeAt(index)) return -1;
  return from + length;
}

/** The place of the first quote that has no backslash before it, or -1. */
export function closingQuote(from: i32, limit: i32): i32 {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  let at = from;
  while (at < limit) {
    const block = v128.load(at);
    const found = i8x16.bitmask(v128.or(i8x16.eq(block, quote), i8x16.eq(block, backslash)));
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (at >= limit) return -1;
    if (load<u8>(at) === 0x22) return at;
    at += 2;
  }
  return -1;
}
