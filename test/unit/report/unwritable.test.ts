import assert from 'node:assert/strict';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from '../../../src/database/open.ts';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { nobody, nobodyId, noNobody } from '../../support/nobody.ts';
import { run } from '../../support/process.ts';

const isRoot = process.getuid?.() === 0;

const directory = mkdtempSync(join(tmpdir(), 'lp-unwritable-'));
after(() => {
  for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o700);
  rmSync(directory, { recursive: true });
});
before(() => chmodSync(directory, 0o755));

const found = finding(1, { last_seen: new Date().toISOString() });

/** A database in a directory of its own, to which `nobody` belongs by group only. */
async function stored(name: string): Promise<string> {
  const path = join(directory, name, 'lp.db');
  assert.equal((await run('store', ['--db', path], ndjsonOf(found))).status, 0);
  return path;
}

function close(path: string, modes: { readonly file: number; readonly directory: number }): void {
  const parent = join(path, '..');
  for (const file of readdirSync(parent)) {
    if (isRoot) chownSync(join(parent, file), 0, nobodyId);
    chmodSync(join(parent, file), modes.file);
  }
  if (isRoot) chownSync(parent, 0, nobodyId);
  chmodSync(parent, modes.directory);
}

const places = [
  ['group', { file: 0o640, directory: 0o750 }],
  ['everyone', { file: 0o444, directory: 0o555 }],
] as const;
for (const [who, modes] of places) {
  test(`reads what ${who} may read and not write, and leaves nothing beside it`, { skip: noNobody }, async () => {
    const path = await stored(who);
    close(path, modes);
    const { status, output, errors } = await run('report', ['--db', path], '', nobody);
    assert.deepEqual([status, errors], [0, '']);
    assert.match(output, /1 ERROR/);
    assert.deepEqual(readdirSync(join(path, '..')), ['lp.db']);
  });

  test(`reads what ${who} may read and not write while a writer has it open`, { skip: noNobody }, async () => {
    const path = await stored(`${who}-open`);
    const writer = await connect(path, { isReadOnly: false, lockTimeoutMs: 0 });
    writer.exec("UPDATE findings SET severity = 'CRITICAL'");
    close(path, modes);
    const { status, output, errors } = await run('report', ['--db', path], '', nobody);
    writer.close();
    assert.deepEqual([status, errors], [0, '']);
    assert.match(output, /1 CRITICAL/);
  });
}

test('a copy with work left in its -wal ends with status 77 and words that help', { skip: noNobody }, async () => {
  const path = await stored('half');
  const copy = join(directory, 'copy', 'lp.db');
  mkdirSync(join(directory, 'copy'));
  const writer = await connect(path, { isReadOnly: false, lockTimeoutMs: 0 });
  writer.exec("UPDATE findings SET severity = 'CRITICAL'");
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`);
  writer.close();
  close(copy, places[1][1]);
  const { status, errors } = await run('report', ['--db', copy], '', nobody);
  assert.equal(status, 77);
  assert.match(errors, /cannot read the database .*: a writer left it unfinished, .*lp-store --db/);
});
