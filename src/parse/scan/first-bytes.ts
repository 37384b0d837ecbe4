import type { Element, Pattern } from '../pattern.ts';
import { byteAt } from '../time/digits.ts';
import { stampStarts, start } from '../time/starts.ts';

/** A set of bytes: a bit for each. */
export type ByteSet = Uint8Array;

const all: ByteSet = new Uint8Array(32).fill(0xff);

/** With what the text of a pattern can begin: it may hold bytes too many, never too few. */
export interface Beginning {
  readonly bytes: ByteSet;
  /** True when there may be nothing. */
  readonly isOptional: boolean;
}

/** What a scan of a pattern need not be tried on. */
export function beginningOf(pattern: Pattern): Beginning {
  for (const element of pattern) {
    const bytes = bytesOf(element);
    if (bytes !== 'none') return { bytes, isOptional: !isGreedy(element) };
  }
  return { bytes: all, isOptional: true };
}

/** The bytes with which a line of a pattern can begin. */
export function firstBytesOf(pattern: Pattern): ByteSet {
  return beginningOf(pattern).bytes;
}

const digits = '0123456789';
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** What an element can begin with; `none` for one that reads nothing. */
function bytesOf(element: Element): ByteSet | 'none' {
  switch (element.kind) {
    case 'literal':
      return setOfByte(Buffer.from(element.text)[0] ?? 0);
    case 'number':
    case 'priority':
      return setOf(`${digits}-`);
    case 'stamp':
      return starts(stampStarts[element.shape]);
    case 'address':
      return setOf(element.isStrict ? `${digits}abcdefABCDEF:` : `${digits}${letters}:.-_`);
    case 'set':
    case 'not':
      return 'none';
    case 'text':
      if (element.reach === 'blanks') return all;
      return element.inside === undefined ? all : firstBytesOf(element.inside);
    case 'stops':
      return element.inside === undefined ? all : firstBytesOf(element.inside);
    case 'oneOf':
      return element.patterns.map(firstBytesOf).reduce(union, new Uint8Array(32));
    default:
      return all;
  }
}

function starts(bits: number): ByteSet {
  const characters = `${bits & start.digit ? digits : ''}${bits & start.name ? letters : ''}${bits & start.atSign ? '@' : ''}`;
  return setOf(characters);
}

/** Tells whether an element never matches where nothing is left. */
function isGreedy(element: Element): boolean {
  switch (element.kind) {
    case 'literal':
    case 'number':
    case 'priority':
    case 'stamp':
    case 'stops':
      return true;
    case 'address':
      return element.isStrict;
    case 'text':
      return element.reach === 'word';
    case 'oneOf':
      return element.patterns.every((pattern) => !beginningOf(pattern).isOptional);
    default:
      return false;
  }
}

/** The set of the characters of a text, which are ASCII; of all bytes when there is none. */
export function setOf(characters: string | undefined): ByteSet {
  if (characters === undefined) return all;
  const set = new Uint8Array(32);
  for (const byte of Buffer.from(characters)) set[byte >> 3] = (set[byte >> 3] ?? 0) | (1 << (byte & 7));
  return set;
}

/** What is in one of two sets. */
export function union(one: ByteSet, other: ByteSet): ByteSet {
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
