import { levelWords } from '../model/level.ts';
import type { Constants } from './pattern.ts';

/** What each word for a level means, for `oneWord`, as servers write them: in small letters. */
export const levelConstants: Readonly<Record<string, Constants>> = Object.fromEntries(
  levelWords().map(([word, level]) => [word, { 'log.level': level }]),
);
