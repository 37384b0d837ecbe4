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
