import type { LinearMemory } from '../../io/linear-memory.ts';

/** A word, and two numbers that it stands for. */
export type WordRow = readonly [word: string, first: number, second: number];

/** Buckets for a word, so that few words share one. */
const room = 4;

/**
 * Lays a table of words out for the kernel: a mask, then buckets with the places of rows, a word's in its own or in one
 * behind it. A row: place and length of the word, and two numbers. The kernel's side: `rowOf` in ../kernel/values.ts.
 */
export function putWords(memory: LinearMemory, words: readonly WordRow[]): number {
  const rows = words.map(([word, first, second]) => {
    const bytes = Buffer.from(word);
    return { bytes, at: memory.putInts([memory.put(bytes), bytes.length, first, second]) };
  });
  let mask = 1;
  while (mask < room * rows.length) mask = 2 * mask + 1;
  const buckets = new Int32Array(mask + 1);
  for (const { bytes, at } of rows) {
    let index = bucketOf(bytes) & mask;
    while (buckets[index] !== 0) index = (index + 1) & mask;
    buckets[index] = at;
  }
  return memory.putInts([mask, ...buckets]);
}

function bucketOf(bytes: Uint8Array): number {
  const { length } = bytes;
  const [first = 0, middle = 0, last = 0] = [bytes[0], bytes[length >> 1], bytes[length - 1]];
  return Math.imul(first * 31 + last * 7 + length + middle * 131, 0x9e3779b1) >>> 16;
}
