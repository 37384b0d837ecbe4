import { userInfo } from 'node:os';
import type { Client } from 'pg';
import { LpError, reasonOf, systemCodeOf } from '../model/error.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';

/** How to reach a PostgreSQL server. */
export interface PostgresSettings {
  /** `postgres://USER@HOST/NAME`, as libpq takes it, without a password. */
  readonly place: string;
  readonly lockTimeoutMs: number;
  /** When there is none, the driver looks into `PGPASSWORD` and `~/.pgpass`. */
  readonly password?: string | undefined;
}

/** An open connection. */
export type PostgresConnection = Client;

const connectTimeoutMs = 10_000;

/** Numbers of types. Source: PostgreSQL, src/include/catalog/pg_type.dat. */
const types = { bigint: 20, json: 114, timestamptz: 1184 };

/** Connects. Times come as RFC 3339, large numbers as numbers, JSON as text. Throws `LpError` 69, 73 or 77. */
export async function connectPostgres({ place, lockTimeoutMs, password }: PostgresSettings): Promise<PostgresConnection> {
  const { default: pg } = await import('pg');
  // As libpq does it; the driver takes the name from the environment alone, where services and cron have none.
  pg.defaults.user ??= nameOfUser();
  const parsers: Readonly<Record<number, (text: string) => unknown>> = {
    [types.bigint]: Number,
    [types.json]: (text) => text,
    [types.timestamptz]: (text) => new Date(text).toISOString(),
  };
  const client = new pg.Client({
    connectionString: place,
    connectionTimeoutMillis: connectTimeoutMs,
    fallback_application_name: 'lp',
    lock_timeout: Math.max(1, lockTimeoutMs),
    types: { getTypeParser: (type: number, format) => parsers[type] ?? pg.types.getTypeParser(type, format) },
  });
  if (password !== undefined) client.password = password;
  // A connection that is lost while nothing is asked is noticed when something is.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (thrown) {
    await client.end().catch(() => {});
    throw explainedPostgres(thrown, place);
  }
}

function nameOfUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

/** Does `work` in one transaction: all of it, or nothing. Throws `LpError`, and what is no fault of the server as it is. */
export async function inTransaction<T>(client: PostgresConnection, place: string, work: () => Promise<T>): Promise<T> {
  try {
    await client.query('BEGIN');
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => {});
    throw explainedPostgres(thrown, place);
  }
}

interface Explanation {
  readonly status: ExitStatus;
  readonly advice: string;
}

const gone: Explanation = { status: exitStatus.unavailable, advice: 'does the server run, and take connections from here?' };
const busy: Explanation = {
  status: exitStatus.temporaryFailure,
  advice: 'another process holds it; try again when that one is done',
};
const full: Explanation = {
  status: exitStatus.ioError,
  advice: 'look at the disk of the server; nothing of this batch was stored',
};
const secret: Explanation = {
  status: exitStatus.permission,
  advice: 'put the password into ~/.pgpass or the variable PGPASSWORD, and look at pg_hba.conf of the server',
};
const rights: Explanation = { status: exitStatus.permission, advice: 'grant this user the right, or give another one' };
const foreign: Explanation = {
  status: exitStatus.badData,
  advice: 'its tables are of another program, or were changed: give another database or schema',
};

/** By the start of the code. Source: PostgreSQL, appendix A; codes of the system have no digits. */
const explanations: readonly (readonly [code: RegExp, Explanation])[] = [
  [/^(?:E[A-Z]+|08...|57P0[123]|53300)$/, gone],
  [/^(?:55P03|40...|57014)$/, busy],
  [/^(?:53...|58...)$/, full],
  [/^28...$/, secret],
  [/^(?:42501|25006)$/, rights],
  [/^(?:3D000|3F000)$/, { status: exitStatus.cannotCreate, advice: 'make it first, with createdb or CREATE SCHEMA' }],
  [/^42(?:P0.|703|883)$/, foreign],
];

/** What the driver says without a code. */
const words: readonly (readonly [message: RegExp, Explanation])[] = [
  [/terminated|not queryable|timeout|connection error|closed/i, gone],
  [/password|SASL|SCRAM/i, secret],
];

/** What the server, the driver or the network said, in words that say what to do; other errors come back as they are. */
export function explainedPostgres(thrown: unknown, place: string): unknown {
  if (thrown instanceof LpError) return thrown;
  const code = systemCodeOf(thrown);
  const reason = reasonIn(thrown);
  const [, explanation] =
    (code === undefined
      ? words.find(([pattern]) => pattern.test(reason))
      : explanations.find(([pattern]) => pattern.test(code))) ?? [];
  if (explanation === undefined) return thrown;
  return new LpError(`cannot use ${place}: ${reason} (${explanation.advice})`, explanation.status, { cause: thrown });
}

/** A host with several addresses fails with an error for each, and no words of its own. */
function reasonIn(thrown: unknown): string {
  return thrown instanceof AggregateError ? thrown.errors.map(reasonOf).join('; ') : reasonOf(thrown);
}
