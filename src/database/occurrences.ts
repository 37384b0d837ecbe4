import { hoursOf, type Stretch } from './hours.ts';
import type { Connection } from './open.ts';

/** What the table `occurrences` counts a finding by. */
export interface Occurring extends Stretch {
  readonly severity: string;
  readonly rule: string;
  readonly source: string;
}

/** Entries by hour, severity, rule and log. Measured, maps in maps take a fifth of what one with a long key does. */
type Changes = Map<string, Map<string, Map<string, Map<string, number>>>>;

const storedSql = `SELECT severity, rule_name AS rule, log_source AS source, first_seen AS first, last_seen AS last, count FROM findings`;

/**
 * Keeps the entries of findings by hour, for trends: always what `hoursOf` gives for the findings that are stored. Changes of
 * a batch are collected, because many findings share an hour, and go into its transaction by `flush`.
 */
export class Occurrences {
  readonly #add;
  readonly #drop;
  readonly #old;
  #changes: Changes = new Map();

  constructor(connection: Connection) {
    this.#add = connection.prepare(
      `INSERT INTO occurrences VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET entries = entries + excluded.entries`,
    );
    this.#drop = connection.prepare(
      'DELETE FROM occurrences WHERE hour = ? AND severity = ? AND rule_name = ? AND log_source = ? AND entries <= 0',
    );
    this.#old = connection.prepare<[string], Occurring>(`${storedSql} WHERE last_seen < ?`);
  }

  /** Counts a finding with `sign` 1, and takes it back with -1. */
  count({ severity, rule, source, ...stretch }: Occurring, sign: 1 | -1): void {
    for (const { hour, entries } of hoursOf(stretch)) {
      const bySource = mapIn(mapIn(mapIn(this.#changes, hour), severity), rule);
      bySource.set(source, (bySource.get(source) ?? 0) + sign * entries);
    }
  }

  /** Takes back all findings that were last seen before a moment. */
  takeBackBefore(moment: string): void {
    for (const found of this.#old.iterate(moment)) this.count(found, -1);
  }

  /** Writes what has changed since the last time. */
  flush(): void {
    const changes = this.#changes;
    this.#changes = new Map();
    for (const [hour, bySeverity] of changes)
      for (const [severity, byRule] of bySeverity)
        for (const [rule, bySource] of byRule)
          for (const [source, entries] of bySource) this.#write([hour, severity, rule, source], entries);
  }

  #write(columns: readonly string[], entries: number): void {
    if (entries === 0) return;
    this.#add.run(...columns, entries);
    if (entries < 0) this.#drop.run(...columns);
  }

  /** Forgets what has changed: its transaction has failed. */
  forget(): void {
    this.#changes = new Map();
  }
}

function mapIn<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  maps.set(key, made);
  return made;
}
