import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { inTransaction, type PostgresConnection } from './postgres.ts';

/** "lpdb" in ASCII, so that the lock is no other program's. */
const lockSpace = 0x6c706462;

/**
 * The tables of `migrations.ts`, as PostgreSQL has them, step by step. Steps are only ever added at the end. Times are times, not
 * texts. An index holds hashes of what may be longer than a third of a page (2,704 bytes). `json` is a text, because not all of
 * what is JSON can be of the type of that name, such as nesting of any depth.
 */
export const postgresMigrations: readonly string[] = [
  `
  CREATE TABLE findings (
    id TEXT PRIMARY KEY,
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
    count BIGINT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    last_seen TIMESTAMPTZ NOT NULL,
    risk_score DOUBLE PRECISION NOT NULL,
    analyzer_engine TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open',
    processed_at TIMESTAMPTZ NOT NULL,
    json TEXT NOT NULL
  );
  CREATE INDEX findings_recent ON findings (last_seen, severity);
  CREATE INDEX findings_entity ON findings USING hash (entity_value);
  CREATE TABLE evidence (
    finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    timestamp TIMESTAMPTZ NOT NULL,
    log_source TEXT NOT NULL,
    log_offset BIGINT NOT NULL,
    original TEXT NOT NULL,
    PRIMARY KEY (finding_id, position)
  );
  CREATE TABLE runs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    findings BIGINT NOT NULL DEFAULT 0,
    marks BIGINT NOT NULL DEFAULT 0,
    batch BIGINT NOT NULL DEFAULT 0
  );
  CREATE TABLE marks (
    source TEXT NOT NULL,
    seq BIGINT NOT NULL,
    dev BIGINT,
    inode BIGINT,
    fingerprint TEXT,
    "offset" BIGINT NOT NULL,
    committed_at TIMESTAMPTZ NOT NULL,
    stream TEXT,
    json TEXT
  );
  CREATE INDEX marks_source ON marks USING hash (source);
  CREATE TABLE streams (
    stream TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    committed_at TIMESTAMPTZ NOT NULL
  );
  CREATE TABLE occurrences (
    hour TIMESTAMPTZ NOT NULL,
    severity TEXT NOT NULL,
    rule_name TEXT NOT NULL,
    log_source TEXT NOT NULL,
    entries BIGINT NOT NULL
  );
  CREATE UNIQUE INDEX occurrences_key ON occurrences (hour, severity, md5(rule_name), md5(log_source));
  CREATE TABLE summaries (
    hour TIMESTAMPTZ NOT NULL,
    log_source TEXT NOT NULL,
    log_dataset TEXT NOT NULL,
    url_domain TEXT NOT NULL,
    counts JSON NOT NULL
  );
  CREATE UNIQUE INDEX summaries_key ON summaries (hour, md5(log_source), md5(log_dataset), md5(url_domain));
  CREATE TABLE suppressions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    finding_id TEXT,
    rule_name TEXT,
    entity_value TEXT,
    reason TEXT NOT NULL,
    created_by TEXT NOT NULL DEFAULT current_user,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    expires_at TIMESTAMPTZ
  );
  CREATE VIEW threats AS
    SELECT
      first_seen AS timestamp,
      log_source AS source_log,
      (SELECT original FROM evidence WHERE finding_id = findings.id ORDER BY position LIMIT 1) AS original_log_entry,
      summary AS ai_summary,
      severity,
      processed_at
    FROM findings;
  `,
];

/** Waits until no other process writes to these tables; until the end of the transaction, then, none does. */
export async function lockTables(client: PostgresConnection): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))', [lockSpace]);
}

/** How many steps the tables have taken; 0 when there are none. Throws `LpError` 65 when they are of a newer version. */
export async function postgresVersion(client: PostgresConnection, place: string): Promise<number> {
  // Not by to_regclass, which may remember from before a lock was waited for that there is no such table.
  const isKnown = "SELECT 1 FROM pg_tables WHERE tablename = 'lp_schema' AND schemaname = ANY (current_schemas(false))";
  if ((await client.query(isKnown)).rows.length === 0) return 0;
  const { rows } = await client.query('SELECT coalesce(max(version), 0) AS version FROM lp_schema');
  const version = Number(rows[0]?.version);
  if (version <= postgresMigrations.length) return version;
  throw new LpError(`${place} was written by a newer lp: update this one`, exitStatus.badData);
}

/** Takes the steps that are missing, all or none of them. Throws `LpError`. */
export async function migratePostgres(client: PostgresConnection, place: string): Promise<void> {
  if ((await postgresVersion(client, place)) === postgresMigrations.length) return;
  await inTransaction(client, place, async () => {
    // Of two writers that start at once, the second waits here and then finds nothing left to do.
    await lockTables(client);
    const version = await postgresVersion(client, place);
    if (version === 0) {
      await client.query(
        'CREATE TABLE IF NOT EXISTS lp_schema (version INTEGER PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())',
      );
    }
    for (const [index, step] of postgresMigrations.entries()) {
      if (index < version) continue;
      await client.query(step);
      await client.query('INSERT INTO lp_schema (version) VALUES ($1)', [index + 1]);
    }
  });
}
