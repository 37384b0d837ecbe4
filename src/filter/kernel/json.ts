/* Parts of JSON, as strict as JSON.parse. Up to sixteen bytes behind `limit` are read and not used. */

const quote: i32 = 0x22;
const backslash: i32 = 0x5c;

/** The place of the quote that ends a text of JSON, or -1 when it has no end, or something in it that no text may have. */
export function textEnd(from: i32, limit: i32): i32 {
  const quotes = i8x16.splat(<i8>quote);
  const backslashes = i8x16.splat(<i8>backslash);
  const blanks = i8x16.splat(0x20);
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
    if (load<u8>(at) === quote) return at;
    const length = escapeLength(at);
    if (length === 0) return -1;
    at += length;
  }
  return -1;
}

/** How long the escape is that stands here; 0 when there is none. */
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
      return isHex(at + 2) && isHex(at + 3) && isHex(at + 4) && isHex(at + 5) ? 6 : 0;
    default:
      return 0;
  }
}

function isHex(at: i32): bool {
  const byte: i32 = load<u8>(at);
  return isDigit(byte) || <u32>((byte | 0x20) - 0x61) < 6;
}

/** Tells whether a byte is a digit. */
export function isDigit(byte: i32): bool {
  return <u32>(byte - 0x30) < 10;
}

/** Tells whether a word is a number without sign, fraction and exponent, `true`, `false` or `null`: others are rare. */
export function isPlainWord(from: i32, to: i32): bool {
  const length = to - from;
  if (length === 4 && (load<u32>(from) === 0x65757274 || load<u32>(from) === 0x6c6c756e)) return true;
  if (length === 5 && load<u32>(from) === 0x736c6166 && load<u8>(from + 4) === 0x65) return true;
  if (length > 15 || (length > 1 && load<u8>(from) === 0x30)) return false;
  for (let at = from; at < to; at++) if (!isDigit(load<u8>(at))) return false;
  return length > 0;
}

/** Tells whether a text is a time as lp writes it. Source: `usualTime` in ../../model/decode.ts. */
export function isUsualTime(from: i32, to: i32): bool {
  if (to - from !== 24) return false;
  for (let index = 0; index < 24; index++) {
    const byte: i32 = load<u8>(from + index);
    const sign: i32 = load<u8>(timeSigns + index);
    if (sign === 0x30 ? !isDigit(byte) : byte !== sign) return false;
  }
  const month = number2(from + 5);
  const day = number2(from + 8);
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    number2(from + 11) < 24 &&
    number2(from + 14) < 60 &&
    number2(from + 17) < 60
  );
}

/** `0000-00-00T00:00:00.000Z` */
const timeSigns: i32 = <i32>(
  memory.data<u8>([48, 48, 48, 48, 45, 48, 48, 45, 48, 48, 84, 48, 48, 58, 48, 48, 58, 48, 48, 46, 48, 48, 48, 90])
);

function number2(at: i32): i32 {
  return (<i32>load<u8>(at) - 0x30) * 10 + <i32>load<u8>(at + 1) - 0x30;
}
