import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { migrate } from './migrations.ts';
import { type Connection, connect } from './open.ts';
import { connectPostgres, explainedPostgres, type PostgresConnection, type PostgresSettings } from './postgres.ts';
import { postgresMigrations, postgresVersion } from './postgres-schema.ts';

/** What to copy. */
export interface Copying extends PostgresSettings {
  /** Findings that were last seen before are left out, but for the last of them. */
  readonly from?: Date | undefined;
  /** Those that are CRITICAL are copied from this moment on, an earlier one. */
  readonly criticalFrom?: Date | undefined;
}

/** So many rows are fetched at once. */
const rowsAtOnce = 2_000;

/** A cursor takes no parameters. The last of those before the moment stays, so that "nothing before" and "nothing lately" are told apart. */
function recentSql(from: Date, criticalFrom = from): string {
  const [moment, earlier] = [`'${from.toISOString()}'`, `'${criticalFrom.toISOString()}'`];
  const last = `SELECT id FROM findings WHERE last_seen < ${moment} ORDER BY last_seen DESC LIMIT 1`;
  return `WHERE last_seen >= ${moment} OR last_seen >= ${earlier} AND severity = 'CRITICAL' OR id = (${last})`;
}

/**
 * Copies what reports and lp-tail read from PostgreSQL into a database in memory, as it is at one moment; entries of evidence are
 * in `json` as well. Throws `LpError` 66 when lp-store has never been there, 65 for another version, 69 or 77.
 */
export async function copyOfPostgres(copying: Copying): Promise<Connection> {
  const { place, from, criticalFrom } = copying;
  const client = await connectPostgres(copying);
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await mustBeCurrent(client, place);
    const copy = await connect(':memory:', { isReadOnly: false, lockTimeoutMs: 0 });
    migrate(copy, place);
    await copyRows(client, copy, {
      table: 'findings',
      ...(from !== undefined && { where: recentSql(from, criticalFrom) }),
    });
    for (const table of ['occurrences', 'summaries', 'runs', 'suppressions', 'marks', 'streams']) {
      await copyRows(client, copy, { table });
    }
    return copy;
  } catch (thrown) {
    throw explainedPostgres(thrown, place);
  } finally {
    await client.end().catch(() => {});
  }
}

async function mustBeCurrent(client: PostgresConnection, place: string): Promise<void> {
  const version = await postgresVersion(client, place);
  if (version === 0)
    throw new LpError(`there are no findings in ${place} (lp-store --to makes their tables)`, exitStatus.noInput);
  if (version < postgresMigrations.length) {
    throw new LpError(`${place} is of an older lp: run "lp-store --to ${place} </dev/null" once`, exitStatus.badData);
  }
}

interface Rows {
  readonly table: string;
  readonly where?: string;
}

async function copyRows(client: PostgresConnection, copy: Connection, { table, where = '' }: Rows): Promise<void> {
  const columns = copy
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table)
    .map((name) => `"${name}"`);
  const marks = columns.map(() => '?').join(', ');
  const insert = copy.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
  await client.query(`DECLARE wanted NO SCROLL CURSOR FOR SELECT ${columns.join(', ')} FROM ${table} ${where}`);
  for (let isMore = true; isMore; ) {
    const { rows } = await client.query<unknown[]>({ text: `FETCH ${rowsAtOnce} FROM wanted`, rowMode: 'array' });
    copy.transaction(() => {
      for (const row of rows) insert.run(...row);
    })();
    isMore = rows.length > 0;
  }
  await client.query('CLOSE wanted');
}
