/*
 * An entry that may go on is given out when nothing has come for `--flush-after`. What comes then is an entry of its own:
 * it must not be joined to one that is out.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeadLetters } from '../../../src/io/dead-letters.ts';
import { BatchWriter } from '../../../src/io/sink.ts';
import { decodeLine } from '../../../src/model/decode.ts';
import { compileCatalog } from '../../../src/parse/compile-catalog.ts';
import { Reader } from '../../../src/parse/reader.ts';
import { loadKernel } from '../../../src/parse/scan/kernel.ts';
import { readStream } from '../../../src/parse/stream.ts';
import { noCounts } from '../../../src/parse/stream-parts.ts';
import { zoneNamed } from '../../../src/parse/time/zone.ts';
import { catalog } from '../../support/parse-lines.ts';

const kernel = await loadKernel();
const compiled = compileCatalog(catalog);

/** Reads chunks, each given only when the one before it is out; gives what came out behind each, with its offset. */
async function readApart(chunks: readonly string[], module: WebAssembly.Module | undefined): Promise<readonly string[][]> {
  const out: string[][] = [[]];
  let tellOut = (): void => {};
  const write = async (bytes: Uint8Array): Promise<void> => {
    for (const line of Buffer.from(bytes).toString('utf8').trimEnd().split('\n')) {
      const decoded = decodeLine(line);
      assert.ok(decoded.ok && decoded.envelope.type === 'record', line);
      out.at(-1)?.push(`${decoded.envelope.log.offset} ${decoded.envelope.original}`);
    }
    tellOut();
  };
  async function* apart(): AsyncGenerator<Uint8Array, void> {
    for (const [index, chunk] of chunks.entries()) {
      if (index > 0) {
        if (out.at(-1)?.length === 0) await new Promise<void>((resolve) => (tellOut = resolve));
        out.push([]);
      }
      yield Buffer.from(chunk);
    }
  }
  const writer = new BatchWriter({ write });
  const readMs = (): number => Date.UTC(2026, 10, 23);
  const options = { zone: zoneNamed('utc'), isZoneKnown: true, anchorMs: readMs, readMs, format: undefined };
  const reader = new Reader(compiled, writer, options, module);
  const counts = noCounts();
  const parts = {
    reader: async () => reader,
    writer,
    deadLetters: new DeadLetters('parse', undefined),
    counts,
    maxLineBytes: 65_536,
    flushAfterMs: 1,
    stopping: new AbortController().signal,
    hasSummaries: false,
  };
  await readStream(parts, { name: '-', kind: 'raw', options }, apart());
  await writer.end();
  assert.equal(counts.lines, counts.records + counts.joined);
  assert.equal(counts.records, out.flat().length);
  return out;
}

const rows: readonly (readonly [shows: string, chunks: readonly string[]])[] = [
  [
    'a trace of Java',
    ['2026-11-22 13:36:00,123 ERROR [main] a.Cart - no such cart\n\tat a.b(C.java:1)\n', '\tat b.c(D.java:2)\n'],
  ],
  ['a trace without a head', ['java.io.IOException: x\n\tat a.b(C.java:1)\n', '\tat b.c(D.java:2)\n']],
  ['JSON over lines', ['{\n  "a": 1,\n', '  "b": 2\n']],
  [
    'what PostgreSQL adds',
    ['2026-11-22 13:36:00.123 UTC [7] ERROR:  x\n', '2026-11-22 13:36:00.124 UTC [7] STATEMENT:  SELECT 1\n'],
  ],
  [
    'a line of a container that came in pieces',
    ['2026-11-22T13:36:02.5Z stderr P {"msg":"cut in\n', '2026-11-22T13:36:02.5Z stderr F  half"}\n'],
  ],
];
for (const [shows, chunks] of rows) {
  test(`${shows} that goes on when its entry is out starts another one`, async () => {
    for (const module of [undefined, kernel]) {
      const offsets = chunks.map((_, index) => chunks.slice(0, index).join('').length);
      const expected = chunks.map((chunk, index) => [`${offsets[index]} ${chunk.trimEnd()}`]);
      assert.deepEqual(await readApart(chunks, module), expected);
    }
  });
}
