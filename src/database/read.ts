import { decodeLine } from '../model/decode.ts';
import { type Finding, type Summary, schema } from '../model/envelope.ts';
import { LpError, systemCodeOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { isSeverity, type Severity } from '../model/severity.ts';
import { explained } from './errors.ts';
import { type FollowedReader, followedOn, nothingFollowed } from './followed.ts';
import { openImage } from './image.ts';
import { migrations, schemaVersion } from './migrations.ts';
import { openMirror, type Scope } from './mirror.ts';
import { type Connection, connect } from './open.ts';
import { conditionOf, type FindingQuery, indexedOrderSql, orderSql } from './query.ts';
import { mustBeReadable } from './readable.ts';

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

/** What findings of one rule about one entity have in common. */
export interface Matter {
  readonly rule: string;
  readonly entity: Finding['entity'];
}

/** The reading side of the database; any number may read while one writes. Its methods throw `LpError`. */
export interface DatabaseReader extends FollowedReader {
  /** The worst findings: by severity, then risk, then how late they were seen, then rule, entity and id. */
  findings(query: FindingQuery, limit: number | undefined): readonly Finding[];
  /** Of each matter of these findings the last, where that was before a moment, the worst first. */
  ended(query: FindingQuery, before: Date, limit: number): readonly Finding[];
  tallies(query: FindingQuery): readonly Tally[];
  /** Entries of findings by hour; a query's entity does not matter. */
  hours(query: FindingQuery): readonly HourCount[];
  /** What lp-parse counted, by hour, log, dataset and site. */
  summaries(query: FindingQuery): readonly Summary[];
  /** Findings that people have set aside, by how. */
  hidden(query: FindingQuery, now: Date): Hidden;
  /** Whether any suppression holds. */
  hasSuppressions(now: Date): boolean;
  /** Of the matters of these findings, those of any finding that was last seen in that time. */
  matters(findings: readonly Finding[], time: { readonly since: Date; readonly until: Date | undefined }): readonly Matter[];
  /** When the latest of these findings was last seen. */
  latest(query: FindingQuery): Date | undefined;
  /** The run that stored anything last, or tried to. */
  lastRun(): Run | undefined;
  close(): void;
}

/** Opens a database, or a place of another kind, to read it. Throws `LpError` 66 when there is none, 77 when it may not be read, 65 when it is not lp's. */
export async function openDatabaseReader(path: string, lockTimeoutMs: number, scope: Scope = {}): Promise<DatabaseReader> {
  const mirror = await openMirror(path, scope);
  if (mirror !== undefined) return readerOn(mirror, path);
  mustBeReadable(path, 'give another place with --db FILE, or read findings from standard input with -');
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

/** The file is made before the first finding arrives; until then it has no tables. */
function emptyReader(connection: Connection): DatabaseReader {
  const nothing = (): undefined => undefined;
  const none = (): readonly never[] => [];
  return {
    ...nothingFollowed,
    findings: none,
    ended: none,
    tallies: none,
    hours: none,
    summaries: none,
    hidden: () => ({ resolved: 0, false_positive: 0, suppressed: 0 }),
    hasSuppressions: () => false,
    matters: none,
    latest: nothing,
    lastRun: nothing,
    close: () => connection.close(),
  };
}

type Rows = (sql: string, values: readonly unknown[]) => readonly unknown[];

function readerOn(connection: Connection, path: string): DatabaseReader {
  const rows: Rows = (sql, values) => {
    try {
      return connection
        .prepare(sql)
        .raw()
        .all(...values);
    } catch (thrown) {
      throw explained(thrown, path);
    }
  };
  // The worst are chosen from the index alone; only theirs are the rows that are fetched.
  const worstOf = (table: string, values: readonly unknown[]): readonly Finding[] => {
    const chosen = `SELECT rowid FROM ${table} ${indexedOrderSql} LIMIT ?`;
    return rows(`SELECT json, status FROM findings WHERE rowid IN (${chosen}) ${orderSql}`, values).flatMap(findingOf);
  };
  return {
    findings(query, limit) {
      const { sql, values } = conditionOf(query);
      return worstOf(`findings ${sql}`, [...values, limit ?? -1]);
    },
    ended(query, before, limit) {
      const { sql, values } = conditionOf(query);
      return worstOf(`(${lastSql(sql)})`, [...values, before.toISOString(), limit]);
    },
    tallies(query) {
      const { sql, values } = conditionOf(query);
      const columns = 'severity, log_source, count(*), sum(count)';
      return rows(`SELECT ${columns} FROM findings ${sql} GROUP BY severity, log_source`, values).flatMap(tallyOf);
    },
    latest(query) {
      const { sql, values } = conditionOf(query);
      return rows(`SELECT max(last_seen) FROM findings ${sql}`, values).flatMap(timeOf)[0];
    },
    ...countsOn(rows),
    ...followedOn(rows),
    matters(findings, { since, until }) {
      const among = findings.map(({ rule, entity }) => [rule.name, entity.type, entity.value]);
      const values = [since.toISOString(), until?.toISOString() ?? endOfTime, JSON.stringify(among)];
      return rows(mattersSql, values).flatMap(matterOf);
    },
    lastRun: () => rows('SELECT started_at, ended_at FROM runs ORDER BY id DESC LIMIT 1', []).flatMap(runOf)[0],
    close: () => connection.close(),
  };
}

/** With one max() the other columns are those of its row. Source: https://sqlite.org/lang_select.html §2.5. */
const lastSql = (condition: string): string => `SELECT rowid AS rowid, severity, risk_score, max(last_seen) AS last_seen,
    rule_name, entity_value
  FROM findings ${condition} GROUP BY rule_name, entity_type, entity_value HAVING max(last_seen) < ?`;

const mattersSql = `SELECT DISTINCT rule_name, entity_type, entity_value FROM findings WHERE last_seen >= ? AND last_seen < ?
  AND (rule_name, entity_type, entity_value) IN
    (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(?))`;

function matterOf(row: unknown): readonly Matter[] {
  if (!Array.isArray(row)) return [];
  const [rule = '', type = '', value = ''] = row.map(String);
  return [{ rule, entity: { type, value } }];
}

/** Later than any time of a log. */
const endOfTime = '9999-12-31T23:59:59.999Z';

type CountReader = Pick<DatabaseReader, 'hours' | 'summaries' | 'hidden' | 'hasSuppressions'>;

function countsOn(rows: Rows): CountReader {
  const hasSuppressions = (now: Date): boolean =>
    rows('SELECT 1 FROM suppressions WHERE expires_at IS NULL OR expires_at > ? LIMIT 1', [now.toISOString()]).length > 0;
  return {
    hours({ since, until }) {
      const sql = 'SELECT hour, severity, sum(entries) FROM occurrences WHERE hour >= ? AND hour < ? GROUP BY hour, severity';
      return rows(sql, hoursBetween(since, until)).flatMap(hourCountOf);
    },
    summaries({ since, until }) {
      const sql = 'SELECT hour, log_source, log_dataset, url_domain, counts FROM summaries WHERE hour >= ? AND hour < ?';
      return rows(sql, hoursBetween(since, until)).flatMap(summaryOf);
    },
    hidden(query, now) {
      const { sql, values } = conditionOf({ ...query, setAside: { isWanted: true, hasSuppressions: hasSuppressions(now), now } });
      const found = rows(`SELECT status, count(*) FROM findings ${sql} GROUP BY status`, values);
      const of = new Map(found.flatMap((row) => (Array.isArray(row) ? [[String(row[0]), Number(row[1])] as const] : [])));
      const [resolved, wrong] = [of.get('resolved') ?? 0, of.get('false_positive') ?? 0];
      const all = [...of.values()].reduce((sum, count) => sum + count, 0);
      return { resolved, false_positive: wrong, suppressed: all - resolved - wrong };
    },
    hasSuppressions,
  };
}

/** The hours that a time touches. */
function hoursBetween(since: Date | undefined, until: Date | undefined): readonly string[] {
  const start = since === undefined ? '' : `${since.toISOString().slice(0, 13)}:00:00.000Z`;
  return [start, until?.toISOString() ?? endOfTime];
}

function hourCountOf(row: unknown): readonly HourCount[] {
  if (!Array.isArray(row) || !isSeverity(row[1])) return [];
  return [{ hour: String(row[0]), severity: row[1], entries: Number(row[2]) }];
}

function summaryOf(row: unknown): readonly Summary[] {
  if (!Array.isArray(row)) return [];
  const [hour, source, dataset, domain, counts] = row.map(String);
  if (hour === undefined || source === undefined) return [];
  const end = new Date(Date.parse(hour) + 3_600_000).toISOString();
  return [
    {
      schema,
      type: 'summary',
      stage: 'parse',
      log: { source, ...(dataset !== undefined && dataset !== '' && { dataset }) },
      ...(domain !== undefined && domain !== '' && { url: { domain } }),
      start: hour,
      end,
      counts: JSON.parse(counts ?? '{}'),
    },
  ];
}

function findingOf(row: unknown): readonly Finding[] {
  if (!Array.isArray(row) || typeof row[0] !== 'string') return [];
  const decoded = decodeLine(row[0]);
  if (!decoded.ok || decoded.envelope.type !== 'finding') return [];
  return [row[1] === 'open' ? decoded.envelope : { ...decoded.envelope, status: row[1] }];
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
