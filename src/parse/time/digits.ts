/** The byte at a place, 0 behind the end. For hot loops: no bounds are checked twice. */
export function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

/** Tells whether a byte is an ASCII digit. */
export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** The number that two ASCII digits make, or -1 where others stand. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = byteAt(bytes, at);
  const ones = byteAt(bytes, at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 0x30) * 10 + ones - 0x30 : -1;
}

/** The number at a place, 0 behind the end. Apart from `byteAt`, so that each sees one kind of array and stays fast. */
export function numberAt(numbers: Int32Array, at: number): number {
  return numbers[at] ?? 0;
}

/** How many digits stand in a row, as far as `most`. */
export function digitCount(bytes: Uint8Array, at: number, most: number): number {
  let count = 0;
  while (count < most && isDigit(byteAt(bytes, at + count))) count++;
  return count;
}

/** The number that `count` digits make; there are as many. */
export function numberOf(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index++) value = value * 10 + byteAt(bytes, at + index) - 0x30;
  return value;
}

/** Tells whether a byte is an ASCII letter. */
export function isLetter(byte: number): boolean {
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x7a;
}
