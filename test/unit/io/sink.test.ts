import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { BatchWriter, type Sink } from '../../../src/io/sink.ts';

/** Keeps what is written, copied only when the write is taken: so memory that is used again too early shows. */
function slowSink(): Sink & { readonly text: () => string; readonly writes: () => number } {
  const taken: Buffer[] = [];
  return {
    async write(bytes) {
      await setImmediate();
      taken.push(Buffer.from(bytes));
    },
    text: () => Buffer.concat(taken).toString('utf8'),
    writes: () => taken.length,
  };
}

test('everything is written in the order in which it was added', async () => {
  const sink = slowSink();
  const writer = new BatchWriter(sink);
  writer.text('a é\n');
  writer.line(Buffer.from('b'));
  writer.object({ c: 1 });
  const memory = writer.reserve(2);
  memory.write('d\n', writer.used);
  writer.advance(writer.used + 2);
  await writer.end();
  assert.equal(sink.text(), 'a é\nb\n{"c":1}\nd\n');
});

test('nothing is written before flush, and nothing at all when nothing was added', async () => {
  const sink = slowSink();
  const writer = new BatchWriter(sink);
  await writer.flush();
  await writer.end();
  assert.equal(sink.writes(), 0);
  writer.text('a');
  await setImmediate();
  assert.equal(sink.writes(), 0);
});

test('a batch is filled while the one before is on its way', async () => {
  const sink = slowSink();
  const writer = new BatchWriter(sink);
  let expected = '';
  for (let index = 0; index < 200; index++) {
    const text = `${index} ${'x'.repeat(index * 50)}\n`;
    writer.text(text);
    expected += text;
    if (index % 3 === 0) await writer.flush();
  }
  await writer.end();
  assert.equal(sink.text(), expected);
});

test('it is full from 64 KiB on, and takes more nevertheless', async () => {
  const sink = slowSink();
  const writer = new BatchWriter(sink);
  writer.text('x'.repeat(64 * 1024 - 1));
  assert.equal(writer.isFull, false);
  writer.text('x');
  assert.equal(writer.isFull, true);
  writer.line(Buffer.alloc(1024 * 1024, 0x79));
  await writer.end();
  assert.equal(sink.text(), `${'x'.repeat(64 * 1024)}${'y'.repeat(1024 * 1024)}\n`);
});

test('what a write threw is thrown by the next flush', async () => {
  const writer = new BatchWriter({ write: () => Promise.reject(new Error('the disk is full')) });
  writer.text('a');
  await writer.flush();
  writer.text('b');
  await assert.rejects(writer.flush(), /the disk is full/);
});

test('what the last write threw is thrown by end', async () => {
  const writer = new BatchWriter({ write: () => Promise.reject(new Error('the disk is full')) });
  writer.text('a');
  await assert.rejects(writer.end(), /the disk is full/);
});
