import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchWriter } from '../../../src/io/sink.ts';
import { LpError } from '../../../src/model/error.ts';
import { Batch } from '../../../src/store/batch.ts';
import { withDeadline } from '../../../src/store/deadline.ts';
import { retried } from '../../../src/store/retry.ts';
import { finding } from '../../support/findings.ts';

const line = Buffer.from('{}');
const entry = { finding: finding(1), json: '{}' };

async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

test('gives every batch when there is no deadline', async () => {
  async function* source() {
    yield* [1, 2, 3];
  }
  assert.deepEqual(await allOf(withDeadline(source(), () => undefined)), [1, 2, 3]);
});

test('says when a deadline passes, and then goes on waiting for the same batch', async () => {
  let arrive: (batch: string) => void = () => {};
  async function* source() {
    yield await new Promise<string>((resolve) => {
      arrive = resolve;
    });
  }
  const seen: (string | undefined)[] = [];
  for await (const batch of withDeadline(source(), () => (seen.length < 2 ? Date.now() : undefined))) {
    seen.push(batch);
    if (seen.length === 2) arrive('late');
  }
  assert.deepEqual(seen, [undefined, undefined, 'late']);
});

test('passes on what the source throws', async () => {
  // biome-ignore lint/correctness/useYield: it fails before it has anything to give
  async function* source(): AsyncGenerator<number> {
    throw new Error('broken');
  }
  await assert.rejects(allOf(withDeadline(source(), () => undefined)), /broken/);
});

test('does not wait for a source that is silent once the consumer has failed', async () => {
  async function* source(): AsyncGenerator<number> {
    yield 1;
    await new Promise(() => {});
  }
  const consume = async (): Promise<void> => {
    for await (const _ of withDeadline(source(), () => undefined)) throw new Error('full');
  };
  await assert.rejects(consume(), /full/);
});

const failures: readonly (readonly [title: string, status: 65 | 69 | 74 | 75, times: number, tries: number, isDone: boolean])[] =
  [
    ['what works is done once', 75, 0, 1, true],
    ['a lock that goes away is waited for', 75, 2, 3, true],
    ['a lock that stays ends it after three tries', 75, 3, 3, false],
    ['a full disk is tried again', 74, 1, 2, true],
    ['a server that comes back is waited for', 69, 5, 6, true],
    ['what will not pass is not tried again', 65, 1, 1, false],
  ];
for (const [title, status, times, tries, isDone] of failures) {
  test(title, async () => {
    let count = 0;
    const work = async (): Promise<string> => {
      if (++count <= times) throw new LpError('no', status);
      return 'done';
    };
    const atOnce = async (): Promise<void> => {};
    if (isDone) assert.equal(await retried(work, atOnce), 'done');
    else await assert.rejects(retried(work, atOnce), { status });
    assert.equal(count, tries);
  });
}

test('a batch is full by number and by size', () => {
  const many = new Batch(false);
  for (let count = 0; count < 4_999; count++) many.add(line, entry);
  assert.equal(many.isFull, false);
  many.add(line, entry);
  assert.equal(many.isFull, true);
  const large = new Batch(false);
  large.add(Buffer.alloc(8 * 1024 * 1024), entry);
  assert.equal(large.isFull, true);
});

test('a batch waits for company, but not for a second', () => {
  const batch = new Batch(false);
  assert.equal(batch.deadlineMs, undefined);
  batch.add(line);
  assert.equal(batch.deadlineMs, undefined, 'nothing to store and nothing to pass on');
  const before = Date.now();
  batch.add(line, entry);
  assert.ok((batch.deadlineMs ?? Number.POSITIVE_INFINITY) < before + 1_000);
  assert.equal(batch.isDue, false);
});

test('a batch gives its own copies of the lines, once, in order', async () => {
  const written: string[] = [];
  const output = new BatchWriter({ write: async (bytes) => void written.push(Buffer.from(bytes).toString()) });
  const batch = new Batch(true);
  const memory = Buffer.from('one');
  batch.add(memory, entry);
  memory.write('two');
  batch.add(memory);
  await batch.release(output);
  await batch.release(output);
  await output.end();
  assert.equal(written.join(''), 'one\ntwo\n');
  assert.deepEqual(batch.entries, []);
});
