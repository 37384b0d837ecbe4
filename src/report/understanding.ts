import { numeral } from './words.ts';

/** Counts of lines, and of those that nothing was made of. */
export interface Understanding {
  readonly lines: number;
  readonly misses: number;
}

/** How many lines nothing was made of. */
export function missesIn({ unknown, dead }: { readonly unknown: number; readonly dead: number }): number {
  return unknown + dead;
}

/** Which part was understood, from 0 to 1. */
export function understood({ lines, misses }: Understanding): number {
  return lines === 0 ? 1 : Math.max(0, lines - misses) / lines;
}

/** Which part was understood, as `99.5 %`; rounded down, so that 100 % means all. */
export function percentOf(counts: Understanding): string {
  return `${numeral(Math.floor(understood(counts) * 1_000) / 10)} %`;
}
