import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { faultsIn } from '../../src/database/maintain.ts';
import { openDatabaseReader } from '../../src/database/read.ts';
import { finding, ndjsonOf } from '../support/findings.ts';
import { run, start } from '../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-crash-'));
after(() => rmSync(directory, { recursive: true }));

/** Each place, and the bytes of the file that a batch is written to first. */
const places: readonly (readonly [kind: string, inFolder: (folder: string) => string, written: (folder: string) => number])[] = [
  ['sqlite', (folder) => join(folder, 'lp.db'), (folder) => bytesOf(join(folder, 'lp.db-wal'))],
  ['json', (folder) => `json:${folder}`, (folder) => Math.max(...ndjsonIn(folder).map(bytesOf))],
];

function ndjsonIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith('.ndjson') ? [join(folder, name)] : []));
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function idsIn(place: string): Promise<ReadonlySet<string>> {
  if (!place.startsWith('json:')) assert.deepEqual(await faultsIn(place), []);
  const reader = await openDatabaseReader(place, 5_000);
  const ids = new Set(reader.findings({}, undefined).map(({ id }) => id));
  reader.close();
  return ids;
}

const many = (start: number, count: number): string =>
  ndjsonOf(...Array.from({ length: count }, (_, number) => finding(start + number)));

for (const [kind, inFolder, written] of places) {
  describe(kind, () => {
    test('kill -9 in mid-write loses nothing that was passed on, and the next run goes on', async () => {
      const place = inFolder(mkdtempSync(join(directory, 'kill-')));
      const child = start('store', ['--to', place, '--tee']);
      child.stdin?.on('error', () => {});
      child.stdin?.write(many(0, 11_000));
      let passedOn = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        passedOn += text;
        child.kill('SIGKILL');
      });
      await once(child, 'close');
      const stored = passedOn
        .split('\n')
        .slice(0, -1)
        .map((line): string => JSON.parse(line).id);
      assert.ok(stored.length > 0);
      const ids = await idsIn(place);
      assert.deepEqual(
        stored.filter((id) => !ids.has(id)),
        [],
      );
      assert.equal((await run('store', ['--to', place], many(30_000, 1))).status, 0);
      assert.equal((await idsIn(place)).size, ids.size + 1);
    });

    test('kill -9 while a transaction is written leaves all of it or nothing', async () => {
      const folder = mkdtempSync(join(directory, 'half-'));
      const place = inFolder(folder);
      assert.equal((await run('store', ['--to', place], many(0, 100))).status, 0);
      const before = written(folder);
      const child = start('store', ['--to', place]);
      child.stdin?.on('error', () => {});
      child.stdin?.end(many(100, 5_000));
      const isClosed = once(child, 'close');
      // Far more than what a run writes of itself, and less than the transaction.
      while (child.exitCode === null && written(folder) < before + 500_000) await setImmediate();
      child.kill('SIGKILL');
      await isClosed;
      assert.equal(child.signalCode, 'SIGKILL');
      const { size } = await idsIn(place);
      assert.ok(size === 100 || size === 5_100, `${size} findings`);
      const { status, errors } = await run('store', ['--to', place], many(100, 5_000));
      assert.equal(status, 0, errors);
      assert.equal((await idsIn(place)).size, 5_100);
    });

    test('two at once into one place both finish, and nothing is lost', async () => {
      const place = inFolder(mkdtempSync(join(directory, 'two-')));
      const both = await Promise.all([0, 10_000].map((first) => run('store', ['--to', place], many(first, 2_000))));
      for (const { status, errors } of both) assert.deepEqual({ status, errors }, { status: 0, errors: '' });
      assert.equal((await idsIn(place)).size, 4_000);
    });

    const isMountable = spawnSync('unshare', ['-m', 'true']).status === 0;
    test('a full disk is status 74, and what was stored stays', {
      skip: !isMountable && 'nothing can be mounted here',
    }, async () => {
      const folder = mkdtempSync(join(directory, 'full-'));
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2M', 'tmpfs', folder]);
      assert.equal(mounted.status, 0, String(mounted.stderr));
      try {
        const place = inFolder(folder);
        assert.equal((await run('store', ['--to', place], many(0, 100))).status, 0);
        const { status, errors } = await run('store', ['--to', place], many(1_000, 5_000));
        assert.equal(status, 74, errors);
        assert.match(errors, /nothing of this batch was stored/);
        assert.equal((await idsIn(place)).size, 100);
        const remounted = spawnSync('mount', ['-o', 'remount,size=64M', folder]);
        assert.equal(remounted.status, 0, String(remounted.stderr));
        assert.equal((await run('store', ['--to', place], many(1_000, 5_000))).status, 0);
        assert.equal((await idsIn(place)).size, 5_100);
        assert.equal(spawnSync('mount', ['-o', 'remount,ro', folder]).status, 0);
        const readOnly = await run('store', ['--to', place], many(9_000, 1));
        assert.equal(readOnly.status, 77);
        assert.match(readOnly.errors, /cannot write .*: EROFS/);
        assert.equal((await idsIn(place)).size, 5_100);
      } finally {
        spawnSync('umount', [folder]);
      }
    });
  });
}
