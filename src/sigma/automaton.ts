/** Longest part of a word that is looked for: longer words are looked for by their beginning, which is rare enough. */
const maxWordLength = 12;

/** All words found in one look, as numbers that a table is read by. Source: Aho and Corasick, CACM 18(6), 1975. */
export interface Automaton {
  /** The class of each UTF-16 unit, the same for a letter of ASCII in capitals; 0 for units that are in no word. */
  readonly classes: Uint16Array;
  readonly classCount: number;
  /**
   * By state × classes + class, the next state: its own place of that kind, doubled, and 1 more when words end in it. The
   * beginning is state 0.
   */
  readonly next: Uint32Array;
  /** The numbers of the words that end in each state, their own and those that are their ends. */
  readonly found: readonly (readonly number[])[];
}

/** Compiles words, in lower case, into an automaton. Takes time and memory linear in the words, times the number of different characters. */
export function automatonFor(words: readonly string[]): Automaton {
  const clipped = words.map((word) => word.slice(0, maxWordLength));
  const classes = new Uint16Array(0x10000);
  let classCount = 1;
  for (const word of clipped) {
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at);
      if (classes[unit] === 0) classes[unit] = classCount++;
      if (unit >= 0x61 && unit <= 0x7a) classes[unit - 0x20] = classes[unit] ?? 0;
    }
  }
  const states = 1 + clipped.reduce((sum, word) => sum + word.length, 0);
  const table = new Uint32Array(states * classCount);
  const found: number[][] = [[]];
  for (const [number, word] of clipped.entries()) {
    let state = 0;
    for (let at = 0; at < word.length; at++) {
      const index = state * classCount + (classes[word.charCodeAt(at)] ?? 0);
      if (table[index] === 0) table[index] = found.push([]) - 1;
      state = table[index] ?? 0;
    }
    found[state]?.push(number);
  }
  const next = table.slice(0, found.length * classCount);
  close({ next, classCount, found });
  // By number: an iterator would make two objects for each of some hundred thousand places, when a stage starts.
  for (let index = 0; index < next.length; index++) {
    const state = next[index] ?? 0;
    next[index] = 2 * state * classCount + (found[state]?.length === 0 ? 0 : 1);
  }
  return { classes, classCount, next, found };
}

/** Fills in where to go when a word breaks off: to the longest of its ends that begins another word. */
function close({ next, classCount, found }: { next: Uint32Array; classCount: number; found: number[][] }): void {
  const links = new Uint32Array(found.length);
  const waiting: number[] = [];
  for (let unit = 0; unit < classCount; unit++) if (next[unit] !== 0) waiting.push(next[unit] ?? 0);
  for (const state of waiting) {
    const link = links[state] ?? 0;
    found[state]?.push(...(found[link] ?? []));
    for (let unit = 0; unit < classCount; unit++) {
      const index = state * classCount + unit;
      const target = next[index] ?? 0;
      const fallback = next[link * classCount + unit] ?? 0;
      if (target === 0) next[index] = fallback;
      else {
        links[target] = fallback;
        waiting.push(target);
      }
    }
  }
}

/*
 * Hot path: one step for each character of each text that rules look at; whether words end is a bit of the state, so that
 * nearly all steps touch two tables and nothing else.
 */

const none: readonly number[] = [];

/** The numbers of all words that stand in a text, in any case and order; undefined for none, as in most texts. */
export function wordsIn(text: string, automaton: Automaton): ReadonlySet<number> | undefined {
  const { classes, classCount, next, found } = automaton;
  let words: Set<number> | undefined;
  let state = 0;
  let units = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    units |= unit;
    state = next[(state >>> 1) + (classes[unit] ?? 0)] ?? 0;
    if ((state & 1) === 0) continue;
    words ??= new Set();
    for (const word of found[(state >>> 1) / classCount] ?? none) words.add(word);
  }
  if (units < 0x80) return words;
  // Beyond ASCII, capitals may be of another length, or those of letters in ASCII.
  const folded = text.toLowerCase();
  return folded === text ? words : wordsIn(folded, automaton);
}
