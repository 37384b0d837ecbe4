import { canonicalSource } from '../model/canonical-source.ts';
import { at } from '../model/decode.ts';
import type { Summary } from '../model/envelope.ts';
import type { Connection } from './open.ts';

/** Counts by name. */
export type Counts = Readonly<Record<string, number>>;

const hourLength = '2026-11-22T13'.length;

/**
 * Adds up what lp-parse counted, by hour, log (by its name of before rotation), dataset and site. A log that was read from its start (`log.offset` is 0) may be
 * read again: of each number the larger one counts, so that reading a file twice changes nothing.
 */
export class SummarySums {
  /** What this run has counted of logs that are read from their start. */
  readonly #read = new Map<string, Counts>();

  /** What a row holds after the sum of a batch for it, and what to call when that is stored. */
  added(key: string, { counts, isWhole }: Sum, stored: Counts): { readonly counts: Counts; keep(): void } {
    if (!isWhole) return { counts: combined(stored, counts, plus), keep() {} };
    const all = combined(this.#read.get(key) ?? {}, counts, plus);
    return { counts: combined(stored, all, Math.max), keep: () => this.#read.set(key, all) };
  }
}

/** The table of these sums in SQLite. */
export class SummaryTable {
  readonly #find;
  readonly #put;
  readonly #sums = new SummarySums();

  constructor(connection: Connection) {
    const key = 'hour = ? AND log_source = ? AND log_dataset = ? AND url_domain = ?';
    this.#find = connection.prepare<string[], string>(`SELECT counts FROM summaries WHERE ${key}`).pluck();
    this.#put = connection.prepare('INSERT OR REPLACE INTO summaries VALUES (?, ?, ?, ?, ?)');
  }

  /** Adds the summaries of one batch, which is one transaction; gives what to call when that has gone well. */
  add(summaries: readonly Summary[]): () => void {
    const keeping: (() => void)[] = [];
    for (const [key, sum] of summed(summaries)) {
      const columns: readonly string[] = JSON.parse(key);
      const { counts, keep } = this.#sums.added(key, sum, JSON.parse(this.#find.get(...columns) ?? '{}'));
      this.#put.run(...columns, JSON.stringify(counts));
      keeping.push(keep);
    }
    return () => {
      for (const keep of keeping) keep();
    };
  }
}

/** What one batch counts for a row; whole when its log was read from its start. */
export interface Sum {
  readonly counts: Counts;
  readonly isWhole: boolean;
}

/** The sums of a batch by hour, log, dataset and site, in JSON. */
export function summed(summaries: readonly Summary[]): ReadonlyMap<string, Sum> {
  const sums = new Map<string, { counts: Counts; isWhole: boolean }>();
  for (const { stage, log, url, start, counts } of summaries) {
    if (stage !== 'parse') continue;
    const hour = `${new Date(start).toISOString().slice(0, hourLength)}:00:00.000Z`;
    const key = JSON.stringify([hour, canonicalSource(log.source), textOf(log.dataset), textOf(at(url, ['domain']))]);
    const known = sums.get(key)?.counts ?? {};
    sums.set(key, { counts: combined(known, numbersIn(counts), plus), isWhole: at(log, ['offset']) === 0 });
  }
  return sums;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Counts are not checked when a summary is read. */
function numbersIn(counts: Readonly<Record<string, unknown>>): Counts {
  const entries = Object.entries(counts).flatMap(([name, value]) =>
    typeof value === 'number' && Number.isFinite(value) ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

function plus(one: number, other: number): number {
  return one + other;
}

function combined(one: Counts, other: Counts, how: (one: number, other: number) => number): Counts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, how(one[name] ?? 0, other[name] ?? 0)]));
}
