import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readMarks } from '../../../src/database/positions.ts';
import { openDatabaseReader } from '../../../src/database/read.ts';
import { schema } from '../../../src/model/envelope.ts';
import { loadBackend, type StoreSettings } from '../../../src/store/backend.ts';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { run } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-json-'));
after(() => rmSync(directory, { recursive: true }));

let folders = 0;
const newFolder = (): string => join(directory, `${++folders}`);

const now = new Date('2026-11-22T13:36:00.000Z');
const entry = (number: number) => ({ finding: finding(number), json: JSON.stringify(finding(number)) });

/** Stores these findings, and gives what was said. */
async function store(
  folder: string,
  numbers: readonly number[],
  settings: Partial<StoreSettings> = {},
): Promise<readonly string[]> {
  const said: string[] = [];
  const { open } = await loadBackend('json-files');
  const found = await open({ place: `json:${folder}`, lockTimeoutMs: 1_000, now, warn: (text) => said.push(text), ...settings });
  if (numbers.length > 0) await found.save(numbers.map(entry), settings.now ?? now);
  await found.close(settings.now ?? now);
  return said;
}

async function storedIn(folder: string): Promise<readonly string[]> {
  const reader = await openDatabaseReader(`json:${folder}`, 1_000);
  const ids = reader.findings({}, undefined).map(({ id }) => id);
  reader.close();
  return ids.toSorted();
}

const idsOf = (...numbers: readonly number[]): readonly string[] => numbers.map((number) => finding(number).id);

test('what a crash left behind the last batch counts for nothing, is cut off, and is told of', async () => {
  const folder = newFolder();
  await store(folder, [1]);
  const file = join(folder, '2026-11-22.ndjson');
  const whole = readFileSync(file, 'utf8');
  const torn = `${JSON.stringify(finding(2))}\n${JSON.stringify(finding(3)).slice(0, 100)}`;
  appendFileSync(file, torn);
  assert.deepEqual(await storedIn(folder), idsOf(1));
  const said = await store(folder, []);
  assert.deepEqual(said, [
    `${folder}: ${torn.length} bytes that a crash left behind what was stored in 2026-11-22.ndjson were cut off`,
  ]);
  assert.ok(readFileSync(file, 'utf8').startsWith(whole));
  await store(folder, [2]);
  assert.deepEqual(await storedIn(folder), idsOf(1, 2));
});

test('a file that was cut short is told of, and goes on with a whole line', async () => {
  const folder = newFolder();
  await store(folder, [1, 2]);
  const file = join(folder, '2026-11-22.ndjson');
  const [first = '', second = ''] = readFileSync(file, 'utf8').split('\n');
  truncateSync(file, first.length + second.length + 100);
  const [said = ''] = await store(folder, [3]);
  assert.match(said, /2026-11-22\.ndjson is \d+ bytes shorter than what was stored in it/);
  assert.deepEqual(await storedIn(folder), idsOf(1, 3));
});

test('each day or hour has its file, which is read like one stream', async () => {
  const folder = newFolder();
  await store(folder, [1]);
  await store(folder, [2], { roll: 'hour' });
  await store(folder, [3], { now: new Date('2026-11-23T00:00:00.000Z') });
  assert.deepEqual(
    readdirSync(folder).filter((name) => !name.startsWith('.')),
    ['2026-11-22.ndjson', '2026-11-22T13.ndjson', '2026-11-23.ndjson'],
  );
  assert.deepEqual(await storedIn(folder), idsOf(1, 2, 3));
  const input = readdirSync(folder).map((name) => (name.startsWith('.') ? '' : readFileSync(join(folder, name), 'utf8')));
  const { status, output, errors } = await run('report', ['-', '--format', 'json'], input.join(''));
  assert.deepEqual({ status, errors }, { status: 0, errors: '' });
  assert.equal(output.trimEnd().split('\n').length, 3);
});

test('files that are older than the retention are deleted, and marks stay', async () => {
  const folder = newFolder();
  const { open } = await loadBackend('json-files');
  const settings = { place: `json:${folder}`, lockTimeoutMs: 1_000 };
  const found = await open({ ...settings, now });
  const mark = { schema, type: 'mark', mark: { seq: 7, stream: 's', positions: [{ source: '/a', offset: 9 }] } } as const;
  await found.save([entry(1), { mark }], now);
  const later = new Date('2026-11-25T00:00:00.000Z');
  await found.save([entry(2)], later);
  await found.expire(new Date('2026-11-23T23:59:59.999Z'));
  assert.ok(existsSync(join(folder, '2026-11-22.ndjson')), 'a clock may be wrong by a day');
  await found.expire(new Date('2026-11-24T00:00:00.000Z'));
  await found.close(later);
  assert.equal(existsSync(join(folder, '2026-11-22.ndjson')), false);
  assert.deepEqual(await readMarks(`json:${folder}`, 1_000), {
    positions: [{ source: '/a', offset: 9 }],
    streams: [{ stream: 's', seq: 7, sources: ['/a'] }],
  });
});

test('without its state, all whole lines of a folder count', async () => {
  const folder = newFolder();
  await store(folder, [1]);
  rmSync(join(folder, '.lp-store.json'));
  appendFileSync(join(folder, '2026-11-22.ndjson'), '{"schema":"lp/1","ty');
  await store(folder, [2]);
  assert.deepEqual(await storedIn(folder), idsOf(1, 2));
  writeFileSync(join(folder, 'from-elsewhere.ndjson'), `${ndjsonOf(finding(3))}{"schema":"lp/1","ty`);
  assert.deepEqual(await storedIn(folder), idsOf(1, 2, 3));
});

test('a line that is not JSON is named when it is read', async () => {
  const folder = newFolder();
  await store(folder, [1]);
  writeFileSync(join(folder, 'bad.ndjson'), 'nonsense\n');
  const { status, errors } = await run('report', ['--db', `json:${folder}`]);
  assert.equal(status, 65);
  assert.match(errors, /bad\.ndjson, line 1: not JSON: .*take the line out/);
});

test('lp-store, lp-report and lp-tail find the folder that OUTPUT_LOG_DIR names, and lp-triage says what it needs', async () => {
  const env = { OUTPUT_LOG_DIR: newFolder() };
  const recent = finding(1, { last_seen: new Date().toISOString() });
  assert.deepEqual(await run('store', [], ndjsonOf(recent), { env }), { status: 0, output: '', errors: '' });
  const report = await run('report', ['--format', 'json'], '', { env });
  assert.deepEqual(report, { status: 0, output: ndjsonOf(recent), errors: '' });
  writeFileSync(join(directory, 'a.log'), 'one\n');
  const tail = await run('tail', ['--once', join(directory, 'a.log')], '', { env });
  assert.equal((await run('store', [], tail.output, { env })).status, 0);
  const again = await run('tail', ['--once', join(directory, 'a.log')], '', { env });
  assert.doesNotMatch(again.output, /"type":"line"/);
  const triage = await run('triage', ['list'], '', { env });
  assert.equal(triage.status, 64);
  assert.match(triage.errors, /is no SQLite database, which this needs/);
  const backup = await run('store', ['--backup', join(directory, 'copy')], '', { env });
  assert.equal(backup.status, 64);
});

test('a database wins over OUTPUT_LOG_DIR, and lp-store says so', async () => {
  const env = { OUTPUT_LOG_DIR: newFolder(), DB_PATH: join(newFolder(), 'lp.db') };
  const { status, errors } = await run('store', [], ndjsonOf(finding(1)), { env });
  assert.equal(status, 0);
  assert.match(errors, /^lp-store: findings are kept in .*lp\.db, and not in OUTPUT_LOG_DIR: for both, write lp-store --tee \|/);
  assert.equal(existsSync(env.OUTPUT_LOG_DIR), false);
});

const strangers: readonly (readonly [title: string, place: string, message: RegExp])[] = [
  ['a place of an unknown kind is refused', 'mysql://db/lp', /cannot be kept in mysql:\/\//],
  ['a password in a place is refused, and not repeated', 'postgres://lp:geheim@db/lp', /a password is no part of where/],
  [
    'a password behind a place is refused, and not repeated',
    'postgres://db/lp?password=geheim',
    /a password is no part of where/,
  ],
];
for (const [title, place, message] of strangers) {
  test(title, async () => {
    const { status, errors } = await run('store', ['--to', place], ndjsonOf(finding(1)));
    assert.equal(status, 64);
    assert.match(errors, message);
    assert.doesNotMatch(errors, /geheim/);
  });
}

test('keeps its lines whatever people write into its state', async () => {
  const place = `json:${mkdtempSync(join(directory, 'edited-'))}`;
  const file = join(place.slice('json:'.length), '.lp-store.json');
  assert.equal((await run('store', ['--to', place], ndjsonOf(finding(1)))).status, 0);
  const state: { files: Record<string, unknown> } = JSON.parse(readFileSync(file, 'utf8'));
  const files = Object.fromEntries(Object.keys(state.files).map((name) => [name, -7]));
  writeFileSync(file, JSON.stringify({ ...state, files, expiredBefore: 'x' }));
  assert.equal((await run('store', ['--to', place], ndjsonOf(finding(2)))).status, 0);
  const reader = await openDatabaseReader(place, 1_000);
  assert.equal(reader.findings({}, undefined).length, 2);
  reader.close();
});
