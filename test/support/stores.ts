import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openMirror } from '../../src/database/mirror.ts';
import { connect } from '../../src/database/open.ts';
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
