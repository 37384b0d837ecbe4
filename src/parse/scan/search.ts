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

/** The first place where one of the bytes of a needle stands, or `limit`. */
export function firstOfAny(bytes: Uint8Array, from: number, limit: number, stops: Needle): number {
  for (let at = from; at < limit; at++) {
    const byte = byteAt(bytes, at);
    for (let index = 0; index < stops.length; index++) {
      if (byteAt(stops.pool, stops.at + index) === byte) return at;
    }
  }
  return limit;
}

/** A pair found in a run: places of its key and its value; `behind` its value and closing quote. */
export interface Pair {
  keyFrom: number;
  keyTo: number;
  from: number;
  to: number;
  behind: number;
}

/** Finds the next `key=value` from a place on; false where there is none. Words that are no pair are passed over. */
export function nextPair(bytes: Uint8Array, start: number, limit: number, parting: number, pair: Pair): boolean {
  let from = start;
  for (;;) {
    while (from < limit && isParting(byteAt(bytes, from), parting)) from++;
    if (from >= limit) return false;
    let at = from;
    while (at < limit && byteAt(bytes, at) !== 0x3d && !endsWord(byteAt(bytes, at), parting)) at++;
    if (at >= limit) return false;
    if (byteAt(bytes, at) === 0x3d && at > from) {
      pair.keyFrom = from;
      pair.keyTo = at;
      readValue(bytes, at + 1, limit, parting, pair);
      return true;
    }
    from = at + 1;
  }
}

function readValue(bytes: Uint8Array, from: number, limit: number, parting: number, pair: Pair): void {
  const quote = byteAt(bytes, from);
  if (from < limit && (quote === 0x22 || quote === 0x27)) {
    let at = from + 1;
    while (at < limit && byteAt(bytes, at) !== quote) at += byteAt(bytes, at) === 0x5c ? 2 : 1;
    if (at < limit) {
      pair.from = from + 1;
      pair.to = at;
      pair.behind = at + 1;
      return;
    }
  }
  let to = from;
  while (to < limit && !endsWord(byteAt(bytes, to), parting)) to++;
  pair.from = from;
  pair.to = to;
  pair.behind = to;
}

function isParting(byte: number, parting: number): boolean {
  return byte === parting || byte === 0x20 || byte === 0x09;
}

/** Where blanks part pairs they end a word; where another byte does, a value may hold blanks. */
function endsWord(byte: number, parting: number): boolean {
  return byte === parting || (parting === 0x20 && byte === 0x09);
}

/** Bytes as text, a character each: for names and numbers, which are ASCII. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}
