import assert from 'node:assert/strict';
import { at } from '../../src/model/decode.ts';
import type { LogRecord } from '../../src/model/envelope.ts';
import type { Sample } from '../../src/parse/format.ts';
import { catalog, parseLines } from './parse-lines.ts';

/** All samples of all formats and datasets. */
export const allSamples: readonly Sample[] = [...catalog.formats, ...catalog.datasets].flatMap(({ samples }) => samples);

/** The record of a line that stands alone. */
export async function recordOf(line: string): Promise<LogRecord> {
  const { records, counts } = await parseLines([line], { kind: 'raw' });
  assert.equal(records.length, 1, 'one line is one record');
  assert.equal(counts.lines, 1);
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
