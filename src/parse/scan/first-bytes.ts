import type { Element, Pattern } from '../pattern.ts';
import { byteAt } from '../time/digits.ts';

/** A set of bytes: a bit for each. */
export type ByteSet = Uint8Array;

const all: ByteSet = new Uint8Array(32).fill(0xff);

/**
 * The bytes with which a line of a pattern can begin: what a scan need not try is not tried. It may hold bytes too many,
 * never too few.
 */
export function firstBytesOf(pattern: Pattern): ByteSet {
  for (const element of pattern) {
    const bytes = bytesOf(element);
    if (bytes !== 'none') return bytes;
  }
  return all;
}

/** What an element can begin with; `none` for one that reads nothing. */
function bytesOf(element: Element): ByteSet | 'none' {
  switch (element.kind) {
    case 'literal':
      return setOfByte(Buffer.from(element.text)[0] ?? 0);
    case 'number':
    case 'priority':
      return setOf('0123456789-');
    case 'set':
      return 'none';
    case 'text':
    case 'stops':
      return element.inside === undefined ? all : firstBytesOf(element.inside);
    case 'oneOf':
      return element.patterns.map(firstBytesOf).reduce(union, new Uint8Array(32));
    default:
      return all;
  }
}

/** The set of the characters of a text, which are ASCII; of all bytes when there is none. */
export function setOf(characters: string | undefined): ByteSet {
  if (characters === undefined) return all;
  const set = new Uint8Array(32);
  for (const byte of Buffer.from(characters)) set[byte >> 3] = (set[byte >> 3] ?? 0) | (1 << (byte & 7));
  return set;
}

function union(one: ByteSet, other: ByteSet): ByteSet {
  return one.map((bits, index) => bits | (other[index] ?? 0));
}

function setOfByte(byte: number): ByteSet {
  const set = new Uint8Array(32);
  set[byte >> 3] = 1 << (byte & 7);
  return set;
}

/** Tells whether a byte is in a set. */
export function hasByte(set: ByteSet, byte: number): boolean {
  return (byteAt(set, byte >> 3) & (1 << (byte & 7))) !== 0;
}
