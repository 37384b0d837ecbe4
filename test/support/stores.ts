import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openMirror } from '../../src/database/mirror.ts';
import { connect } from '../../src/database/open.ts';
import { connectPostgres } from '../../src/database/postgres.ts';
import { reasonOf } from '../../src/model/error.ts';
import { type Backend, loadBackend } from '../../src/store/backend.ts';

/** A backend, and how a test makes stores of it and looks into them with SQL. */
export interface StoreHarness {
  readonly file: string;
  readonly backend: Backend;
  /** Why it cannot be tested here. */
  readonly skip: string | false;
  /** Why nobody can change what is stored by SQL. */
  readonly noChanges: string | false;
  newPlace(): Promise<string>;
  readonly rows: (place: string, sql: string) => Promise<readonly unknown[]>;
  change(place: string, sql: string): Promise<void>;
  /** A text as a column holds it. */
  stored(text: string): string;
}

type Access = Omit<StoreHarness, 'file' | 'backend'>;

const folder = new URL('../../src/store/backends/', import.meta.url);

/** One for each file of `store/backends`. */
export async function storeHarnesses(): Promise<readonly StoreHarness[]> {
  const directory = mkdtempSync(join(tmpdir(), 'lp-stores-'));
  after(() => rmSync(directory, { recursive: true }));
  let count = 0;
  const local: Access = {
    skip: false,
    noChanges: false,
    newPlace: async () => join(directory, `${++count}`, 'lp.db'),
    async rows(place, sql) {
      const connection = (await openMirror(place)) ?? (await connect(place, { isReadOnly: true, lockTimeoutMs: 1_000 }));
      try {
        return connection.prepare(sql).all();
      } finally {
        connection.close();
      }
    },
    async change(place, sql) {
      const connection = await connect(place, { isReadOnly: false, lockTimeoutMs: 1_000 });
      connection.exec(sql);
      connection.close();
    },
    // Half a character has no form in UTF-8; SQLite keeps the three bytes that it would have.
    stored: (text) => text.replace('\ud800', '\ufffd'.repeat(3)),
  };
  const access: Readonly<Record<string, Access>> = {
    sqlite: local,
    'json-files': {
      ...local,
      noChanges: 'files of JSON are only added to',
      newPlace: async () => `json:${join(directory, `${++count}`)}`,
    },
    postgres: await postgresAccess(),
  };
  return Promise.all(
    readdirSync(folder).map(async (file) => {
      const name = file.replace('.ts', '');
      return {
        file,
        backend: await loadBackend(name),
        ...(access[name] ?? { ...local, skip: `no way to test ${name} is known` }),
      };
    }),
  );
}

/** A server that tests may use, each store with a schema of its own. */
const server = process.env['LP_TEST_POSTGRES'] ?? 'postgres://127.0.0.1:5432/test';

async function postgresAccess(): Promise<Access> {
  let count = 0;
  const schemas: string[] = [];
  const query = async (place: string, sql: string): Promise<readonly unknown[]> => {
    const client = await connectPostgres({ place, lockTimeoutMs: 1_000 });
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const skip = await query(server, 'SELECT 1').then(
    () => false as const,
    (thrown: unknown) => `no server to test with (LP_TEST_POSTGRES): ${reasonOf(thrown)}`,
  );
  after(() => Promise.all(schemas.map((name) => query(server, `DROP SCHEMA IF EXISTS ${name} CASCADE`))));
  return {
    skip,
    noChanges: false,
    async newPlace() {
      const name = `lp_test_${process.pid}_${++count}`;
      schemas.push(name);
      await query(server, `CREATE SCHEMA ${name}`);
      const place = new URL(server);
      place.searchParams.set('options', `-csearch_path=${name}`);
      return place.href;
    },
    rows: query,
    change: async (place, sql) => void (await query(place, sql)),
    // PostgreSQL keeps no NUL, and half a character has no form in UTF-8.
    stored: (text) => text.replaceAll('\0', '\ufffd').replace('\ud800', '\ufffd'),
  };
}
