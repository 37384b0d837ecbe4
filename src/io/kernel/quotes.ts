/* For kernels, in AssemblyScript: what stands in quotes. Up to sixteen bytes behind `limit` are read and not used. */

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
