import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isFields } from '../../src/model/decode.ts';
import type { LogRecord } from '../../src/model/envelope.ts';
import { isFieldName } from '../../src/parse/fields.ts';
import { numbersFrom } from '../support/log-lines.ts';
import { catalog, parseLines } from '../support/parse-lines.ts';
import { allSamples, assertSample, recordOf, withHeads } from '../support/samples.ts';

const kinds = ['good', 'malformed', 'hostile'] as const;
const written = ['timestamp', 'timestamp_quality'];

for (const format of catalog.formats) {
  describe(`the format ${format.name}`, () => {
    test('has a good, a malformed and a hostile sample', () => {
      for (const kind of kinds)
        assert.ok(
          format.samples.some((sample) => sample.kind === kind),
          kind,
        );
    });

    test('names a source and fields that exist', () => {
      assert.match(format.name, /^[a-z][a-z0-9_]*$/);
      assert.notEqual(format.title, '');
      assert.notEqual(format.source, '');
      for (const name of format.samples.flatMap(({ fields }) => Object.keys(fields))) {
        assert.ok(isFieldName(name) || written.includes(name), name);
      }
    });

    for (const sample of format.samples) {
      test(`reads its ${sample.kind} sample ${sample.line.slice(0, 90)}`, async () => {
        const record = await recordOf(sample.line);
        assert.equal(record.log.format, sample.takenBy ?? format.name);
        assertSample(record, sample);
      });
    }

    test('reads its samples when it alone is asked for', async () => {
      for (const sample of format.samples.filter(({ takenBy }) => takenBy === undefined)) {
        const { records } = await parseLines([sample.line], { format: format.name });
        assert.equal(records[0]?.log.format, format.name);
      }
    });
  });
}

test('no two formats share a name', () => {
  const names = catalog.formats.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

const samplesWithHeads = withHeads.flatMap(({ samples }) => samples);

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`samples of all formats, shuffled (seed ${seed}), are read as each is alone`, async () => {
    const samples = shuffled([...samplesWithHeads, ...samplesWithHeads, ...samplesWithHeads], seed);
    const records = await inOrder(samples.map(({ line }) => line));
    assert.equal(records.length, samples.length);
    for (const [index, sample] of samples.entries()) {
      const record = records[index];
      assert.ok(record !== undefined);
      assertSame(record, await alone(sample.line), `behind ${samples[index - 1]?.line}`);
    }
  });
}

/** Of all pairs of a line and the one before it, one in so many is tried: all of them take minutes. */
const pairsApart = 8;

test('each sample is read the same behind lines of other formats and datasets', async () => {
  const firstOfEach = withHeads.flatMap(({ samples: [first] }) => (first === undefined ? [] : [first]));
  for (const [turn, before] of firstOfEach.entries()) {
    const samples = samplesWithHeads.filter((_, index) => (index + turn) % pairsApart === 0);
    const records = await inOrder(samples.flatMap(({ line }) => [before.line, line]));
    for (const [index, sample] of samples.entries()) {
      const record = records[2 * index + 1];
      assert.ok(record !== undefined);
      assertSame(record, await alone(sample.line), `behind ${before.line}`);
    }
  }
});

test('no record says null, nothing or a dash', async () => {
  const { records } = await parseLines(allSamples.map(({ line }) => line));
  for (const record of records) assertSomethingIn(record, record.original);
});

function assertSomethingIn(value: object, line: string): void {
  for (const [name, inside] of Object.entries(value)) {
    if (isFields(inside)) assertSomethingIn(inside, line);
    else if (name !== 'source' || inside !== '-') assert.ok(![null, '', '-'].includes(inside), `${name} of ${line}`);
  }
}

/** The records of lines, in the order of their first lines: those that wait for more are written later. */
async function inOrder(lines: readonly string[]): Promise<readonly LogRecord[]> {
  const { records } = await parseLines(lines, { kind: 'raw' });
  return [...records].sort((a, b) => a.log.offset - b.log.offset);
}

const known = new Map<string, LogRecord>();

async function alone(line: string): Promise<LogRecord> {
  const record = known.get(line) ?? (await recordOf(line));
  known.set(line, record);
  return record;
}

/** But for the offset, and for an address that stood in an earlier line of the same session. */
function assertSame(record: LogRecord, expected: LogRecord, message: string): void {
  const { source = record.source, ...rest } = expected;
  const log = { ...expected.log, offset: record.log.offset };
  assert.deepEqual(record, { ...rest, ...(source === undefined ? {} : { source }), log }, message);
}

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const next = numbersFrom(seed);
  return list
    .map((value) => ({ value, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
