/*
 * What goes wrong with the state that must outlive a pipe: a disk that is full, a place that cannot be written, and a pipe
 * that is told to end while it is busy.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabaseReader } from '../../src/database/read.ts';
import { nobody, noNobody } from '../support/nobody.ts';
import { Pipeline } from '../support/pipeline.ts';
import { run } from '../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-state-'));
chmodSync(directory, 0o755);
after(() => rmSync(directory, { recursive: true }));

const record =
  '{"schema":"lp/1","type":"record","timestamp":"2026-11-22T13:36:00.000Z","log":{"source":"/a","offset":0,"format":"text"},"original":"x"}\n';
const mark = (seq: number): string => `{"schema":"lp/1","type":"mark","mark":{"seq":${seq},"stream":"s","positions":[]}}\n`;

describe('a place for state that cannot be written', { skip: noNobody }, () => {
  const place = join(directory, 'sealed');
  mkdirSync(place, { mode: 0o755 });
  const log = join(directory, 'a.log');
  writeFileSync(log, 'one\n', { mode: 0o644 });

  test('ends lp-tail with status 77, and words that name it', async () => {
    const { status, errors } = await run('tail', ['--once', '--state', join(place, 'seen'), log], '', nobody);
    assert.equal(status, 77);
    assert.match(errors, /^lp-tail: cannot write .*sealed\/seen: .*EACCES/);
  });

  test('ends lp-analyze with status 77, and no mark is passed on', async () => {
    const { status, output, errors } = await run('analyze', ['--state', place], `${record}${mark(1)}`, nobody);
    assert.equal(status, 77);
    assert.match(errors, /^lp-analyze: cannot keep state in .*sealed.*EACCES.*--state DIR/);
    assert.doesNotMatch(output, /"type":"mark"/);
  });
});

describe('a disk for state that is full', () => {
  const disk = join(directory, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  const skip = mounted.status === 0 ? false : 'no right to mount a small disk';
  after(() => {
    if (mounted.status === 0) spawnSync('umount', [disk]);
  });
  const fill = (): void => {
    const { status } = spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'rest')}`, 'bs=4k']);
    assert.notEqual(status, 0);
  };

  test('ends lp-tail with status 74, and its state is as it was', { skip }, async () => {
    const log = join(directory, 'b.log');
    const state = join(disk, 'seen');
    writeFileSync(log, 'one\n');
    assert.equal((await run('tail', ['--once', '--state', state, log])).status, 0);
    const before = readFileSync(state, 'utf8');
    fill();
    writeFileSync(log, 'one\ntwo\n');
    const { status, errors } = await run('tail', ['--once', '--state', state, log]);
    assert.equal(status, 74);
    assert.match(errors, /^lp-tail: cannot write .*seen: .*ENOSPC/);
    assert.equal(readFileSync(state, 'utf8'), before);
    rmSync(join(disk, 'rest'));
    assert.match((await run('tail', ['--once', '--state', state, log])).output, /"original":"two"/);
  });

  test('ends lp-analyze with status 74, and no mark is passed on', { skip }, async () => {
    const state = join(disk, 'lp');
    assert.equal((await run('analyze', ['--state', state], `${record}${mark(1)}`)).status, 0);
    fill();
    const { status, output, errors } = await run('analyze', ['--state', state], `${mark(1)}${record}${mark(2)}`);
    assert.equal(status, 74);
    assert.match(errors, /cannot keep state in .*ENOSPC/);
    assert.doesNotMatch(output, /"seq":2/);
    rmSync(join(disk, 'rest'));
    assert.equal((await run('analyze', ['--state', state], `${mark(1)}${record}${mark(2)}`)).status, 0);
  });
});

/** Longest that a pipe takes to end when it is told to, in ms. */
const endsWithinMs = 5_000;

test('SIGTERM ends a busy pipe within 5 s, all that was read is stored, and the next start reads nothing of it again', async () => {
  const lines = 400_000;
  const log = join(directory, 'busy.log');
  const line = (index: number): string =>
    `2026-11-22T13:36:00+00:00 web1 sshd[${index}]: Failed password for root from 203.0.113.${index % 200} port 4022 ssh2\n`;
  writeFileSync(log, Array.from({ length: lines }, (_, index) => line(index)).join(''));
  const folder = join(directory, 'busy');
  mkdirSync(folder);
  const pipeline = new Pipeline(folder, log);
  await pipeline.start();
  while ((await linesIn(pipeline.database)) === 0) {
    assert.ok(pipeline.isRunning, pipeline.errors);
    await sleep(20);
  }
  const startMs = performance.now();
  pipeline.signal('SIGTERM');
  assert.equal(await pipeline.ended(), 143);
  const tookMs = performance.now() - startMs;
  assert.ok(tookMs < endsWithinMs, `${tookMs} ms`);
  const { output } = await run('tail', ['--once', '--db', pipeline.database, log]);
  const fresh = output.split('\n').filter((text) => text.includes('"type":"line"') && !text.includes('"context":true'));
  assert.ok(fresh.length > 0, 'it was not busy');
  assert.equal((await linesIn(pipeline.database)) + fresh.length, lines);
});

/** How many lines the database has counted. */
async function linesIn(path: string): Promise<number> {
  try {
    const reader = await openDatabaseReader(path, 1_000);
    const counted = reader.summaries({}).reduce((sum, { counts }) => sum + (counts['lines'] ?? 0), 0);
    reader.close();
    return counted;
  } catch {
    return 0;
  }
}
