import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { backUp, compact, faultsIn } from '../../../src/database/maintain.ts';
import { connect } from '../../../src/database/open.ts';
import { openDatabaseWriter } from '../../../src/database/write.ts';
import { finding } from '../../support/findings.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-maintain-'));
after(() => rmSync(directory, { recursive: true }));

const now = new Date('2026-11-22T12:00:00.000Z');
let files = 0;

async function filled(count: number): Promise<string> {
  const path = join(directory, `${++files}.db`);
  const writer = await openDatabaseWriter(path, 1_000, now);
  const batch = Array.from({ length: count }, (_, number) => ({
    finding: finding(number),
    json: JSON.stringify(finding(number)),
  }));
  writer.save(batch, now);
  writer.close(now);
  return path;
}

async function countIn(path: string): Promise<unknown> {
  const connection = await connect(path, { isReadOnly: true, lockTimeoutMs: 1_000 });
  try {
    return connection.prepare('SELECT count(*) FROM threats').pluck().get();
  } finally {
    connection.close();
  }
}

test('a copy is whole though somebody writes, and has what was stored', async () => {
  const path = await filled(3);
  const writer = await openDatabaseWriter(path, 1_000, now);
  const copy = join(directory, 'copy.db');
  await backUp(path, copy);
  writer.save([{ finding: finding(9), json: JSON.stringify(finding(9)) }], now);
  writer.close(now);
  assert.equal(await countIn(copy), 3);
  assert.equal(statSync(copy).mode & 0o777, 0o640);
  assert.deepEqual(await faultsIn(copy), []);
});

test('a database is not copied over itself, whatever its name', async () => {
  const path = await filled(1);
  const link = join(directory, 'link.db');
  symlinkSync(path, link);
  for (const target of [path, link]) await assert.rejects(backUp(path, target), { status: 64 });
});

test('a copy that cannot be written is told of, with status 73', async () => {
  const path = await filled(1);
  await assert.rejects(backUp(path, join(directory, 'no', 'such', 'folder')), { name: 'LpError', status: 73 });
});

test('a damaged database is found out', async () => {
  const path = await filled(400);
  const bytes = readFileSync(path);
  // In the middle of a page, so that the header of the file stays.
  writeFileSync(path, bytes.fill(0x5a, bytes.length - 40_000, bytes.length - 20_000));
  const faults = await faultsIn(path).catch((thrown: Error & { status?: number }) => [String(thrown.status)]);
  assert.notDeepEqual(faults, []);
});

test('the room of what was deleted is given back', async () => {
  const path = await filled(400);
  const writer = await openDatabaseWriter(path, 1_000, now);
  writer.expire(new Date('2030-01-01T00:00:00.000Z'));
  writer.close(now);
  const before = statSync(path).size;
  await compact(path);
  assert.ok(statSync(path).size < before / 2);
  assert.equal(await countIn(path), 0);
});

test('a database that is not there is not made', async () => {
  for (const work of [faultsIn, compact]) await assert.rejects(work(join(directory, 'none.db')), { name: 'LpError', status: 66 });
});
