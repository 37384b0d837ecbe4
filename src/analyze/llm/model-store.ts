import { chmodSync, closeSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../database/folder.ts';
import { type Connection, connect } from '../../database/open.ts';
import { databaseFile } from '../../database/path.ts';
import { isFields } from '../../model/decode.ts';
import { LpError, reasonOf, systemCodeOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { ModelStateError } from './model-state-error.ts';
import type { Limits } from './settings.ts';
import type { Verdict } from './verdict.ts';

/** A verdict as it is kept: its words with `{entity}` for whom it was about. */
export interface KeptVerdict {
  readonly verdict: Verdict;
  readonly model: string;
}

/** Most cases that are kept for a later run, and for how many days. */
const maxSpooled = 2_000;
const spoolDays = 7;

/** How long a verdict holds, and how many are kept. */
const verdictDays = 7;
const maxVerdicts = 20_000;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** How far the clocks of two processes may be apart, in ms. */
const clockSlackMs = 60_000;

/** The newest entries of the ledger stay whatever their age, because it may be the clock that is wrong. */
const keptEntries = 5_000;
/** How long in ms another process's lock is waited for, when nothing else is to be done, and while records and answers come. */
const patientMs = 5_000;
const briefMs = 150;

/*
 * A database of its own, because its transactions are what a ledger needs: locked between processes, on the disk when they
 * return, and whole after a crash at any moment.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS spending (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, usd REAL NOT NULL);
  CREATE INDEX IF NOT EXISTS spending_recent ON spending (at_ms);
  CREATE TABLE IF NOT EXISTS spool (key TEXT PRIMARY KEY NOT NULL, at_ms INTEGER NOT NULL, value BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS verdicts (key TEXT PRIMARY KEY NOT NULL, at_ms INTEGER NOT NULL, json TEXT NOT NULL);
`;

/** Where the model's state lies: `model.db` in the directory given, or beside the database. */
export function modelStorePath(state: string | undefined, environment: Readonly<Record<string, string | undefined>>): string {
  return join(state ?? dirname(databaseFile(environment)), 'model.db');
}

/** What was spent, and what was answered: shared by all processes of one state directory. */
export class ModelStore {
  readonly #database: Connection;
  #runUsd = 0;

  private constructor(database: Connection) {
    this.#database = database;
  }

  /** Opens or makes the file (0600); later waits for so many ms at a time while another process holds it. Throws `ModelStateError` 73. */
  static async open(path: string, lockTimeoutMs = briefMs): Promise<ModelStore> {
    try {
      makeFolder(dirname(path));
      // From the first moment on: what somebody else has opened once, he can read for ever.
      closeSync(openSync(path, 'a', 0o600));
      chmodSync(path, 0o600);
      const database = await connect(path, { isReadOnly: false, lockTimeoutMs: patientMs });
      // Each commit is on the disk before a request is sent.
      database.pragma('synchronous = FULL');
      database.exec(schema);
      database.pragma(`busy_timeout = ${lockTimeoutMs}`);
      return new ModelStore(database);
    } catch (thrown) {
      if (thrown instanceof LpError) throw new ModelStateError(thrown.message, thrown.status);
      throw new ModelStateError(
        `cannot use ${path}: ${reasonOf(thrown)} (move it away if it is damaged, or give another place with --state DIR)`,
        exitStatus.cannotCreate,
      );
    }
  }

  /** Sets money aside before a request is sent; gives its entry, or undefined when a limit would be passed. Throws what `isLocked` knows. */
  reserve(usd: number, limits: Limits, nowMs: number): number | undefined {
    if (this.#runUsd + usd > limits.usdRun) return undefined;
    const entry = this.#database
      .transaction(() => {
        // What was spent by a clock that went wrong was spent today: else it would weigh on every day until then.
        this.#database.prepare('UPDATE spending SET at_ms = ? WHERE at_ms > ?').run(nowMs, nowMs + clockSlackMs);
        const day = this.#numberFrom('SELECT total(usd) AS n FROM spending WHERE at_ms >= ?', nowMs - (nowMs % dayMs));
        const calls = this.#numberFrom('SELECT count(*) AS n FROM spending WHERE at_ms > ?', nowMs - hourMs);
        if (day + usd > limits.usdDay || calls >= limits.callsHour) return undefined;
        this.#database
          .prepare('DELETE FROM spending WHERE at_ms < ? AND id <= (SELECT max(id) FROM spending) - ?')
          .run(nowMs - 2 * dayMs, keptEntries);
        return Number(this.#database.prepare('INSERT INTO spending (at_ms, usd) VALUES (?, ?)').run(nowMs, usd).lastInsertRowid);
      })
      .immediate();
    if (entry !== undefined) this.#runUsd += usd;
    return entry;
  }

  /** Replaces what was set aside by what it cost. Without it, it stays spent. */
  settle(entry: number, reservedUsd: number, usd: number): void {
    this.#database.prepare('UPDATE spending SET usd = ? WHERE id = ?').run(usd, entry);
    this.#runUsd += usd - reservedUsd;
  }

  /** The verdict that was kept under a key and still holds. */
  verdict(key: string, nowMs: number): KeptVerdict | undefined {
    const row = this.#database
      .prepare('SELECT json FROM verdicts WHERE key = ? AND at_ms > ?')
      .get(key, nowMs - verdictDays * dayMs);
    if (!isFields(row) || typeof row['json'] !== 'string') return undefined;
    // It was written by `keep`, in a file that others may not write.
    return JSON.parse(row['json']) as KeptVerdict;
  }

  /** Keeps a verdict; forgets the oldest when there are too many. */
  keep(key: string, kept: KeptVerdict, nowMs: number): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO verdicts (key, at_ms, json) VALUES (?, ?, ?)')
      .run(key, nowMs, JSON.stringify(kept));
    if (this.#numberFrom('SELECT count(*) AS n FROM verdicts WHERE at_ms > ?', 0) <= maxVerdicts) return;
    this.#database
      .prepare('DELETE FROM verdicts WHERE key IN (SELECT key FROM verdicts ORDER BY at_ms LIMIT ?)')
      .run(maxVerdicts / 10);
  }

  /** What was put aside for a later run, by key; it stays until `spool` says otherwise. */
  spooled(nowMs: number): ReadonlyMap<string, Uint8Array> {
    const rows = this.#database
      .prepare<[number], { key: string; value: Uint8Array }>('SELECT key, value FROM spool WHERE at_ms > ? ORDER BY at_ms')
      .all(nowMs - spoolDays * dayMs);
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  /** Puts values aside for a later run, and forgets those of `done`, in one transaction. What is there already keeps its age. */
  spool(values: ReadonlyMap<string, Uint8Array>, done: Iterable<string>, nowMs: number): void {
    // It is the last that is done, and would be lost.
    this.#database.pragma(`busy_timeout = ${patientMs}`);
    this.#database
      .transaction(() => {
        const [drop, put] = [
          this.#database.prepare('DELETE FROM spool WHERE key = ?'),
          this.#database.prepare(
            'INSERT INTO spool (key, at_ms, value) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          ),
        ];
        for (const key of done) drop.run(key);
        for (const [key, value] of values) put.run(key, nowMs, value);
        this.#database.prepare('DELETE FROM spool WHERE at_ms <= ?').run(nowMs - spoolDays * dayMs);
        this.#database
          .prepare('DELETE FROM spool WHERE key NOT IN (SELECT key FROM spool ORDER BY at_ms DESC LIMIT ?)')
          .run(maxSpooled);
      })
      .immediate();
  }

  close(): void {
    this.#database.close();
  }

  #numberFrom(query: string, parameter: number): number {
    const row = this.#database.prepare(query).get(parameter);
    return isFields(row) && typeof row['n'] === 'number' ? row['n'] : 0;
  }
}

/** Whether something failed only because another process held the file. */
export function isLocked(thrown: unknown): boolean {
  return systemCodeOf(thrown)?.startsWith('SQLITE_BUSY') === true;
}
