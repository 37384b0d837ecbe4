import type { TextTest } from './wildcard.ts';

/*
 * Hot path: rules look for hundreds of words in each address. One regular expression of nothing but literals is a trie to
 * V8: 0.3 µs for 322 words in an address of 60 characters, against 5.5 µs for a loop of `includes`. It has no
 * repetition, so it cannot backtrack further than its longest word.
 */

/** Fewest words for which the expression pays. */
const fewWords = 3;

/** The test whether a text holds one of `words`, as they are. */
export function holdsAny(words: readonly string[]): TextTest {
  if (words.length >= fewWords) {
    const expression = new RegExp(words.map(escaped).join('|'));
    return (text) => expression.test(text);
  }
  return (text) => words.some((word) => text.includes(word));
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The text that a pattern of a rule stands for when it has no wildcards, or undefined. */
export function literalOf(pattern: string): string | undefined {
  const isPlain = !/[*?]/.test(pattern.replace(/\\[*?\\]/g, ''));
  return isPlain ? pattern.replace(/\\([*?\\])/g, '$1') : undefined;
}
