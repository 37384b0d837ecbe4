import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { explained } from '../../../src/database/errors.ts';
import { databasePath, prepareDatabaseFile } from '../../../src/database/path.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-path-'));
after(() => rmSync(directory, { recursive: true }));

const places: readonly (readonly [
  title: string,
  given: string | undefined,
  environment: Record<string, string>,
  path: string,
])[] = [
  ['what is given wins', 'x.db', { STATE_DIRECTORY: '/s' }, 'x.db'],
  ['the folder for files of JSON comes next', undefined, { OUTPUT_LOG_DIR: '/o', STATE_DIRECTORY: '/s' }, 'json:/o'],
  ['the state directory of the service comes then', undefined, { STATE_DIRECTORY: '/s', HOME: '/h' }, '/s/lp.db'],
  ['of several state directories the first counts', undefined, { STATE_DIRECTORY: '/s:/t' }, '/s/lp.db'],
  ['then the state directory of the user', undefined, { XDG_STATE_HOME: '/x', HOME: '/h' }, '/x/lp/lp.db'],
  ['then the usual place in the home directory', undefined, { HOME: '/h' }, '/h/.local/state/lp/lp.db'],
  [
    'empty variables do not count',
    undefined,
    { STATE_DIRECTORY: '', XDG_STATE_HOME: '', HOME: '/h' },
    '/h/.local/state/lp/lp.db',
  ],
];
for (const [title, given, environment, path] of places) test(title, () => assert.equal(databasePath(given, environment), path));

test('without any place, says how to give one', () => {
  assert.throws(() => databasePath(undefined, {}), { name: 'LpError', status: 64, message: /--db/ });
});

test('makes a private directory and file, and keeps what is there', () => {
  const path = join(directory, 'a', 'b', 'lp.db');
  prepareDatabaseFile(path);
  assert.equal(statSync(join(directory, 'a', 'b')).mode & 0o777, 0o750);
  assert.equal(statSync(path).mode & 0o777, 0o640);
  writeFileSync(path, 'kept');
  prepareDatabaseFile(path);
  assert.equal(statSync(path).size, 4);
});

test('a place that is no directory cannot be created', () => {
  writeFileSync(join(directory, 'file'), '');
  assert.throws(() => prepareDatabaseFile(join(directory, 'file', 'lp.db')), { name: 'LpError', status: 73, message: /--db/ });
});

const codes: readonly (readonly [code: string, status: number])[] = [
  ['SQLITE_BUSY', 75],
  ['SQLITE_BUSY_SNAPSHOT', 75],
  ['SQLITE_FULL', 74],
  ['SQLITE_IOERR_WRITE', 74],
  ['SQLITE_NOTADB', 65],
  ['SQLITE_CORRUPT', 65],
  ['SQLITE_READONLY_DIRECTORY', 77],
  ['SQLITE_CANTOPEN', 73],
];
for (const [code, status] of codes) {
  test(`${code} ends with status ${status} and names the file`, () => {
    const thrown = explained(Object.assign(new Error('it says'), { code }), '/x/lp.db');
    assert.ok(thrown instanceof Error && 'status' in thrown);
    assert.equal(thrown.status, status);
    assert.match(thrown.message, /\/x\/lp\.db: it says/);
  });
}

test('an error that is not of SQLite stays as it is', () => {
  const thrown = new TypeError('a bug');
  assert.equal(explained(thrown, '/x'), thrown);
});
