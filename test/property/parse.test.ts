import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/generated.ts';
import { cutAt, type Parsed, parseBytes } from '../support/parse-lines.ts';
import { allSamples } from '../support/samples.ts';

const limit = 256;
const samples = fc.constantFrom(...allSamples.map(({ line }) => Buffer.from(line)));
const oddities = fc.constantFrom(
  ...['\r', '\r\r', '\0', '"', '\\', '{"', '}', '==> x <==', '\ufeff', '%', ':', ' ', '[', '<1>1 '].map((text) =>
    Buffer.from(text),
  ),
  Buffer.from([0xff]),
  Buffer.from([0xc3]),
  Buffer.from([0xf0, 0x9f]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from('é😀'),
  Buffer.alloc(limit - 1, 0x78),
  Buffer.alloc(3 * limit, 0x79),
);
const feeds = fc.constantFrom(Buffer.from('\n'), Buffer.from('\r\n'), Buffer.from('\n\n'));
/** Lines that go on with others, in every way. */
const joining = fc.constantFrom(
  ...[
    '\tat a.B.c(D.java:1)\n',
    'java.io.IOException: x\n',
    'Traceback (most recent call last):\n  File "a", line 1\n',
    '{\n',
    '  "a": {\n',
    '}\n',
    ...['one', 'two'].flatMap((name) => [
      `2026-11-22T13:36:00Z std${name === 'one' ? 'out' : 'err'} P ${name}\n`,
      `2026-11-22T13:36:00Z std${name === 'one' ? 'out' : 'err'} F ${name}\n`,
      `{"log":"${name}","stream":"std${name === 'one' ? 'out' : 'err'}","time":"2026-11-22T13:36:00Z"}\n`,
      `{"log":"${name}\\n","stream":"std${name === 'one' ? 'out' : 'err'}","time":"2026-11-22T13:36:00Z"}\n`,
    ]),
  ].map((text) => Buffer.from(text)),
);
const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const streams = fc
  .array(fc.oneof({ weight: 4, arbitrary: samples }, { weight: 4, arbitrary: feeds }, joining, oddities, noise), {
    maxLength: 24,
  })
  .map((parts) => Buffer.concat(parts));
const places = fc.array(fc.nat(6_000), { maxLength: 10 });
const settings = { kind: 'raw', maxLineBytes: limit } as const;

/**
 * What a reader must keep of each line that is not blank: without the NULs that a crash leaves before it, cut at the limit,
 * before half a character, then mended.
 */
function originalsOf(bytes: Buffer): readonly string[] {
  return bytes
    .toString('latin1')
    .split('\n')
    .map((line) => Buffer.from(line.replace(/^\0+/, '').replace(/\r$/, ''), 'latin1'))
    .filter((line) => line.length > 0)
    .map((line) => (line.length > limit ? withoutHalfCharacter(line.subarray(0, limit)) : line).toString('utf8'));
}

function withoutHalfCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes.at(-back) ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.subarray(0, -back) : bytes;
  }
  return bytes;
}

function assertAccounted({ counts, records }: Parsed): void {
  assert.equal(counts.records, records.length);
  assert.equal(counts.lines, counts.records + counts.joined + counts.dead);
}

/** The lines in records, each as often as it stands there, in some order: those of several writers may change places. */
function linesIn({ records }: Parsed): readonly string[] {
  const lines = records.flatMap(({ original }) => original.split(/\r?\n/).map((line) => line.replace(/^\0+/, '')));
  return lines.filter((line) => line.length > 0).sort();
}

test('any bytes come out in valid records, with each line that is not blank in one of them', async () => {
  await fc.assert(
    fc.asyncProperty(streams, async (bytes) => {
      const parsed = await parseBytes([bytes], settings);
      assert.deepEqual(linesIn(parsed), [...originalsOf(bytes)].sort());
      assert.equal(parsed.others.length, 0);
      assert.equal(parsed.counts.bytes, bytes.length);
      assertAccounted(parsed);
    }),
    { numRuns: 400 },
  );
});

test('wherever a stream is cut into chunks, its records are the same', async () => {
  await fc.assert(
    fc.asyncProperty(streams, places, async (bytes, cuts) => {
      const { text, counts } = await parseBytes([bytes], settings);
      const cut = await parseBytes(cutAt(bytes, cuts), settings);
      assert.equal(cut.text, text);
      assert.deepEqual(cut.counts, counts);
    }),
    { numRuns: 400 },
  );
});

test('a record’s offset is where its line starts', async () => {
  await fc.assert(
    fc.asyncProperty(streams, async (bytes) => {
      const { records } = await parseBytes([bytes], settings);
      for (const { log, original } of records) {
        assert.ok(log.offset === 0 || bytes[log.offset - 1] === 0x0a || bytes[log.offset - 1] === 0);
        // The lines of an entry need not stand one behind the other.
        if (log.encoding === undefined && log.lines === undefined)
          assert.equal(bytes.toString('utf8', log.offset, log.offset + Buffer.byteLength(original)), original);
      }
    }),
    { numRuns: 200 },
  );
});

test('any stream, whatever its kind, is read to its end and every line accounted for', async () => {
  const starts = fc.constantFrom(
    '',
    '==> a <==\n',
    '{"schema":"lp/1","type":"line","log":{"source":"a","offset":0},"original":"b"}\n',
  );
  await fc.assert(
    fc.asyncProperty(starts, streams, places, async (start, bytes, cuts) => {
      assertAccounted(await parseBytes(cutAt(Buffer.concat([Buffer.from(start), bytes]), cuts), { maxLineBytes: limit }));
    }),
    { numRuns: 60 },
  );
});

test('envelopes are read as JSON, whatever bytes of them are changed', async () => {
  const place = fc.tuple(fc.constantFrom('/var/log/a', 'b', 'c "d"'), fc.maxSafeNat());
  const envelope = fc
    .tuple(place, samples)
    .map(([[source, offset], original]) =>
      Buffer.from(
        `${JSON.stringify({ schema: 'lp/1', type: 'line', log: { source, offset }, original: original.toString() })}\n`,
      ),
    );
  const changes = fc.array(fc.tuple(fc.nat(3_000), fc.constantFrom(...Buffer.from('"\\{}:,0 1\nnu\t\0')), fc.boolean()), {
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(envelope, { minLength: 1, maxLength: 8 }), changes, places, async (envelopes, changed, cuts) => {
      let bytes = Buffer.concat(envelopes);
      for (const [at, byte, isAdded] of changed) {
        const from = at % bytes.length;
        bytes = Buffer.concat([bytes.subarray(0, from), Buffer.from([byte]), bytes.subarray(isAdded ? from : from + 1)]);
      }
      assertAccounted(await parseBytes(cutAt(bytes, cuts), { kind: 'envelopes', maxLineBytes: limit }));
    }),
    { numRuns: 100 },
  );
});

test('lines of several sources are joined as those of each source alone are, however they are mixed', async () => {
  const line = fc.oneof(samples, joining).map((bytes) => bytes.toString('utf8').replace(/\n$/, ''));
  const parts = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), line), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(parts, places, async (mixed, cuts) => {
      const lines = mixed.flatMap(([source, text]) => text.split('\n').map((original) => ({ source, original })));
      const envelopes = lines.map(({ source, original }, offset) =>
        JSON.stringify({ schema: 'lp/1', type: 'line', log: { source, offset }, original }),
      );
      const parsed = await parseBytes(cutAt(Buffer.from(envelopes.map((text) => `${text}\n`).join('')), cuts), {
        kind: 'envelopes',
      });
      assertAccounted(parsed);
      for (const name of ['a', 'b', 'c']) {
        const alone = envelopes.filter((_, index) => lines[index]?.source === name).map((text) => `${text}\n`);
        const { records } = await parseBytes([Buffer.from(alone.join(''))], { kind: 'envelopes' });
        assert.deepEqual(
          parsed.records.filter(({ log }) => log.source === name),
          records,
        );
      }
    }),
    { numRuns: 60 },
  );
});
