import type { Finding } from '../model/envelope.ts';
import { columnsOf, findingColumns, occurringOf } from './findings.ts';
import { hoursOf } from './hours.ts';
import type { Occurring } from './occurrences.ts';
import type { OwnMarks } from './own-marks.ts';
import type { PostgresConnection } from './postgres.ts';
import { writeMarks } from './postgres-marks.ts';
import { textOf, timeOf, turned, whole } from './postgres-values.ts';
import { type SummarySums, summed } from './summaries.ts';
import { utcOf } from './utc.ts';
import { type Entry, type Saved, textOfJson } from './write.ts';

/** A batch, and what it is stored with. */
export interface Writing {
  readonly client: PostgresConnection;
  readonly batch: readonly Entry[];
  readonly sums: SummarySums;
  readonly own: OwnMarks;
  readonly now: Date;
}

type NewFinding = Extract<Entry, { readonly finding: Finding }>;

/**
 * Stores a batch in the transaction that is open, in which nobody else writes; a few statements for all of it. Gives what it came to,
 * and what to call when the transaction has gone well. Throws `LpError` 78 as `OwnMarks` does, and what the driver throws.
 */
export async function writeBatch(writing: Writing): Promise<{ readonly saved: Saved; keep(): void }> {
  const found = await writeFindings(writing);
  const keepSums = await writeSummaries(writing);
  const marks = writing.batch.flatMap((entry) => ('mark' in entry ? [entry.mark] : []));
  const keepMarks = await writeMarks(writing, marks);
  const keep = (): void => {
    keepSums();
    keepMarks();
  };
  return { saved: { ...found, marks: marks.length }, keep };
}

/** Deletes the findings that were last seen before a moment, and takes them back from the trends. Throws what the driver throws. */
export async function expireBefore(client: PostgresConnection, moment: Date): Promise<void> {
  const { rows } = await client.query<Occurring>(`${storedSql} WHERE last_seen < $1`, [moment]);
  const trends = new Map<string, number>();
  for (const row of rows) count(trends, row, -1);
  await writeTrends(client, trends);
  await client.query('DELETE FROM findings WHERE last_seen < $1', [moment]);
}

const storedSql = `SELECT id, severity, rule_name AS rule, log_source AS source, first_seen AS first, last_seen AS last, count FROM findings`;

const upsertSql = `INSERT INTO findings (${findingColumns.join(', ')}, id) SELECT * FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
  $11::text[], $12::text[], $13::bigint[], $14::timestamptz[], $15::timestamptz[], $16::double precision[],
  $17::text[], $18::timestamptz[], $19::text[], $20::text[])
  ON CONFLICT (id) DO UPDATE SET ${findingColumns.map((name) => `${name} = excluded.${name}`).join(', ')},
    status = CASE WHEN findings.status = 'resolved' AND excluded.count > findings.count THEN 'open' ELSE findings.status END`;

async function writeFindings({ client, batch }: Writing): Promise<Omit<Saved, 'marks'>> {
  const given = batch.filter((entry) => 'finding' in entry);
  if (given.length === 0) return { added: 0, updated: 0, stale: 0 };
  const ids = [...new Set(given.map(({ finding }) => textOf(finding.id)))];
  const { rows } = await client.query<Occurring & { readonly id: string }>(`${storedSql} WHERE id = ANY($1)`, [ids]);
  const known = new Map<string, Occurring>(rows.map((row) => [row.id, row]));
  const last = new Map<string, NewFinding>();
  const trends = new Map<string, number>();
  const saved = { added: 0, updated: 0, stale: 0 };
  for (const entry of given) {
    const id = textOf(entry.finding.id);
    const before = known.get(id);
    if (before !== undefined && entry.finding.count < before.count) {
      saved.stale++;
      continue;
    }
    saved[before === undefined ? 'added' : 'updated']++;
    if (before !== undefined) count(trends, before, -1);
    const occurring = occurringOf(entry.finding);
    count(trends, occurring, 1);
    known.set(id, occurring);
    last.set(id, entry);
  }
  await client.query(upsertSql, turned([...last.values()].map(rowOf), findingColumns.length + 1));
  await writeEvidence(client, [...last.values()]);
  await writeTrends(client, trends);
  return saved;
}

const timeColumns: readonly (string | undefined)[] = ['first_seen', 'last_seen', 'processed_at'];

function rowOf({ finding, json }: NewFinding): readonly unknown[] {
  const columns = columnsOf(finding, textOfJson(json)).map((value, index) => {
    const name = findingColumns[index];
    if (typeof value === 'number') return name === 'risk_score' ? value : whole(value);
    return timeColumns.includes(name) ? timeOf(String(value)) : textOf(value);
  });
  return [...columns, textOf(finding.id)];
}

async function writeEvidence(client: PostgresConnection, entries: readonly NewFinding[]): Promise<void> {
  await client.query('DELETE FROM evidence WHERE finding_id = ANY($1)', [entries.map(({ finding }) => textOf(finding.id))]);
  const rows = entries.flatMap(({ finding: { id, evidence } }) =>
    evidence.map(({ timestamp, log, original }, position) => {
      return [textOf(id), position, timeOf(utcOf(timestamp)), textOf(log.source), whole(log.offset), textOf(original)];
    }),
  );
  await client.query(
    'INSERT INTO evidence SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[])',
    turned(rows, 6),
  );
}

function count(
  trends: Map<string, number>,
  { severity, rule, source, first, last, count: entries }: Occurring,
  sign: 1 | -1,
): void {
  const stretch = { first: timeOf(utcOf(first)), last: timeOf(utcOf(last)), count: whole(entries) };
  for (const { hour, entries: share } of hoursOf(stretch)) {
    const key = JSON.stringify([hour, severity, textOf(rule), textOf(source)]);
    trends.set(key, (trends.get(key) ?? 0) + sign * share);
  }
}

async function writeTrends(client: PostgresConnection, trends: ReadonlyMap<string, number>): Promise<void> {
  const rows = [...trends].filter(([, entries]) => entries !== 0).map(([key, entries]) => [...keyOf(key), entries]);
  await client.query(
    `INSERT INTO occurrences SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::bigint[])
    ON CONFLICT (hour, severity, md5(rule_name), md5(log_source)) DO UPDATE SET entries = occurrences.entries + excluded.entries`,
    turned(rows, 5),
  );
  await client.query('DELETE FROM occurrences WHERE hour = ANY($1::timestamptz[]) AND entries <= 0', [
    rows.map(([hour]) => hour),
  ]);
}

async function writeSummaries({ client, batch, sums }: Writing): Promise<() => void> {
  const added = [...summed(batch.flatMap((entry) => ('summary' in entry ? [entry.summary] : [])))];
  if (added.length === 0) return () => {};
  const keys = added.map(([key]) => keyOf(key).map(textOf));
  const { rows } = await client.query<{ readonly place: number; readonly counts: string }>(
    `SELECT place, counts FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[])
      WITH ORDINALITY AS wanted (hour, log_source, log_dataset, url_domain, place)
      JOIN summaries USING (hour, log_source, log_dataset, url_domain)`,
    turned(keys, 4),
  );
  const stored = new Map(rows.map(({ place, counts }) => [Number(place) - 1, counts]));
  const results = added.map(([key, sum], index) => sums.added(key, sum, JSON.parse(stored.get(index) ?? '{}')));
  const values = results.map(({ counts }, index) => [...(keys[index] ?? []), JSON.stringify(counts)]);
  await client.query(
    `INSERT INTO summaries SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::json[])
    ON CONFLICT (hour, md5(log_source), md5(log_dataset), md5(url_domain)) DO UPDATE SET counts = excluded.counts`,
    turned(values, 5),
  );
  return () => {
    for (const { keep } of results) keep();
  };
}

function keyOf(key: string): readonly string[] {
  return JSON.parse(key);
}
