/*
 * What one would write first to keep findings, and a loop that does nothing but bind and insert. They fill the tables of
 * lp-store, with its indexes, from the findings on standard input.
 *
 *     npx tsx test/bench/plain-store.ts ndjson|bare|rows|batches FILE < FINDINGS
 *
 * ndjson: ndjson.parse, and a transaction for 1,000. bare: JSON.parse, and a transaction for as many as lp-store takes, on a
 * file with lp-store's settings. rows: the loop of bare, and batches: the writer of lp-store, on findings that were read
 * before; both print their seconds of processor time.
 */
import Database from 'better-sqlite3';
import ndjson from 'ndjson';
import { migrate } from '../../src/database/migrations.ts';
import { type Entry, openDatabaseWriter, prepare } from '../../src/database/write.ts';
import { lineBatches } from '../../src/io/lines.ts';
import { maxLineBytes } from '../../src/io/ndjson.ts';
import type { Finding } from '../../src/model/envelope.ts';

const [mode = '', file = ''] = process.argv.slice(2);

/** As many as lp-store takes. */
const batchSize = 20_000;

const columns = [
  ...['id', 'severity', 'title', 'summary', 'action', 'rule_id', 'rule_name', 'category', 'entity_type', 'entity_value'],
  ...['source_ip', 'log_source', 'log_dataset', 'count', 'first_seen', 'last_seen', 'risk_score', 'analyzer_engine'],
  ...['processed_at', 'json'],
];

function valuesOf(found: Finding, json: unknown): readonly unknown[] {
  const { rule, entity, log } = found;
  return [
    ...[found.id, found.severity, found.title, found.summary, found.action, rule.id, rule.name, found.category, entity.type],
    ...[entity.value, found.source?.ip, log.source, log.dataset, found.count, found.first_seen, found.last_seen],
    ...[found.risk_score, found.analyzer.engine, found.processed_at, json],
  ];
}

/** Opens the file; gives what puts a finding into it. */
function opened(isTuned: boolean) {
  const connection = new Database(file);
  if (isTuned) prepare(connection, file);
  else {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    migrate(connection, file);
  }
  const insert = connection.prepare(`INSERT INTO findings (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  return { connection, put: (found: Finding, json: unknown) => insert.run(...valuesOf(found, json)) };
}

/** Puts what comes into the file, so many in a transaction. */
async function fill(lines: AsyncIterable<unknown>, size: number, isTuned: boolean, read: (line: unknown) => [Finding, string]) {
  const { connection, put } = opened(isTuned);
  let held = 0;
  connection.exec('BEGIN');
  for await (const line of lines) {
    put(...read(line));
    if (++held % size === 0) connection.exec('COMMIT; BEGIN');
  }
  connection.exec('COMMIT');
  connection.close();
}

async function* lines(): AsyncGenerator<string> {
  for await (const { bytes } of lineBatches(process.stdin, maxLineBytes)) {
    for (const line of bytes.toString('utf8').split('\n')) if (line !== '') yield line;
  }
}

async function* chunksOf(size: number): AsyncGenerator<readonly Entry[]> {
  let entries: Entry[] = [];
  for await (const json of lines()) {
    entries.push({ finding: JSON.parse(json), json });
    if (entries.length < size) continue;
    yield entries;
    entries = [];
  }
  if (entries.length > 0) yield entries;
}

/** Measures `work` on findings that are there already, in seconds of processor time. */
async function measured(work: (entries: readonly Entry[]) => void, end: () => void): Promise<void> {
  let microseconds = 0;
  const timed = (part: () => void): void => {
    const start = process.cpuUsage();
    part();
    const { user, system } = process.cpuUsage(start);
    microseconds += user + system;
  };
  for await (const entries of chunksOf(batchSize)) timed(() => work(entries));
  timed(end);
  process.stdout.write(`${(microseconds / 1e6).toFixed(2)}\n`);
}

switch (mode) {
  case 'ndjson':
    await fill(process.stdin.pipe(ndjson.parse()), 1_000, false, (found) => [found as Finding, JSON.stringify(found)]);
    break;
  case 'bare':
    await fill(lines(), batchSize, true, (line) => [JSON.parse(String(line)), String(line)]);
    break;
  case 'rows': {
    const { connection, put } = opened(true);
    const all = connection.transaction((entries: readonly Entry[]) => {
      for (const entry of entries) if ('finding' in entry) put(entry.finding, entry.json);
    });
    await measured(all, () => connection.close());
    break;
  }
  case 'batches': {
    const writer = await openDatabaseWriter(file, 1_000, new Date());
    await measured(
      (entries) => writer.save(entries, new Date()),
      () => writer.close(new Date()),
    );
    break;
  }
  default:
    process.stderr.write('plain-store: give one of ndjson, bare, rows, batches, and a file\n');
    process.exitCode = 64;
}
