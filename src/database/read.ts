import { accessSync, constants, statSync } from 'node:fs';
import { decodeLine } from '../model/decode.ts';
import type { Finding } from '../model/envelope.ts';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { isSeverity, type Severity, severities, severityRank } from '../model/severity.ts';
import { explained } from './errors.ts';
import { openImage } from './image.ts';
import { migrations, schemaVersion } from './migrations.ts';
import { type Connection, connect } from './open.ts';

/** Which findings to read; what is absent does not matter. */
export interface FindingQuery {
  /** Last seen then or later. */
  readonly since?: Date | undefined;
  /** Last seen before. */
  readonly until?: Date | undefined;
  /** As severe as this, or more. */
  readonly severity?: Severity | undefined;
  /** The value of the finding's entity, or an address, user or host that it names besides. */
  readonly entity?: string | undefined;
  /** Name or id of the finding's rule. */
  readonly rule?: string | undefined;
  /** The finding's log, by its path or the last part of it, or by its dataset. */
  readonly source?: string | undefined;
}

/** How many entries of one severity belong to one hour. */
export interface HourCount {
  /** `2026-11-22T13:00:00.000Z` */
  readonly hour: string;
  readonly severity: Severity;
  readonly entries: number;
}

/** Findings that people have set aside, by how. */
export interface Hidden {
  readonly resolved: number;
  readonly false_positive: number;
  readonly suppressed: number;
}

/** How many findings of one severity one log gave. */
export interface Tally {
  readonly severity: Severity;
  readonly source: string;
  readonly findings: number;
  /** Entries that these findings stand for. */
  readonly entries: number;
}

/** One run of lp-store. */
export interface Run {
  readonly startedAt: Date;
  /** Undefined while it runs, and when it was cut off. */
  readonly endedAt: Date | undefined;
}

/** The reading side of the database; any number may read while one writes. Its methods throw `LpError`. */
export interface DatabaseReader {
  /** The worst findings: by severity, then risk, then how late they were seen, then rule, entity and id. */
  findings(query: FindingQuery, limit: number | undefined): readonly Finding[];
  tallies(query: FindingQuery): readonly Tally[];
  /** When the latest of these findings was last seen. */
  latest(query: FindingQuery): Date | undefined;
  /** The run that stored anything last, or tried to. */
  lastRun(): Run | undefined;
  close(): void;
}

/** Opens the database for reading. Throws `LpError` 66 when there is none, 77 when it may not be read, 65 when it is not lp's. */
export async function openDatabaseReader(path: string, lockTimeoutMs: number): Promise<DatabaseReader> {
  checkReadable(path);
  try {
    return await readerFrom(path, () => connect(path, { isReadOnly: true, lockTimeoutMs }));
  } catch (thrown) {
    if (!needsFilesBeside(thrown)) throw explained(thrown, path);
  }
  try {
    return await readerFrom(path, () => openImage(path));
  } catch (thrown) {
    throw explained(thrown, path);
  }
}

/** A database in WAL mode is read by way of two more files, which its reader makes when no writer has. */
function needsFilesBeside(thrown: unknown): boolean {
  return /^SQLITE_(READONLY|CANTOPEN)/.test(systemCodeOf(thrown) ?? '');
}

async function readerFrom(path: string, open: () => Promise<Connection>): Promise<DatabaseReader> {
  const connection = await open();
  try {
    const version = schemaVersion(connection, path);
    if (version > 0 && version < migrations.length) {
      throw new LpError(
        `the database ${path} is of an older lp: run "lp-store --db ${path} </dev/null" once`,
        exitStatus.badData,
      );
    }
    return version === 0 ? emptyReader(connection) : readerOn(connection, path);
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

function checkReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isDirectory()) {
      throw new LpError(`the database ${path} is a directory: give a file in it with --db`, exitStatus.noInput);
    }
  } catch (thrown) {
    if (thrown instanceof LpError) throw thrown;
    if (systemCodeOf(thrown) === 'EACCES') {
      throw new LpError(
        `cannot read the database ${path}: ${reasonOf(thrown)} (run this as a user who may)`,
        exitStatus.permission,
      );
    }
    const advice = 'lp-store makes it; give another place with --db FILE, or read findings from standard input with -';
    throw new LpError(`there is no database ${path} (${advice})`, exitStatus.noInput);
  }
}

/** The file is made before the first finding arrives; until then it has no tables. */
function emptyReader(connection: Connection): DatabaseReader {
  const nothing = (): undefined => undefined;
  return { findings: () => [], tallies: () => [], latest: nothing, lastRun: nothing, close: () => connection.close() };
}

const rankSql = `CASE severity ${severities.map((name) => `WHEN '${name}' THEN ${severityRank(name)}`).join(' ')} END`;

function readerOn(connection: Connection, path: string): DatabaseReader {
  const rows = (sql: string, values: readonly unknown[]): readonly unknown[] => {
    try {
      return connection
        .prepare(sql)
        .raw()
        .all(...values);
    } catch (thrown) {
      throw explained(thrown, path);
    }
  };
  return {
    findings(query, limit) {
      const { sql, values } = conditions(query);
      // The worst are chosen from the index alone; only theirs are the rows that are fetched.
      const order = `ORDER BY ${rankSql} DESC, risk_score DESC, last_seen DESC, rule_name, entity_value, id`;
      const chosen = `SELECT rowid FROM findings ${sql} ${order} LIMIT ?`;
      return rows(`SELECT json FROM findings WHERE rowid IN (${chosen}) ${order}`, [...values, limit ?? -1]).flatMap(findingOf);
    },
    tallies(query) {
      const { sql, values } = conditions(query);
      const columns = 'severity, log_source, count(*), sum(count)';
      return rows(`SELECT ${columns} FROM findings ${sql} GROUP BY severity, log_source`, values).flatMap(tallyOf);
    },
    latest(query) {
      const { sql, values } = conditions(query);
      return rows(`SELECT max(last_seen) FROM findings ${sql}`, values).flatMap(timeOf)[0];
    },
    lastRun: () => rows('SELECT started_at, ended_at FROM runs ORDER BY id DESC LIMIT 1', []).flatMap(runOf)[0],
    close: () => connection.close(),
  };
}

// Qualified, because json_each has a column of the same name.
const relatedSql = ['ip', 'user', 'hosts'].map(
  (kind) => `EXISTS (SELECT 1 FROM json_each(findings.json, '$.related.${kind}') WHERE value = ?)`,
);
const entitySql = `(entity_value = ? OR ${relatedSql.join(' OR ')})`;

/** A log by its path, its dataset, or the last part of its path; no pattern, in which `%` would mean something. */
const sourceSql = "(log_source = ? OR log_dataset = ? OR substr(log_source, -length(?) - 1) = '/' || ?)";

function conditions(query: FindingQuery): { readonly sql: string; readonly values: readonly string[] } {
  const parts: (readonly [sql: string, ...values: string[]])[] = [];
  if (query.since !== undefined) parts.push(['last_seen >= ?', query.since.toISOString()]);
  if (query.until !== undefined) parts.push(['last_seen < ?', query.until.toISOString()]);
  if (query.severity !== undefined) parts.push([`${rankSql} >= ${severityRank(query.severity)}`]);
  if (query.entity !== undefined) parts.push([entitySql, query.entity, query.entity, query.entity, query.entity]);
  if (query.source !== undefined) parts.push([sourceSql, ...Array<string>(4).fill(query.source)]);
  if (query.rule !== undefined) parts.push(['(rule_name = ? OR rule_id = ?)', query.rule, query.rule]);
  if (parts.length === 0) return { sql: '', values: [] };
  return { sql: `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`, values: parts.flatMap(([, ...values]) => values) };
}

function findingOf(row: unknown): readonly Finding[] {
  if (!Array.isArray(row) || typeof row[0] !== 'string') return [];
  const decoded = decodeLine(row[0]);
  return decoded.ok && decoded.envelope.type === 'finding' ? [decoded.envelope] : [];
}

function tallyOf(row: unknown): readonly Tally[] {
  if (!Array.isArray(row) || !isSeverity(row[0])) return [];
  return [{ severity: row[0], source: String(row[1]), findings: Number(row[2]), entries: Number(row[3]) }];
}

function runOf(row: unknown): readonly Run[] {
  if (!Array.isArray(row) || typeof row[0] !== 'string') return [];
  return [{ startedAt: new Date(row[0]), endedAt: typeof row[1] === 'string' ? new Date(row[1]) : undefined }];
}

function timeOf(row: unknown): readonly Date[] {
  return Array.isArray(row) && typeof row[0] === 'string' ? [new Date(row[0])] : [];
}
