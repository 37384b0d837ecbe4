import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { Connection } from './open.ts';

/** Says in the file's header whose it is: "lpdb" in ASCII. Source: https://sqlite.org/pragma.html#pragma_application_id. */
const applicationId = 0x6c706462;

/**
 * The schema, step by step; a file's `user_version` is how many steps it has taken. Steps are only ever added at the end.
 * Columns carry the wire's names flattened with `_`; `json` is the finding as it came.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE findings (
    id TEXT PRIMARY KEY NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    action TEXT,
    rule_id TEXT NOT NULL,
    rule_name TEXT NOT NULL,
    category TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    entity_value TEXT NOT NULL,
    source_ip TEXT,
    log_source TEXT NOT NULL,
    log_dataset TEXT,
    count INTEGER NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    risk_score REAL NOT NULL,
    analyzer_engine TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open',
    processed_at TEXT NOT NULL,
    json TEXT NOT NULL
  );
  CREATE INDEX findings_recent ON findings (last_seen, severity, risk_score, log_source, count);
  CREATE INDEX findings_entity ON findings (entity_value, last_seen);
  CREATE TABLE evidence (
    finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    timestamp TEXT NOT NULL,
    log_source TEXT NOT NULL,
    log_offset INTEGER NOT NULL,
    original TEXT NOT NULL,
    PRIMARY KEY (finding_id, position)
  );
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    findings INTEGER NOT NULL DEFAULT 0,
    marks INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE marks (
    source TEXT NOT NULL,
    seq INTEGER NOT NULL,
    dev INTEGER,
    inode INTEGER,
    fingerprint TEXT,
    "offset" INTEGER NOT NULL,
    committed_at TEXT NOT NULL
  );
  CREATE INDEX marks_source ON marks (source);
  CREATE VIEW threats AS
    SELECT
      first_seen AS timestamp,
      log_source AS source_log,
      (SELECT original FROM evidence WHERE finding_id = findings.id ORDER BY position LIMIT 1) AS original_log_entry,
      summary AS ai_summary,
      severity,
      processed_at
    FROM findings;
  PRAGMA application_id = ${applicationId};
  `,
  `
  ALTER TABLE marks ADD COLUMN stream TEXT;
  ALTER TABLE marks ADD COLUMN json TEXT;
  CREATE TABLE streams (
    stream TEXT PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    committed_at TEXT NOT NULL
  );
  `,
  `
  CREATE TABLE occurrences (
    hour TEXT NOT NULL,
    severity TEXT NOT NULL,
    rule_name TEXT NOT NULL,
    log_source TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (hour, severity, rule_name, log_source)
  ) WITHOUT ROWID;
  INSERT INTO occurrences
    WITH RECURSIVE
      stretches AS (
        SELECT
          unixepoch(first_seen) / 3600 AS first, unixepoch(last_seen) / 3600 AS last, count, severity, rule_name, log_source
        FROM findings
      ),
      starts AS (SELECT *, iif(first > last OR last - first >= 744 OR count < 1, last, first) AS start FROM stretches),
      hours AS (
        SELECT *, start AS at FROM starts
        UNION ALL
        SELECT first, last, count, severity, rule_name, log_source, start, at + 1 FROM hours WHERE at < last
      )
    SELECT
      strftime('%Y-%m-%dT%H:00:00.000Z', at * 3600, 'unixepoch'),
      severity,
      rule_name,
      log_source,
      sum(count / (last - start + 1) + (at - start < count % (last - start + 1))) AS entries
    FROM hours GROUP BY 1, 2, 3, 4 HAVING entries <> 0;
  CREATE TABLE summaries (
    hour TEXT NOT NULL,
    log_source TEXT NOT NULL,
    log_dataset TEXT NOT NULL,
    url_domain TEXT NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (hour, log_source, log_dataset, url_domain)
  ) WITHOUT ROWID;
  CREATE TABLE suppressions (
    id INTEGER PRIMARY KEY,
    finding_id TEXT,
    rule_name TEXT,
    entity_value TEXT,
    reason TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT
  );
  CREATE TABLE triage (
    id INTEGER PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    action TEXT NOT NULL,
    text TEXT,
    done_by TEXT NOT NULL,
    done_at TEXT NOT NULL
  );
  CREATE INDEX triage_finding ON triage (finding_id);
  CREATE INDEX findings_closed ON findings (status, last_seen) WHERE status IN ('resolved', 'false_positive');
  `,
  // Evidence is read out of the finding's JSON, where it is anyway: written twice it took half of the time and of the room.
  // SQLite's JSON is no deeper than 1,000 levels; of a deeper finding there is no evidence, and no error.
  `
  DROP VIEW threats;
  DROP TABLE evidence;
  CREATE VIEW evidence AS
    SELECT
      findings.id AS finding_id,
      entry.key AS position,
      coalesce(
        strftime('%Y-%m-%dT%H:%M:%fZ', json_extract(entry.value, '$.timestamp')),
        json_extract(entry.value, '$.timestamp')
      ) AS timestamp,
      json_extract(entry.value, '$.log.source') AS log_source,
      json_extract(entry.value, '$.log.offset') AS log_offset,
      json_extract(entry.value, '$.original') AS original
    FROM findings, json_each(iif(json_valid(findings.json), findings.json, '{}'), '$.evidence') AS entry;
  CREATE VIEW threats AS
    SELECT
      first_seen AS timestamp,
      log_source AS source_log,
      iif(json_valid(json), json_extract(json, '$.evidence[0].original'), NULL) AS original_log_entry,
      summary AS ai_summary,
      severity,
      processed_at
    FROM findings;
  `,
  // What a digest asks of all findings of a time is in one index, which grows at its end alone. An index of entities is written
  // all over: with ids that are hashes, the one that `id` needs takes as much time as all the rest.
  `
  DROP INDEX findings_entity;
  DROP INDEX findings_recent;
  CREATE INDEX findings_recent ON findings (
    last_seen, severity, risk_score, log_source, count, rule_name, entity_type, entity_value
  );
  `,
];

/** How many steps the file has taken. Throws `LpError` 65 when it is newer than this version, or not lp's. */
export function schemaVersion(connection: Connection, path: string): number {
  const version = Number(connection.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new LpError(`the database ${path} was written by a newer lp: update this one`, exitStatus.badData);
  }
  if (Number(connection.pragma('application_id', { simple: true })) !== applicationId && !isEmpty(connection)) {
    throw new LpError(`the database ${path} belongs to another program: give another file with --db`, exitStatus.badData);
  }
  return version;
}

function isEmpty(connection: Connection): boolean {
  return connection.prepare('SELECT count(*) FROM sqlite_master').pluck().get() === 0;
}

/** Takes the steps that are missing, all or none of them. Throws as `schemaVersion` does, and SQLite's own errors. */
export function migrate(connection: Connection, path: string): void {
  if (schemaVersion(connection, path) === migrations.length) return;
  // Immediate: of two writers that start at once, the second waits here and then finds nothing left to do.
  const takeSteps = connection.transaction(() => {
    for (const step of migrations.slice(schemaVersion(connection, path))) connection.exec(step);
    connection.pragma(`user_version = ${migrations.length}`);
  });
  takeSteps.immediate();
}
