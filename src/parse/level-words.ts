import { levelWords } from '../model/level.ts';
import type { Constants } from './pattern.ts';

/** What each word for a level means, for `oneWord`, as servers write them: in small letters. */
export const levelConstants: Readonly<Record<string, Constants>> = Object.fromEntries(
  levelWords().map(([word, level]) => [word, { 'log.level': level }]),
);

/** The same in capital letters: `WARN`. */
export const upperCaseLevels = spelt((word) => word.toUpperCase());

/** The same in the three ways in which programs write words: `warn`, `WARN` and `Warn`. */
export const anyCaseLevels: Readonly<Record<string, Constants>> = {
  ...levelConstants,
  ...upperCaseLevels,
  ...spelt((word) => word.charAt(0).toUpperCase() + word.slice(1)),
};

function spelt(spelling: (word: string) => string): Readonly<Record<string, Constants>> {
  return Object.fromEntries(Object.entries(levelConstants).map(([word, constants]) => [spelling(word), constants]));
}
