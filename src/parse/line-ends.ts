import { byteAt } from './time/digits.ts';

/** The place of a line's `\n`, or the end. */
export function endOfLine(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(0x0a, from);
  return newline < 0 ? bytes.length : newline;
}

/** A crash may leave a run of NULs where lines were to be; the line behind it is whole. */
export function behindNuls(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0) at++;
  return at;
}

/** The end of a line without a `\r` before its `\n`. */
export function withoutReturn(bytes: Buffer, from: number, end: number): number {
  return end > from && bytes[end - 1] === 0x0d ? end - 1 : end;
}

/** The end of the last character that is whole before `to`. Source: RFC 3629 §3. */
export function wholeCharacters(bytes: Uint8Array, from: number, to: number): number {
  let start = to - 1;
  while (start > from && to - start < 4 && (byteAt(bytes, start) & 0xc0) === 0x80) start--;
  const lead = byteAt(bytes, start);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start + length > to ? start : to;
}
