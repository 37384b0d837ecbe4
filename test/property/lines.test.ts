import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBatches } from '../../src/io/lines.ts';
import { BatchWriter } from '../../src/io/sink.ts';
import { fc } from '../support/generated.ts';
import { cutAt } from '../support/parse-lines.ts';

const pieces = fc.constantFrom('a', 'bc', '\n', '\n\n', '\r\n', '\0', 'é', 'x'.repeat(20), 'y'.repeat(70));
const text = fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')));
const places = fc.array(fc.nat(800), { maxLength: 12 });
const limit = 32;

interface Line {
  readonly offset: number;
  /** Without its end; no longer than the limit. */
  readonly text: string;
  /** With its end, and what was dropped. */
  /** With its end, and what was dropped. */
  readonly bytes: number;
}

/** The lines of a stream, put together from its batches. */
async function linesOf(chunks: readonly Buffer[]): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const { bytes, offset, droppedBytes } of lineBatches(chunks, limit)) {
    for (let from = 0; from < bytes.length; ) {
      const newline = bytes.indexOf(0x0a, from);
      const end = newline < 0 ? bytes.length : newline;
      const kept = bytes.subarray(from, Math.min(end, from + limit));
      lines.push({
        offset: offset + from,
        text: kept.toString('latin1'),
        bytes: Math.min(end + 1, bytes.length) - from + droppedBytes,
      });
      from = end + 1;
    }
  }
  return lines;
}

test('wherever a stream is cut into chunks, its lines are those of split', async () => {
  await fc.assert(
    fc.asyncProperty(text, places, async (bytes, cuts) => {
      let offset = 0;
      const expected = bytes
        .toString('latin1')
        .split('\n')
        .map((line) => {
          const at = offset;
          offset += line.length + 1;
          return { offset: at, text: line.slice(0, limit), bytes: Math.min(offset, bytes.length) - at };
        });
      if (expected.at(-1)?.bytes === 0) expected.pop();
      assert.deepEqual(await linesOf(cutAt(bytes, cuts)), expected);
      assert.deepEqual(await linesOf([...bytes].map((byte) => Buffer.from([byte]))), expected);
    }),
    { numRuns: 500 },
  );
});

test('wherever batches are flushed, a writer writes what was added, in order', async () => {
  const additions = fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), fc.nat(3)), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(additions, async (parts) => {
      const written: Buffer[] = [];
      const writer = new BatchWriter({
        async write(bytes) {
          await Promise.resolve();
          written.push(Buffer.from(bytes));
        },
      });
      const expected: Buffer[] = [];
      for (const [part, isFlushed, kind] of parts) {
        const bytes = Buffer.from(part.repeat(kind * 40 + 1));
        if (kind === 0) writer.text(part);
        else writer.line(bytes);
        expected.push(bytes, Buffer.from(kind === 0 ? '' : '\n'));
        if (isFlushed) await writer.flush();
      }
      await writer.end();
      assert.deepEqual(Buffer.concat(written), Buffer.concat(expected));
    }),
    { numRuns: 200 },
  );
});
