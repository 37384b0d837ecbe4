import assert from 'node:assert/strict';
import { at } from '../../src/model/decode.ts';
import type { LogRecord } from '../../src/model/envelope.ts';
import { headlessRank, type Sample } from '../../src/parse/format.ts';
import { catalog, parseLines } from './parse-lines.ts';

/** All samples of all formats and datasets. */
export const allSamples: readonly Sample[] = [...catalog.formats, ...catalog.datasets].flatMap(({ samples }) => samples);

/** Formats and datasets whose samples are entries wherever they stand: what has no head may belong to the entry before it. */
export const withHeads: readonly { readonly samples: readonly Sample[] }[] = [
  ...catalog.formats.filter(({ rank }) => rank === 0 || rank > headlessRank),
  ...catalog.datasets,
];

/** The record of an entry that stands alone. */
export async function recordOf(line: string): Promise<LogRecord> {
  const { records, counts } = await parseLines([line], { kind: 'raw' });
  assert.equal(records.length, 1, 'one entry is one record');
  assert.equal(counts.lines, line.split('\n').length);
  const [record] = records;
  assert.ok(record !== undefined);
  return record;
}

/** Checks that a record holds what its sample says, and its line byte for byte. */
export function assertSample(record: LogRecord, sample: Sample): void {
  assert.equal(record.original, sample.line);
  for (const [name, expected] of Object.entries(sample.fields)) {
    assert.deepEqual(at(record, name.split('.')), expected, `${name} of ${sample.line}`);
  }
}
