import type { LinearMemory } from '../io/linear-memory.ts';
import { type LineFinder, lineFinder, recordStart, slackBytes } from './line-finder.ts';

/* Hot path: looks for words in the bytes of many lines. The words are laid out here as ./kernel/words.ts wants them. */

/** A word is found by its head: so many of its first bytes, or the whole of a shorter one. */
const headBytes = 4;
const halfCount = 16;
/** Groups of words, a bit of the tables for each; what only a decoder understands, and line feeds, have one of their own. */
const groupCount = 6;
const escapes = ['\\u', '\\/'];
const lineFeeds = ['\n'];
/**
 * Finds the lines that hold a word, in any case, or that are not records, or that only a decoder understands. Words are in
 * lower case. Undefined where the kernel has not been built or cannot run.
 */
export function wordSearch(keywords: readonly string[]): Promise<LineFinder | undefined> {
  return lineFinder((kernel, memory) => {
    const words = keywords.filter(isAscii).map(inJson);
    const groups = groupsOf(words);
    const text = (value: string): readonly number[] => [memory.put(Buffer.from(value)), value.length];
    kernel.setWords(
      memory.putInts([
        memory.put(tablesOf(groups)),
        memory.putInts(groups.flatMap((group) => [putWords(memory, group), group.length])),
        memory.put(headsOf(words)),
        shortOnes(groups),
        ...text(recordStart),
        ...text(',"message":"'),
        ...text('","original":"'),
      ]),
    );
    return kernel.search;
  });
}

/** Tells whether a text is of ASCII alone: lines with other characters must be read anyway. */
export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

/** A text in lower case as it stands in a text of JSON. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1).toLowerCase();
}

/** Words that begin alike go together, so that few bytes that begin no word look as if they did. */
function groupsOf(words: readonly string[]): readonly (readonly string[])[] {
  const sorted = [...new Set(words)].sort((a, b) => headOf(a).length - headOf(b).length || (a < b ? -1 : 1));
  const size = Math.ceil(sorted.length / groupCount);
  const groups = Array.from({ length: groupCount }, (_, group) => sorted.slice(group * size, (group + 1) * size));
  return [...groups, escapes, lineFeeds];
}

function headOf(word: string): string {
  return word.slice(0, headBytes);
}

/** A bit for the hash of each whole head, in any case. */
function headsOf(words: readonly string[]): Uint8Array {
  const bits = new Uint8Array(1 << (headBits - 3));
  for (const head of words.map(headOf).filter(isWhole)) {
    const hash = Math.imul(Buffer.from(head, 'latin1').readUInt32LE() | 0x20202020, 0x9e3779b1) >>> (32 - headBits);
    bits[hash >> 3] = (bits[hash >> 3] ?? 0) | (1 << (hash & 7));
  }
  return bits;
}

const headBits = 13;

function isWhole(head: string): boolean {
  return head.length === headBytes;
}

/** The groups, as bits, with heads that are not whole. */
function shortOnes(groups: readonly (readonly string[])[]): number {
  return groups.reduce((bits, words, group) => (words.map(headOf).every(isWhole) ? bits : bits | (1 << group)), 0);
}

/** For each byte of a head two tables, of its low and of its high half: the groups, as bits, with a word that fits. */
function tablesOf(groups: readonly (readonly string[])[]): Uint8Array {
  const tables = new Uint8Array(2 * halfCount * headBytes);
  const add = (table: number, half: number, group: number): void => {
    const at = table * halfCount + half;
    tables[at] = (tables[at] ?? 0) | (1 << group);
  };
  for (const [group, words] of groups.entries())
    for (const head of words.map(headOf))
      for (let index = 0; index < headBytes; index++)
        for (const byte of bytesAt(head, index - headBytes + head.length)) {
          add(2 * index, byte & 15, group);
          add(2 * index + 1, byte >> 4, group);
        }
  return tables;
}

/** The bytes that may stand at a place of a word; before it, any. */
function bytesAt(word: string, index: number): readonly number[] {
  if (index < 0) return Array.from({ length: 256 }, (_, byte) => byte);
  const byte = word.charCodeAt(index);
  return isLetter(byte) ? [byte, byte & ~caseBit] : [byte];
}

/** The bit by which small letters differ from capitals. */
const caseBit = 0x20;

function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** For each word its bytes, the bits that fold its letters, its length and that of its head. */
function putWords(memory: LinearMemory, words: readonly string[]): number {
  const rows = words.flatMap((word) => {
    const bytes = Buffer.alloc(word.length + slackBytes);
    bytes.write(word, 'latin1');
    const folds = bytes.map((byte) => (isLetter(byte) ? caseBit : 0));
    return [memory.put(bytes), memory.put(folds), word.length, headOf(word).length];
  });
  return memory.putInts(rows);
}
