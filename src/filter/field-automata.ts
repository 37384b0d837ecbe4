import { type Automaton, automatonFor } from '../sigma/automaton.ts';
import { inJson, isAscii } from './word-search.ts';

/* The automata with which ./kernel/sieve.ts looks at the texts of fields. */

/** Stands before each text in the automata: a character that no text of JSON has. */
export const textStart = '\u0001';

/** The automata of all nodes in one table. */
export interface Automata {
  /** By node, its first state; 0 where no text is asked for. */
  readonly starts: readonly number[];
  readonly classes: Uint8Array;
  readonly classBits: number;
  readonly next: Uint16Array;
}

/** Classes of bytes that mean something to the walk itself; `other` is that of bytes that are in no word. */
const special = 0;
const other = 1;
const firstOfWords = 2;

/** One automaton for each different set of words; undefined when there are too many words. */
export function automataOf(words: readonly (readonly string[])[]): Automata | undefined {
  const keys = words.map((parts) => [...parts].sort().join('\n'));
  const different = new Map(keys.map((key, node) => [key, words[node] ?? []]));
  const automata = [...different.values()].map((parts) =>
    parts.length === 0 ? undefined : automatonFor(parts.filter(isAscii).map(asLooked)),
  );
  const bytes = wordBytes(automata);
  // A backslash and a quote are special where they stand alone; those within a text have the two last classes.
  const classBits = Math.ceil(Math.log2(firstOfWords + bytes.length + 2));
  const count = 1 << classBits;
  const states = automata.reduce((sum, automaton) => sum + (automaton?.found.length ?? 0), 1);
  if (states > 0xffff || classBits > 8) return undefined;
  const next = new Uint16Array(states * count);
  const representatives = [...bytes, ...new Array<number>(count - 2 - firstOfWords - bytes.length).fill(0), 0x22, 0x5c];
  const starts: number[] = [];
  let base = 1;
  for (const automaton of automata) {
    starts.push(automaton === undefined ? 0 : base + (automaton.next[automaton.classes[1] ?? 0] ?? 0) / 2 / automaton.classCount);
    if (automaton === undefined) continue;
    for (let state = 0; state < automaton.found.length; state++) {
      for (let kind = other; kind < count; kind++) {
        const byte = kind === other ? 0 : (representatives[kind - firstOfWords] ?? 0);
        const target = automaton.next[state * automaton.classCount + (automaton.classes[byte] ?? 0)] ?? 0;
        next[(base + state) * count + kind] = (target & 1) === 1 ? 0 : base + (target >>> 1) / automaton.classCount;
      }
    }
    base += automaton.found.length;
  }
  const startOf = new Map([...different.keys()].map((key, index) => [key, starts[index] ?? 0]));
  return { starts: keys.map((key) => startOf.get(key) ?? 0), classes: classesOf(bytes), classBits, next };
}

/** A part as the walk looks at it: what JSON escapes stays as it is but for the backslash before it. */
function asLooked(part: string): string {
  const start = part.startsWith(textStart) ? textStart : '';
  return start + inJson(part.slice(start.length));
}

/** The bytes that automata tell from others, small letters for both cases. */
function wordBytes(automata: readonly (Automaton | undefined)[]): readonly number[] {
  const bytes: number[] = [];
  for (let byte = 0x20; byte < 0x80; byte++) {
    const isCapital = byte >= 0x41 && byte <= 0x5a;
    if (isCapital || byte === 0x22 || byte === 0x5c) continue;
    if (automata.some((automaton) => (automaton?.classes[byte] ?? 0) !== 0)) bytes.push(byte);
  }
  return bytes;
}

function classesOf(bytes: readonly number[]): Uint8Array {
  const classes = new Uint8Array(256);
  classes.fill(other, 0x20, 0x80);
  for (const [index, byte] of bytes.entries()) {
    classes[byte] = firstOfWords + index;
    if (byte >= 0x61 && byte <= 0x7a) classes[byte - 0x20] = firstOfWords + index;
  }
  classes[0x22] = special;
  classes[0x5c] = special;
  return classes;
}
