/** Longest part of a word that is looked for: longer words are looked for by their beginning, which is rare enough. */
const maxWordLength = 12;

/** All words found in one look, as numbers that a table is read by. Source: Aho and Corasick, CACM 18(6), 1975. */
export interface Automaton {
  /** The class of each UTF-16 unit; 0 for units that are in no word. */
  readonly classes: Uint16Array;
  readonly classCount: number;
  /** The next state, at state × classes + class; state 0 is the beginning. */
  readonly next: Uint32Array;
  /** The numbers of the words that end in each state, their own and those that are their ends. */
  readonly found: readonly (readonly number[])[];
}

/** Compiles words into an automaton. Takes time and memory linear in the words, times the number of different characters. */
export function automatonFor(words: readonly string[]): Automaton {
  const clipped = words.map((word) => word.slice(0, maxWordLength));
  const classes = new Uint16Array(0x10000);
  let classCount = 1;
  for (const word of clipped) {
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at);
      if (classes[unit] === 0) classes[unit] = classCount++;
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

/** Adds to `into` the numbers of all words that stand in a text; a number may come more than once. */
export function wordsIn(text: string, { classes, classCount, next, found }: Automaton, into: Set<number>): void {
  let state = 0;
  for (let at = 0; at < text.length; at++) {
    state = next[state * classCount + (classes[text.charCodeAt(at)] ?? 0)] ?? 0;
    const words = found[state];
    if (words !== undefined && words.length > 0) for (const word of words) into.add(word);
  }
}
