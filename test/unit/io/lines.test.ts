import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lineBatches } from '../../../src/io/lines.ts';

interface Shown {
  readonly text: string;
  readonly offset: number;
  readonly dropped: number;
}

async function batchesOf(chunks: readonly string[], maxLineBytes = 8): Promise<readonly Shown[]> {
  const batches: Shown[] = [];
  for await (const { bytes, offset, droppedBytes } of lineBatches(
    chunks.map((chunk) => Buffer.from(chunk)),
    maxLineBytes,
  )) {
    batches.push({ text: bytes.toString(), offset, dropped: droppedBytes });
  }
  return batches;
}

const whole = (text: string, offset: number): Shown => ({ text, offset, dropped: 0 });

describe('a batch', () => {
  const rows: readonly (readonly [shows: string, chunks: readonly string[], batches: readonly Shown[]])[] = [
    ['is none for no input', [], []],
    ['is none for empty chunks', ['', ''], []],
    ['is a chunk of whole lines', ['a\nb\n'], [whole('a\nb\n', 0)]],
    ['is one for each chunk', ['a\n', 'b\n'], [whole('a\n', 0), whole('b\n', 2)]],
    ['holds a line that was cut', ['a\nb', 'c\nd\n'], [whole('a\n', 0), whole('bc\nd\n', 2)]],
    ['holds a line of many pieces', ['a', 'b', '', 'c', '\n'], [whole('abc\n', 0)]],
    ['ends without a line feed at the end', ['a\nb'], [whole('a\n', 0), whole('b', 2)]],
    ['may be blank lines', ['\n', '\n'], [whole('\n', 0), whole('\n', 1)]],
    ['may hold a line as long as the limit', ['12345678', '\nb\n'], [whole('12345678\nb\n', 0)]],
    [
      'is the start of a line that is too long',
      ['123456789', '0\nb\n'],
      [{ text: '12345678', offset: 0, dropped: 3 }, whole('b\n', 11)],
    ],
    [
      'is the start of a last line that is too long',
      ['a\n123456789'],
      [whole('a\n', 0), { text: '12345678', offset: 2, dropped: 1 }],
    ],
    [
      'counts what is dropped in many chunks',
      ['12345678', '9', '0', '1\n', 'b'],
      [{ text: '12345678', offset: 0, dropped: 4 }, whole('b', 12)],
    ],
    [
      'starts anew behind a line that is too long',
      ['123456789', '\n123456789', '\n'],
      [
        { text: '12345678', offset: 0, dropped: 2 },
        { text: '12345678', offset: 10, dropped: 2 },
      ],
    ],
  ];
  for (const [shows, chunks, batches] of rows) test(shows, async () => assert.deepEqual(await batchesOf(chunks), batches));

  test('keeps its bytes when the chunk’s memory is used again behind a cut', async () => {
    const chunk = Buffer.from('a\nb');
    const batches: string[] = [];
    const chunks = function* (): Generator<Buffer> {
      yield chunk;
      chunk.fill(0x7a);
      yield Buffer.from('c\n');
    };
    for await (const { bytes } of lineBatches(chunks(), 8)) batches.push(bytes.toString());
    assert.deepEqual(batches, ['a\n', 'bc\n']);
  });
});

test('no more than the limit is held of a line without end', async () => {
  let longest = 0;
  const chunks = function* (): Generator<Uint8Array> {
    for (let index = 0; index < 1_000; index++) yield new Uint8Array(64 * 1024).fill(0x61);
  };
  for await (const { bytes, droppedBytes } of lineBatches(chunks(), 100)) {
    longest = Math.max(longest, bytes.length);
    assert.equal(droppedBytes, 1_000 * 64 * 1024 - 100);
  }
  assert.equal(longest, 100);
});
