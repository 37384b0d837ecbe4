import { type Level, levelWords } from '../../model/level.ts';
import type { Constants } from '../pattern.ts';

type Words = Readonly<Record<string, Constants>>;

/** What each word for a level means, for `oneWord`, as servers write them: in small letters. */
export const levelConstants: Words = wordsOf(levelWords());

/** What some loggers cut a level to, or call it. */
const short: readonly (readonly [string, Level])[] = [
  ['inf', 'info'],
  ['wrn', 'warning'],
  ['eror', 'error'],
  ['dbg', 'debug'],
  ['dbug', 'debug'],
  ['ftl', 'critical'],
  ['crt', 'critical'],
  ['trc', 'debug'],
  ['vrb', 'debug'],
  ['dpanic', 'critical'],
  ['success', 'info'],
  ['fine', 'debug'],
  ['finer', 'debug'],
  ['finest', 'debug'],
  ['config', 'info'],
  ['ddebug', 'debug'],
  ['subdebug', 'debug'],
  ['note', 'notice'],
  ['system', 'info'],
];

const all = [...levelWords(), ...short];
const large = all.map(([word, level]) => [word.toUpperCase(), level] as const);

/** The words in capitals. */
export const largeLevels: Words = wordsOf(large);

/** The words in small letters, in capitals, and with one capital. */
export const anyCaseLevels: Words = wordsOf([
  ...all,
  ...large,
  ...all.map(([word, level]) => [word.charAt(0).toUpperCase() + word.slice(1), level] as const),
]);

/** One letter for each level. Source: glog, MongoDB before 4.4, Ruby's Logger, Android's logcat, CUPS. */
export const levelLetters: Words = wordsOf([
  ['F', 'critical'],
  ['C', 'critical'],
  ['X', 'emergency'],
  ['A', 'alert'],
  ['E', 'error'],
  ['W', 'warning'],
  ['N', 'notice'],
  ['I', 'info'],
  ['D', 'debug'],
  ['D1', 'debug'],
  ['D2', 'debug'],
  ['T', 'debug'],
  ['V', 'debug'],
]);

function wordsOf(pairs: readonly (readonly [string, Level])[]): Words {
  return Object.fromEntries(pairs.map(([word, level]) => [word, { 'log.level': level }]));
}
