import type { LinearMemory } from '../io/linear-memory.ts';
import { slackBytes } from './line-finder.ts';

/** A text of a field, and what is found by it. */
export interface TableRow {
  /** Number of the field. */
  readonly node: number;
  readonly text: string;
  readonly found: number;
}

const rowInts = 4;
const emptySlot = -1;
const caseBits = 0x2020_2020_2020_2020n;
const all = (1n << 64n) - 1n;

/**
 * Lays out a table in which ./kernel/sieve.ts looks texts up: number of slots less one, and slots of field, length, text and
 * what is found. Folded texts have the bit of case set in all their bytes. Gives its place.
 */
export function textTable(memory: LinearMemory, rows: readonly TableRow[], isFolded: boolean): number {
  const slots = 2 ** Math.ceil(Math.log2(2 * rows.length + 2));
  const table = new Int32Array(1 + slots * rowInts).fill(emptySlot);
  table[0] = slots - 1;
  for (const { node, text, found } of rows) {
    const fold = isFolded ? caseBits : 0n;
    const bytes = Buffer.alloc(text.length + slackBytes);
    bytes.write(text, 'latin1');
    if (isFolded) for (let at = 0; at < text.length; at++) bytes[at] = (bytes[at] ?? 0) | 0x20;
    let slot = hashOf(bytes, { node, length: text.length, fold }) & (slots - 1);
    while (table[1 + slot * rowInts] !== emptySlot) slot = (slot + 1) & (slots - 1);
    table.set([node, text.length, memory.put(bytes), found], 1 + slot * rowInts);
  }
  return memory.putInts(table);
}

function hashOf(bytes: Buffer, { node, length, fold }: { node: number; length: number; fold: bigint }): number {
  const head = bytes.readBigUInt64LE(0) | fold;
  const first = length < 8 ? head & ((1n << BigInt(8 * length)) - 1n) : head;
  const last = length < 8 ? 0n : bytes.readBigUInt64LE(length - 8) | fold;
  const mixed = (first ^ (last << 7n) ^ (last >> 9n) ^ BigInt(node * 256 + length)) & all;
  return Number(((mixed * 0x9e37_79b9_7f4a_7c15n) & all) >> 40n);
}
