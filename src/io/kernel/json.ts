/* For kernels, in AssemblyScript: texts of JSON, as strict as JSON.parse. Up to sixteen bytes behind `limit` are read and not used. */

const quote: i32 = 0x22;
const backslash: i32 = 0x5c;

/** Whether the text whose end was looked for last has escapes. */
export let hasEscapes: bool = false;

/** The place of the quote that ends a text, or -1 when it has no end, or something in it that no text may have. */
export function textEnd(from: i32, limit: i32): i32 {
  const quotes = i8x16.splat(<i8>quote);
  const backslashes = i8x16.splat(<i8>backslash);
  const blanks = i8x16.splat(0x20);
  let escapes = 0;
  let at = from;
  while (at < limit) {
    const block = v128.load(at);
    const ends = v128.or(i8x16.eq(block, quotes), i8x16.eq(block, backslashes));
    const found = i8x16.bitmask(v128.or(ends, i8x16.lt_u(block, blanks)));
    if (found === 0) {
      at += 16;
      continue;
    }
    at += ctz(found);
    if (at >= limit) return -1;
    if (load<u8>(at) === quote) {
      hasEscapes = escapes > 0;
      return at;
    }
    const length = escapeLength(at);
    if (length === 0) return -1;
    escapes++;
    at += length;
  }
  return -1;
}

/** How long the escape is that stands here; 0 when there is none. Source: RFC 8259 §7. */
function escapeLength(at: i32): i32 {
  if (load<u8>(at) !== backslash) return 0;
  switch (load<u8>(at + 1)) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return 2;
    case 0x75:
      return hexadecimal(at + 2) >= 0 ? 6 : 0;
    default:
      return 0;
  }
}

/** The number that four hexadecimal digits make, or -1. */
export function hexadecimal(at: i32): i32 {
  let value = 0;
  for (let index = 0; index < 4; index++) {
    const byte: i32 = load<u8>(at + index);
    const small = byte | 0x20;
    if (<u32>(byte - 0x30) < 10) value = (value << 4) + byte - 0x30;
    else if (<u32>(small - 0x61) < 6) value = (value << 4) + small - 0x57;
    else return -1;
  }
  return value;
}
