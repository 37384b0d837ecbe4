import type { Finding, Mark, Summary } from '../model/envelope.ts';
import { explained } from './errors.ts';
import { FindingTable } from './findings.ts';
import { MarkTable } from './mark-table.ts';
import { migrate } from './migrations.ts';
import { type Connection, connect } from './open.ts';
import { prepareDatabaseFile } from './path.ts';
import { SummaryTable } from './summaries.ts';

/** Something to keep: a finding with the JSON it came as (bytes are UTF-8), a mark, or what a stage counted. */
export type Entry =
  | { readonly finding: Finding; readonly json: string | Uint8Array }
  | { readonly mark: Mark }
  | { readonly summary: Summary };

/** The JSON of a finding as text. */
export function textOfJson(json: string | Uint8Array): string {
  return typeof json === 'string' ? json : Buffer.from(json.buffer, json.byteOffset, json.length).toString('utf8');
}

/** What a batch came to. */
export interface Saved {
  /** Findings that were not in the database before. */
  readonly added: number;
  /** Findings that replaced an earlier state of themselves. */
  readonly updated: number;
  /** Findings that were left out, because a later state of them is stored. */
  readonly stale: number;
  readonly marks: number;
}

/** The writing side of the database. Its methods throw `LpError` 65, 73, 74, 75 or 77, and then nothing has changed. */
export interface DatabaseWriter {
  /** Stores a batch in one transaction. */
  save(batch: Iterable<Entry>, now: Date): Saved;
  /** Deletes the findings that were last seen before `moment`; returns how many. */
  expire(moment: Date): number;
  /** Notes the end of the run if it can, and closes the file. Does not throw. */
  close(now: Date): void;
}

/** Opens the database for writing; makes it and brings its schema up to date when needed. Throws as its methods do. */
export async function openDatabaseWriter(path: string, lockTimeoutMs: number, now: Date): Promise<DatabaseWriter> {
  prepareDatabaseFile(path);
  let connection: Connection | undefined;
  try {
    connection = await connect(path, { isReadOnly: false, lockTimeoutMs });
    prepare(connection, path);
    return writerOn(connection, path, now);
  } catch (thrown) {
    connection?.close();
    throw explained(thrown, path);
  }
}

/** Brings an open file to what the writer expects of it. Throws `LpError` 65 and SQLite's own errors. */
export function prepare(connection: Connection, path: string): void {
  connection.pragma('foreign_keys = ON');
  connection.pragma('synchronous = NORMAL');
  // In bytes, KiB and pages. Measured with a million findings, whose ids are hashes and so have their places all over an index: this
  // takes a third less than SQLite's own settings. Pages of 4 KiB or 8 KiB take a fifth more, and leave room empty beside rows of
  // 2 KB. Only a file that is new takes another page size.
  connection.pragma('page_size = 16384');
  connection.pragma('cache_size = -65536');
  // 128 MiB: what is written in every transaction goes into the file once for all of them.
  connection.pragma('wal_autocheckpoint = 8000');
  migrate(connection, path);
  connection.pragma('journal_mode = WAL');
}

/** The writing side of an open database that is up to date. Throws SQLite's own errors. */
export function writerOn(connection: Connection, path: string, startedAt: Date): DatabaseWriter {
  const run = connection.prepare('INSERT INTO runs (started_at) VALUES (?)').run(startedAt.toISOString()).lastInsertRowid;
  const countRun = connection.prepare('UPDATE runs SET findings = findings + ?, marks = marks + ? WHERE id = ?');
  const endRun = connection.prepare('UPDATE runs SET ended_at = ? WHERE id = ?');
  const findings = new FindingTable(connection);
  const summaries = new SummaryTable(connection);
  const marks = new MarkTable(connection);
  const saveAll = connection.transaction((batch: Iterable<Entry>, now: Date) => {
    const saved = { added: 0, updated: 0, stale: 0, marks: 0 };
    const [given, counted]: [Mark[], Summary[]] = [[], []];
    findings.begin();
    for (const entry of batch) {
      if ('finding' in entry) saved[findings.save(entry.finding, entry.json)]++;
      else if ('mark' in entry) given.push(entry.mark);
      else counted.push(entry.summary);
    }
    saved.marks = given.length;
    const keepMarks = marks.add(given, now);
    findings.end();
    const keepCounts = summaries.add(counted);
    countRun.run(saved.added + saved.updated, saved.marks, run);
    return { saved, keep: [keepMarks, keepCounts] };
  });
  const expireAll = connection.transaction((moment: string): number => {
    findings.begin();
    const expired = findings.expire(moment);
    findings.end();
    return expired;
  });
  return {
    save(batch, now) {
      const { saved, keep } = explaining(path, () => saveAll.immediate(batch, now));
      for (const each of keep) each();
      return saved;
    },
    expire: (moment) => explaining(path, () => expireAll.immediate(moment.toISOString())),
    close(now) {
      try {
        endRun.run(now.toISOString(), run);
      } catch {
        // Findings and marks are safe by now; a run without its end is not worth a failure.
      }
      connection.close();
    },
  };
}

function explaining<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw explained(thrown, path);
  }
}
