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

/**
 * Tells whether two stretches hold the same bytes: in blocks of sixteen, of which the last may overlap the one before it. Up to
 * eight bytes behind shorter ones are read and not used.
 */
export function areSame(one: i32, other: i32, length: i32): bool {
  if (length < 16) return areSameShort(one, other, length);
  const last = length - 16;
  for (let at = 0; at < last; at += 16) if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
  return !v128.any_true(v128.xor(v128.load(one + last), v128.load(other + last)));
}

function areSameShort(one: i32, other: i32, length: i32): bool {
  if (length <= 8) return length === 0 || (load<u64>(one) ^ load<u64>(other)) << (64 - (length << 3)) === 0;
  return load<u64>(one) === load<u64>(other) && load<u64>(one + length - 8) === load<u64>(other + length - 8);
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
