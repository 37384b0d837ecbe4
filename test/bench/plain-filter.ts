/*
 * What one would write first to filter by words: ndjson.parse, a regular expression, ndjson.stringify.
 *
 *     npx tsx test/bench/plain-filter.ts < RECORDS
 */
import { pipeline, Transform } from 'node:stream';
import ndjson from 'ndjson';
import { defaultKeywords } from '../../src/filter/keywords.ts';

const words = new RegExp(defaultKeywords.map((word) => word.replace(/[^a-z ]/g, '\\$&')).join('|'), 'i');
const kept = new Transform({
  objectMode: true,
  transform(record: { message?: string; original: string }, _encoding, done) {
    if (words.test(record.message ?? record.original)) this.push(record);
    done();
  },
});
pipeline(process.stdin, ndjson.parse(), kept, ndjson.stringify(), process.stdout, () => {});
