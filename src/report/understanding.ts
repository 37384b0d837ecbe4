import type { Coverage } from './sites.ts';
import { counted, listed, numeral } from './words.ts';

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

/** How much was read, what became of each line, and how much of it was understood, without a full stop: `Read 12 lines of 1 log, 100 % understood`. */
export function readWords(coverage: readonly Coverage[]): string {
  const sum = (countIn: (log: Coverage) => number): number => coverage.reduce((total, log) => total + countIn(log), 0);
  const [lines, joined, dead] = [sum((log) => log.lines), sum((log) => log.joined), sum((log) => log.dead)];
  const parts = [
    // Summaries may come from anywhere.
    counted(Math.max(0, lines - joined - dead), 'entry', 'entries'),
    ...(joined > 0 ? [counted(joined, 'line that continues an entry', 'lines that continue an entry')] : []),
    ...(dead > 0 ? [counted(dead, 'line that could not be used', 'lines that could not be used')] : []),
  ];
  const read = `Read ${counted(lines, 'line', 'lines')} of ${counted(coverage.length, 'log', 'logs')}`;
  const kinds = parts.length === 1 ? ',' : `: ${listed(parts, parts.length)};`;
  return `${read}${kinds} ${percentOf({ lines, misses: sum(missesIn) })} understood`;
}
