import { hoursOf, type Stretch } from './hours.ts';
import type { Connection } from './open.ts';

/** What the table `occurrences` counts a finding by. */
export interface Occurring extends Stretch {
  readonly severity: string;
  readonly rule: string;
  readonly source: string;
}

interface Change {
  readonly columns: readonly string[];
  entries: number;
}

const storedSql = `SELECT severity, rule_name AS rule, log_source AS source, first_seen AS first, last_seen AS last, count FROM findings`;

/**
 * Keeps the entries of findings by hour, for trends: always what `hoursOf` gives for the findings that are stored. Changes of
 * a batch are collected, because many findings share an hour, and go into its transaction by `flush`.
 */
export class Occurrences {
  readonly #add;
  readonly #drop;
  readonly #old;
  #changes = new Map<string, Change>();

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
      // With its length in front of the only part that may hold anything but the last, a key has one meaning.
      const key = `${hour}${severity} ${rule.length} ${rule}${source}`;
      const change = this.#changes.get(key);
      if (change === undefined) this.#changes.set(key, { columns: [hour, severity, rule, source], entries: sign * entries });
      else change.entries += sign * entries;
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
    for (const { columns, entries } of changes.values()) {
      if (entries === 0) continue;
      this.#add.run(...columns, entries);
      if (entries < 0) this.#drop.run(...columns);
    }
  }

  /** Forgets what has changed: its transaction has failed. */
  forget(): void {
    this.#changes = new Map();
  }
}
