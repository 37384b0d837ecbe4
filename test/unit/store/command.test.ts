import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { faultsIn } from '../../../src/database/maintain.ts';
import { connect } from '../../../src/database/open.ts';
import { readMarks } from '../../../src/database/positions.ts';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { nobody, noNobody } from '../../support/nobody.ts';
import { ended, run, start } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-store-'));
after(() => rmSync(directory, { recursive: true }));
chmodSync(directory, 0o755);

let files = 0;
const newPath = (): string => join(directory, `${++files}`, 'lp.db');

async function counted(path: string, table: string): Promise<unknown> {
  const connection = await connect(path, { isReadOnly: true, lockTimeoutMs: 1_000 });
  try {
    return connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  } finally {
    connection.close();
  }
}

test('makes an empty database for an empty input', async () => {
  const path = newPath();
  assert.deepEqual(await run('store', ['--db', path]), { status: 0, output: '', errors: '' });
  assert.equal(await counted(path, 'threats'), 0);
});

test('finds its place in the environment', async () => {
  const path = newPath();
  await run('store', [], ndjsonOf(finding(1)), { env: { DB_PATH: path } });
  assert.equal(await counted(path, 'findings'), 1);
  const state = join(directory, 'state');
  await run('store', [], ndjsonOf(finding(1)), { env: { STATE_DIRECTORY: state } });
  assert.equal(await counted(join(state, 'lp.db'), 'findings'), 1);
});

test('passes on what it takes, byte for byte and in order, with --tee', async () => {
  const path = newPath();
  const input = [
    ...[JSON.stringify(finding(1)), '{"schema":"lp/1", "type":"novelty", "x": 1.50}', JSON.stringify(finding(2, { 'x.y': 1 }))],
    ...['{"schema":"lp/1","type":"mark","mark":{"seq":3,"positions":[{"source":"/a","offset":9}]}}', ''],
  ].join('\n');
  assert.deepEqual(await run('store', ['--db', path, '--tee'], input), { status: 0, output: input, errors: '' });
  assert.equal(await counted(path, 'findings'), 2);
  assert.equal(await counted(path, 'marks'), 1);
});

test('stores what came before a mark with it, and leaves what came behind the last one to the next run', async () => {
  const path = newPath();
  const mark = { schema: 'lp/1', type: 'mark', mark: { seq: 1, stream: 's', positions: [{ source: '/a', offset: 9 }] } };
  await run('store', ['--db', path], ndjsonOf(finding(1), mark, finding(2)));
  assert.equal(await counted(path, 'findings'), 1);
  assert.deepEqual((await readMarks(path, 1_000)).streams, [{ stream: 's', seq: 1, sources: ['/a'] }]);
});

test('keeps bad lines as dead letters and stores the rest', async () => {
  const path = newPath();
  const letters = join(directory, 'dead.ndjson');
  const input = `nonsense\n${ndjsonOf(finding(1), { ...finding(2), count: 'many' }, finding(3))}{"schema":"lp/1","ty`;
  const { status, errors } = await run('store', ['--db', path, '--dead-letter', letters], input);
  assert.equal(status, 0);
  assert.match(errors, /^lp-store: 3 lines could not be used .*line 1: not JSON/);
  assert.equal(await counted(path, 'findings'), 2);
  const kept = readFileSync(letters, 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    kept.map((line) => JSON.parse(line).code),
    ['E_JSON', 'E_FIELD', 'E_JSON'],
  );
});

test('says that records want lp-analyze first', async () => {
  const line = { schema: 'lp/1', type: 'line', log: { source: '-', offset: 0 }, original: 'x' };
  const { status, errors } = await run('store', ['--db', newPath()], ndjsonOf(line, line));
  assert.equal(status, 0);
  assert.match(errors, /2 lines or records were not stored: .* lp-analyze before it/);
});

test('a finding is there soon after it came, while the input is still open', async () => {
  const path = newPath();
  const child = start('store', ['--db', path, '--tee']);
  child.stdin?.write(ndjsonOf(finding(1)));
  assert.ok(child.stdout);
  await once(child.stdout, 'readable');
  assert.equal(await counted(path, 'findings'), 1);
  child.stdin?.end();
  assert.equal((await ended(child)).status, 0);
});

test('SIGTERM stores what is held and ends with status 143', async () => {
  const path = newPath();
  const child = start('store', ['--db', path, '--tee']);
  child.stdin?.write(ndjsonOf(finding(1)));
  assert.ok(child.stdout);
  await once(child.stdout, 'readable');
  child.stdin?.write(ndjsonOf(finding(2)));
  child.kill('SIGTERM');
  assert.equal((await ended(child)).status, 143);
  assert.equal(await counted(path, 'findings'), 2);
});

test('deletes findings that are older than the retention', async () => {
  const path = newPath();
  const recent = finding(2, { last_seen: new Date().toISOString() });
  await run(
    'store',
    ['--db', path, '--retention', '1d'],
    ndjsonOf(finding(1, { last_seen: '2020-01-01T00:00:00.000Z' }), recent),
  );
  assert.equal(await counted(path, 'findings'), 1);
});

test('says how many findings the retention has deleted at once', async () => {
  const old = [1, 2].map((number) => finding(number, { last_seen: '2020-01-01T00:00:00.000Z' }));
  const recent = finding(3, { last_seen: new Date().toISOString() });
  const { status, errors } = await run('store', ['--db', newPath(), '--retention', '1d'], ndjsonOf(...old, ...old, recent));
  assert.equal(status, 0);
  assert.match(errors, /^lp-store: 2 findings were not kept: last seen longer ago than --retention allows/);
});

test('input without any object of the wire ends with status 65', async () => {
  const { status, errors } = await run('store', ['--db', newPath()], 'one\ntwo\n');
  assert.equal(status, 65);
  assert.match(errors, /lp-store: standard input is not findings: put lp-parse, lp-filter and lp-analyze before lp-store/);
});

test('a database that stays locked ends with status 75 and nothing stored', async () => {
  const path = newPath();
  await run('store', ['--db', path]);
  const holder = await connect(path, { isReadOnly: false, lockTimeoutMs: 0 });
  holder.exec('BEGIN EXCLUSIVE');
  const { status, errors } = await run('store', ['--db', path, '--lock-timeout', '10ms'], ndjsonOf(finding(1)));
  holder.exec('ROLLBACK');
  holder.close();
  assert.equal(status, 75);
  assert.match(errors, /^lp-store: cannot use the database .*another process holds it/);
  assert.deepEqual(await faultsIn(path), []);
  assert.equal(await counted(path, 'findings'), 0);
});

test('a lock that is given up in time is waited for', async () => {
  const path = newPath();
  await run('store', ['--db', path]);
  const holder = await connect(path, { isReadOnly: false, lockTimeoutMs: 0 });
  holder.exec('BEGIN EXCLUSIVE');
  const child = start('store', ['--db', path, '--tee', '--lock-timeout', '60s']);
  child.stdin?.write(ndjsonOf(finding(1)));
  child.stdin?.end(ndjsonOf(finding(2)));
  holder.exec('COMMIT');
  holder.close();
  assert.equal((await ended(child)).status, 0);
  assert.equal(await counted(path, 'findings'), 2);
});

test('a directory that may not be written ends with status 77 and words that help', { skip: noNobody }, async () => {
  const path = join(directory, 'read-only', 'lp.db');
  mkdirSync(join(directory, 'read-only'), { mode: 0o555 });
  const { status, errors } = await run('store', ['--db', path], ndjsonOf(finding(1)), nobody);
  assert.equal(status, 77);
  assert.match(errors, /^lp-store: cannot write the database .*read-only\/lp\.db: .*--db FILE/);
  assert.equal(existsSync(path), false);
});

test('a file that is no database ends with status 65 and stays as it is', async () => {
  const path = join(directory, 'notes.txt');
  const notes = 'not a database, but long enough to look like one '.repeat(100);
  writeFileSync(path, notes);
  const { status, errors } = await run('store', ['--db', path], ndjsonOf(finding(1)));
  assert.equal(status, 65);
  assert.match(errors, /not an SQLite database/);
  assert.equal(readFileSync(path, 'utf8'), notes);
});

test('a full output ends with status 74, after the findings are stored', async () => {
  const path = newPath();
  const full = openSync('/dev/full', 'w');
  const { status, errors } = await run('store', ['--db', path, '--tee'], ndjsonOf(finding(1)), { stdio: ['pipe', full, 'pipe'] });
  assert.equal(status, 74);
  assert.match(errors, /cannot write standard output/);
  assert.equal(await counted(path, 'findings'), 1);
});
