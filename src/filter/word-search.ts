import { LinearMemory } from '../io/linear-memory.ts';
import { loadModule } from '../io/web-assembly.ts';

/*
 * Hot path: the host's side of ./kernel. It lays the words out in the memory of a WebAssembly module, in which the lines lie
 * too, and tells which of them must be read.
 */

/** What the module exports; the names are those of ./kernel/index.ts. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly passedOver: WebAssembly.Global<'i32'>;
  readonly readTo: WebAssembly.Global<'i32'>;
  freeAt(): number;
  setUp(at: number): void;
  search(from: number, to: number, out: number, most: number): number;
}

/** Lines of a batch. */
export interface FoundLines {
  readonly from: number;
  /** Behind their last line feed; behind the end of the batch when that is missing. */
  readonly to: number;
  /** Lines that were passed over before them. */
  readonly passedOver: number;
  /** How many they are when each is a record that holds a word for sure; 0 for one line that must be read. */
  readonly kept: number;
}

/** What is looked for. */
export interface Sought {
  /** Of ASCII, letters in lower case, as they stand in JSON. */
  readonly words: readonly string[];
  /** How lines begin that may be passed over. */
  readonly start: string;
  /** How long a batch may be, in bytes. */
  readonly batchBytes: number;
}

/** Finds the lines that hold a word, in any case, or that are not records, or that only a decoder understands. */
export interface WordSearch {
  /** Where batches must lie. */
  readonly memory: Buffer;
  /** Searches the batch, whole lines, at the start of `memory`: gives how many lines were passed over. */
  lines(length: number, onFound: (lines: FoundLines) => void): number;
}

/** A word is found by its head: so many of its first bytes, or the whole of a shorter one. */
const headBytes = 4;
const halfCount = 16;
/** Groups of words, a bit of the tables for each; what only a decoder understands, and line feeds, have one of their own. */
const groupCount = 6;
const escapes = ['\\u', '\\/'];
const lineFeeds = ['\n'];
/** What one call tells: rows of place, place behind, lines passed over before, and lines kept. */
const most = 1024;
const rowInts = 4;
/** What may be read behind a batch or a word. */
const slackBytes = 64;

/** Makes the search; undefined where the kernel has not been built or the engine has no SIMD. */
export async function wordSearch(sought: Sought): Promise<WordSearch | undefined> {
  const module = await loadModule('filter/kernel.wasm');
  if (module === undefined) return undefined;
  // The module is built from ./kernel together with this file, and a test holds the two to each other.
  const kernel = new WebAssembly.Instance(module, {}).exports as unknown as KernelExports;
  const memory = new LinearMemory(kernel.memory, kernel.freeAt());
  const groups = groupsOf(sought.words);
  const text = (value: string): readonly number[] => [memory.put(Buffer.from(value)), value.length];
  kernel.setUp(
    memory.putInts([
      memory.put(tablesOf(groups)),
      memory.putInts(groups.flatMap((words) => [putWords(memory, words), words.length])),
      memory.put(headsOf(sought.words)),
      shortOnes(groups),
      ...text(sought.start),
      ...text(',"message":"'),
      ...text('","original":"'),
    ]),
  );
  const outAt = memory.take(4 * rowInts * most);
  const batchAt = memory.take(sought.batchBytes + slackBytes);
  // The memory does not grow from here on: its views stay what they are.
  const out = memory.ints.subarray(outAt >> 2, (outAt >> 2) + rowInts * most);
  return {
    memory: memory.buffer(batchAt, sought.batchBytes),
    lines(length, onFound) {
      let passedOver = 0;
      for (let from = batchAt; from < batchAt + length; from = kernel.readTo.value) {
        const found = kernel.search(from, batchAt + length, outAt, most);
        for (let index = 0; index < rowInts * found; index += rowInts) {
          const [start = 0, end = 0, before = 0, kept = 0] = out.subarray(index, index + rowInts);
          onFound({ from: start - batchAt, to: end - batchAt, passedOver: passedOver + before, kept });
        }
        passedOver += kernel.passedOver.value;
      }
      return passedOver;
    },
  };
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
