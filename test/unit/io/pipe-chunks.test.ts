import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { PipeChunks } from '../../../src/io/pipe-chunks.ts';

let folder: string;
let reading: number;
let writing: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lp'));
  const path = join(folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
  reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  writing = openSync(path, constants.O_WRONLY);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('all that is written is read, in order, at once, into two buffers that take turns', async () => {
  const buffers = new Set<ArrayBufferLike>();
  let read = '';
  writeSync(writing, '0');
  for await (const chunk of new PipeChunks(reading)) {
    buffers.add(chunk.buffer);
    read += Buffer.from(chunk).toString();
    const next = read.length;
    if (next < 12) writeSync(writing, `${next % 10}`);
    else if (next === 12) writeSync(writing, 'x'.repeat(65_536));
    else closeSync(writing);
  }
  assert.equal(read, `012345678901${'x'.repeat(65_536)}`);
  assert.equal(buffers.size, 2);
});

test('a chunk stays what it is until the next but one is asked for', async () => {
  const chunks = new PipeChunks(reading)[Symbol.asyncIterator]();
  const next = async (text: string): Promise<Uint8Array> => {
    writeSync(writing, text);
    return (await chunks.next()).value ?? assert.fail();
  };
  const one = await next('one');
  const two = await next('two');
  // What nobody has asked for is not read.
  writeSync(writing, 'more');
  await setImmediate();
  await setImmediate();
  assert.deepEqual([Buffer.from(one).toString(), Buffer.from(two).toString()], ['one', 'two']);
  closeSync(writing);
  assert.equal(Buffer.from((await chunks.next()).value ?? []).toString(), 'more');
  assert.equal((await chunks.next()).done, true);
});

test('an end from this side ends a wait for more', async () => {
  const chunks = new PipeChunks(reading);
  const waiting = chunks[Symbol.asyncIterator]().next();
  await setImmediate();
  chunks.end();
  assert.equal((await waiting).done, true);
  closeSync(writing);
});
