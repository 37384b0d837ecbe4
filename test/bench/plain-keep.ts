/*
 * What one would write first to keep what a filter has left: ndjson.parse, and better-sqlite3 with a transaction for 1,000.
 *
 *     npx tsx test/bench/plain-keep.ts FILE < RECORDS
 */
import { pipeline, Writable } from 'node:stream';
import Database from 'better-sqlite3';
import ndjson from 'ndjson';

const connection = new Database(process.argv[2] ?? '');
connection.pragma('journal_mode = WAL');
connection.exec(
  'CREATE TABLE threats (timestamp TEXT, source_log TEXT, original_log_entry TEXT, severity TEXT, processed_at TEXT)',
);
const insert = connection.prepare('INSERT INTO threats VALUES (?, ?, ?, ?, ?)');
let held = 0;
connection.exec('BEGIN');
const kept = new Writable({
  objectMode: true,
  write(record: { timestamp?: string; log?: { source: string }; original: string }, _encoding, done) {
    insert.run(record.timestamp, record.log?.source, record.original, 'WARNING', new Date().toISOString());
    if (++held % 1_000 === 0) connection.exec('COMMIT; BEGIN');
    done();
  },
});
pipeline(process.stdin, ndjson.parse(), kept, () => {
  connection.exec('COMMIT');
  connection.close();
});
