import { byteAt } from '../time/digits.ts';

/** Bytes in a pool that are looked for. */
export interface Needle {
  readonly pool: Uint8Array;
  at: number;
  length: number;
}

/** Tells whether the needle stands at a place. */
export function standsAt(bytes: Uint8Array, at: number, limit: number, needle: Needle): boolean {
  if (at + needle.length > limit) return false;
  for (let index = 0; index < needle.length; index++) {
    if (byteAt(bytes, at + index) !== byteAt(needle.pool, needle.at + index)) return false;
  }
  return true;
}

/** The first place from `from` on where the needle stands, or -1. Literals are short, so the cost is linear. */
export function firstPlace(bytes: Uint8Array, from: number, limit: number, needle: Needle): number {
  const first = byteAt(needle.pool, needle.at);
  const lastStart = limit - needle.length;
  for (let at = from; at <= lastStart; at++) {
    if (byteAt(bytes, at) === first && (needle.length === 1 || standsAt(bytes, at, limit, needle))) return at;
  }
  return -1;
}

/** The last place from `from` on where the needle stands, or -1. */
export function lastPlace(bytes: Uint8Array, from: number, limit: number, needle: Needle): number {
  for (let at = limit - needle.length; at >= from; at--) {
    if (standsAt(bytes, at, limit, needle)) return at;
  }
  return -1;
}

/** The place of the first quote that has no backslash before it, or -1. */
export function closingQuote(bytes: Uint8Array, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const byte = byteAt(bytes, at);
    if (byte === 0x22) return at;
    if (byte === 0x5c) at++;
  }
  return -1;
}

/** The end of a run of bytes that are not spaces. */
export function endOfWord(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && byteAt(bytes, at) !== 0x20) at++;
  return at;
}

/** The end of a run of blanks. */
export function endOfBlanks(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && byteAt(bytes, at) === 0x20) at++;
  return at;
}

/** The first place where a byte stands, or `limit`. */
export function firstByte(bytes: Uint8Array, from: number, limit: number, byte: number): number {
  let at = from;
  while (at < limit && byteAt(bytes, at) !== byte) at++;
  return at;
}

/** Where the authority of an absolute URL starts, behind `http://` or `https://`; 0 for any other text. */
export function schemeEnd(bytes: Uint8Array, from: number, limit: number): number {
  if (limit - from < 8 || (byteAt(bytes, from) | 0x20) !== 0x68) return 0;
  for (const scheme of schemes) {
    if (scheme.every((byte, index) => (byteAt(bytes, from + index) | 0x20) === (byte | 0x20))) return from + scheme.length;
  }
  return 0;
}

const schemes = [[...Buffer.from('http://')], [...Buffer.from('https://')]];

/** The end of `-` or of one or more `[id name="value"]`, in whose values quotes and brackets are escaped; -1 for others. */
export function endOfStructuredData(bytes: Uint8Array, from: number, limit: number): number {
  if (byteAt(bytes, from) === 0x2d) return from + 1;
  let at = from;
  while (at < limit && byteAt(bytes, at) === 0x5b) {
    const end = endOfStructuredElement(bytes, at + 1, limit);
    if (end < 0) return -1;
    at = end;
  }
  return at === from ? -1 : at;
}

function endOfStructuredElement(bytes: Uint8Array, from: number, limit: number): number {
  let isQuoted = false;
  for (let at = from; at < limit; at++) {
    const byte = byteAt(bytes, at);
    if (byte === 0x5c && isQuoted) at++;
    else if (byte === 0x22) isQuoted = !isQuoted;
    else if (byte === 0x5d && !isQuoted) return at + 1;
  }
  return -1;
}
