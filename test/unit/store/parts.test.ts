import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NumberedLine } from '../../../src/io/ndjson.ts';
import { BatchWriter } from '../../../src/io/sink.ts';
import { LpError } from '../../../src/model/error.ts';
import { Batch, type Decoded } from '../../../src/store/batch.ts';
import { withDeadline } from '../../../src/store/deadline.ts';
import { retried } from '../../../src/store/retry.ts';
import { Slabs } from '../../../src/store/slabs.ts';
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

const nothing = (): Decoded => undefined;

test('a batch is full by number and by size', () => {
  const many = new Batch(false, nothing);
  for (let count = 0; count < 19_999; count++) many.add(line, entry);
  assert.equal(many.isFull, false);
  many.add(line, entry);
  assert.equal(many.isFull, true);
  const large = new Batch(false, nothing);
  large.add(Buffer.alloc(32 * 1024 * 1024), entry);
  assert.equal(large.isFull, true);
});

test('a batch waits for company, but not for a second', () => {
  const batch = new Batch(false, nothing);
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
  const batch = new Batch(true, nothing);
  const memory = Buffer.from('one');
  batch.add(memory, entry);
  memory.write('two');
  batch.add(memory);
  await batch.release(output);
  await batch.release(output);
  await output.end();
  assert.equal(written.join(''), 'one\ntwo\n');
  assert.deepEqual([...batch.entries], []);
});

test('what waits as bytes is decoded when it is stored, again with its batch, and never again when there is nothing to store', async () => {
  const asked: string[] = [];
  const decode = ({ bytes, lineNumber }: NumberedLine): Decoded => {
    const text = bytes.toString();
    asked.push(`${lineNumber} ${text}`);
    return text === 'bad' ? undefined : { entry: text === 'odd' ? undefined : { ...entry, json: text } };
  };
  const written: string[] = [];
  const output = new BatchWriter({ write: async (bytes) => void written.push(Buffer.from(bytes).toString()) });
  const batch = new Batch(true, decode);
  const memory = Buffer.from('one');
  for (const [index, text] of ['one', 'bad', 'odd', 'two'].entries()) {
    memory.write(text);
    batch.hold({ bytes: memory, lineNumber: index + 1, isCut: false });
  }
  assert.equal(batch.size, 4);
  const jsons = (): readonly unknown[] => [...batch.entries].map((found) => ('finding' in found ? found.json : undefined));
  assert.deepEqual(jsons(), ['one', 'two']);
  assert.deepEqual(asked, ['1 one', '2 bad', '3 odd', '4 two']);
  assert.deepEqual(jsons(), ['one', 'two']);
  assert.deepEqual(asked.slice(4), ['1 one', '4 two']);
  await batch.release(output);
  await output.end();
  assert.equal(written.join(''), 'one\nodd\ntwo\n', 'a line that is no envelope is not passed on');
});

test('copies stay as they are until their memory is used again, whatever their size', () => {
  const slabs = new Slabs();
  for (let round = 0; round < 2; round++) {
    const sizes = [700_000, 700_000, 0, 1_048_576, 2_000_000, 3];
    const copies = sizes.map((size, index) => slabs.copyOf(Buffer.alloc(size, index + 10 * round)));
    for (const [index, copy] of copies.entries())
      assert.ok(copy.equals(Buffer.alloc(sizes[index] ?? 0, index + 10 * round)), `${index}`);
    slabs.reuse();
  }
});
