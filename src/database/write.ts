import { at } from '../model/decode.ts';
import type { Finding, Mark, Summary } from '../model/envelope.ts';
import { explained } from './errors.ts';
import { migrate } from './migrations.ts';
import { Occurrences, type Occurring } from './occurrences.ts';
import { type Connection, connect } from './open.ts';
import { prepareDatabaseFile } from './path.ts';
import { SummaryTable } from './summaries.ts';

/** Something to keep: a finding with the JSON it came as, a mark, or what a stage counted. */
export type Entry =
  | { readonly finding: Finding; readonly json: string }
  | { readonly mark: Mark }
  | { readonly summary: Summary };

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
  save(batch: readonly Entry[], now: Date): Saved;
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

function prepare(connection: Connection, path: string): void {
  connection.pragma('foreign_keys = ON');
  connection.pragma('synchronous = NORMAL');
  // In KiB and in pages; measured with 100,000 findings: a sixth faster than SQLite's defaults.
  connection.pragma('cache_size = -32768');
  connection.pragma('wal_autocheckpoint = 4000');
  migrate(connection, path);
  connection.pragma('journal_mode = WAL');
}

const upsertSql = `
  INSERT INTO findings (id, severity, title, summary, action, rule_id, rule_name, category, entity_type, entity_value, source_ip,
    log_source, log_dataset, count, first_seen, last_seen, risk_score, analyzer_engine, processed_at, json)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, title = excluded.title, summary = excluded.summary,
    action = excluded.action, rule_id = excluded.rule_id, rule_name = excluded.rule_name, category = excluded.category,
    entity_type = excluded.entity_type, entity_value = excluded.entity_value, source_ip = excluded.source_ip,
    log_source = excluded.log_source, log_dataset = excluded.log_dataset, count = excluded.count,
    first_seen = excluded.first_seen, last_seen = excluded.last_seen, risk_score = excluded.risk_score,
    analyzer_engine = excluded.analyzer_engine, processed_at = excluded.processed_at, json = excluded.json,
    status = iif(status = 'resolved' AND excluded.count > count, 'open', status)`;

const statementsOn = (connection: Connection) => ({
  stored: connection.prepare<[string], Occurring>(
    `SELECT severity, rule_name AS rule, log_source AS source, first_seen AS first, last_seen AS last, count
    FROM findings WHERE id = ?`,
  ),
  upsert: connection.prepare(upsertSql),
  dropEvidence: connection.prepare('DELETE FROM evidence WHERE finding_id = ?'),
  addEvidence: connection.prepare('INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)'),
  dropMarks: connection.prepare('DELETE FROM marks WHERE source = ?'),
  addMark: connection.prepare('INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  moveStream: connection.prepare('INSERT OR REPLACE INTO streams VALUES (?, ?, ?)'),
  addRun: connection.prepare('INSERT INTO runs (started_at) VALUES (?)'),
  countRun: connection.prepare('UPDATE runs SET findings = findings + ?, marks = marks + ? WHERE id = ?'),
  endRun: connection.prepare('UPDATE runs SET ended_at = ? WHERE id = ?'),
  expire: connection.prepare('DELETE FROM findings WHERE last_seen < ?'),
});

type Statements = ReturnType<typeof statementsOn>;

/** The writing side of an open database that is up to date. Throws SQLite's own errors. */
export function writerOn(connection: Connection, path: string, startedAt: Date): DatabaseWriter {
  const statements = statementsOn(connection);
  const run = statements.addRun.run(startedAt.toISOString()).lastInsertRowid;
  const occurrences = new Occurrences(connection);
  const summaries = new SummaryTable(connection);
  const saveAll = connection.transaction((batch: readonly Entry[], now: Date) => {
    const saved = { added: 0, updated: 0, stale: 0, marks: 0 };
    occurrences.forget();
    for (const entry of batch) {
      if ('finding' in entry) saved[saveFinding({ statements, occurrences }, entry.finding, entry.json)]++;
      if ('mark' in entry) saveMark(statements, entry.mark, now);
      if ('mark' in entry) saved.marks++;
    }
    occurrences.flush();
    const keep = summaries.add(batch.flatMap((entry) => ('summary' in entry ? [entry.summary] : [])));
    statements.countRun.run(saved.added + saved.updated, saved.marks, run);
    return { saved, keep };
  });
  const expireAll = connection.transaction((moment: string): number => {
    occurrences.forget();
    occurrences.takeBackBefore(moment);
    occurrences.flush();
    return statements.expire.run(moment).changes;
  });
  const explaining = <T>(work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      throw explained(thrown, path);
    }
  };
  return {
    save(batch, now) {
      const { saved, keep } = explaining(() => saveAll.immediate(batch, now));
      keep();
      return saved;
    },
    expire: (moment) => explaining(() => expireAll.immediate(moment.toISOString())),
    close(now) {
      try {
        statements.endRun.run(now.toISOString(), run);
      } catch {
        // Findings and marks are safe by now; a run without its end is not worth a failure.
      }
      connection.close();
    },
  };
}

interface Tables {
  readonly statements: Statements;
  readonly occurrences: Occurrences;
}

function saveFinding({ statements, occurrences }: Tables, finding: Finding, json: string): 'added' | 'updated' | 'stale' {
  const stored = statements.stored.get(finding.id);
  if (stored !== undefined && finding.count < stored.count) return 'stale';
  if (stored !== undefined) occurrences.count(stored, -1);
  statements.upsert.run(...columnsOf(finding), json);
  occurrences.count(occurringOf(finding), 1);
  if (stored !== undefined) statements.dropEvidence.run(finding.id);
  for (const [position, { timestamp, log, original }] of finding.evidence.entries()) {
    statements.addEvidence.run(finding.id, position, utc(timestamp), log.source, log.offset, original);
  }
  return stored === undefined ? 'added' : 'updated';
}

function occurringOf({ severity, rule, log, first_seen: first, last_seen: last, count }: Finding): Occurring {
  return { severity, rule: rule.name, source: log.source, first, last, count };
}

function columnsOf(finding: Finding): readonly (string | number | undefined)[] {
  return [
    finding.id,
    finding.severity,
    finding.title,
    finding.summary,
    textAt(finding, 'action'),
    finding.rule.id,
    finding.rule.name,
    finding.category,
    finding.entity.type,
    finding.entity.value,
    textAt(finding, 'source', 'ip'),
    finding.log.source,
    textAt(finding, 'log', 'dataset'),
    finding.count,
    utc(finding.first_seen),
    utc(finding.last_seen),
    finding.risk_score,
    finding.analyzer.engine,
    utc(finding.processed_at),
  ];
}

const canonicalLength = '2026-11-22T13:36:00.000Z'.length;

/** Times are compared as text, so all of them must have one form. */
function utc(time: string): string {
  return time.length === canonicalLength && time.endsWith('Z') ? time : new Date(time).toISOString();
}

/** Keeps the positions of the mark's files in place of earlier ones; files that the mark does not name keep theirs. */
function saveMark(statements: Statements, { mark }: Mark, now: Date): void {
  const positions = mark.positions.filter(
    (found) => textAt(found, 'source') !== undefined && numberAt(found, 'offset') !== undefined,
  );
  for (const source of new Set(positions.map((position) => position.source))) statements.dropMarks.run(source);
  const stream = textAt(mark, 'stream');
  for (const found of positions) {
    const place = [numberAt(found, 'dev'), numberAt(found, 'inode'), textAt(found, 'fingerprint'), found.offset];
    statements.addMark.run(found.source, mark.seq, ...place, now.toISOString(), stream, JSON.stringify(found));
  }
  if (stream !== undefined) statements.moveStream.run(stream, mark.seq, now.toISOString());
}

/** Optional fields are not checked when a line is decoded; what is not text is left to `json`. */
function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' ? found : undefined;
}

function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, path);
  return typeof found === 'number' ? found : undefined;
}
