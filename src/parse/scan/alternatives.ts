import type { Pattern } from '../pattern.ts';
import { beginningOf, hasByte } from './first-bytes.ts';

/** Which of several patterns are to be tried, by the byte that stands there. */
export interface Alternatives {
  /** For each byte the place in `lists`, and behind them, at 256, that for the end of the stretch. */
  readonly classes: Uint8Array;
  /** For each class the patterns that can match, by their number, in order. */
  readonly lists: readonly (readonly number[])[];
}

/** Sorts patterns by the bytes with which they can begin; `undefined` stands for something that may begin with any. */
export function alternativesOf(patterns: readonly (Pattern | undefined)[]): Alternatives {
  const beginnings = patterns.map((pattern) => (pattern === undefined ? undefined : beginningOf(pattern)));
  const known = new Map<string, number>();
  const lists: (readonly number[])[] = [];
  const classes = Uint8Array.from({ length: 257 }, (_, byte) => {
    const list = beginnings.flatMap((beginning, index) => {
      if (beginning === undefined) return [index];
      return (byte === 256 ? beginning.isOptional : hasByte(beginning.bytes, byte)) ? [index] : [];
    });
    const key = list.join();
    const place = known.get(key) ?? lists.push(list) - 1;
    known.set(key, place);
    return place;
  });
  return { classes, lists };
}
