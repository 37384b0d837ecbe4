import { at } from '../model/decode.ts';
import type { Finding } from '../model/envelope.ts';
import { Occurrences, type Occurring } from './occurrences.ts';
import type { Connection } from './open.ts';
import { utcOf } from './utc.ts';

/** What became of a finding: it was new, it replaced an earlier state of itself, or a later state was there. */
export type Fate = 'added' | 'updated' | 'stale';

/** All columns that a finding has values for but its `id`, which does not change. */
export const findingColumns = [
  ...['severity', 'title', 'summary', 'action', 'rule_id', 'rule_name', 'category', 'entity_type', 'entity_value'],
  ...['source_ip', 'log_source', 'log_dataset', 'count', 'first_seen', 'last_seen', 'risk_score', 'analyzer_engine'],
  ...['processed_at', 'json'],
];

// JSON comes as the bytes that were read: measured, this is a twentieth faster than a string of them.
const marks = findingColumns.map((name) => (name === 'json' ? 'CAST(? AS TEXT)' : '?')).join(', ');

const insertSql = `INSERT INTO findings (${findingColumns.join(', ')}, id) VALUES (${marks}, ?) ON CONFLICT (id) DO NOTHING`;

const replaceSql = `
  UPDATE findings SET (${findingColumns.join(', ')}) = (${marks}),
    status = iif(status = 'resolved' AND ? > count, 'open', status) WHERE id = ?`;

/**
 * Keeps findings, each as its latest state, and with them the entries by hour: see `Occurrences`. A bulk of findings is either
 * new or is one that was stored before, so that the statement which did last time is tried first.
 */
export class FindingTable {
  readonly #occurrences: Occurrences;
  readonly #insert;
  readonly #replace;
  readonly #stored;
  readonly #expire;
  #wasStored = false;

  constructor(connection: Connection) {
    this.#occurrences = new Occurrences(connection);
    this.#insert = connection.prepare(insertSql);
    this.#replace = connection.prepare(replaceSql);
    this.#stored = connection.prepare<[string], Occurring>(
      `SELECT severity, rule_name AS rule, log_source AS source, first_seen AS first, last_seen AS last, count
      FROM findings WHERE id = ?`,
    );
    this.#expire = connection.prepare('DELETE FROM findings WHERE last_seen < ?');
  }

  /** Starts a transaction, whatever became of the one before. */
  begin(): void {
    this.#occurrences.forget();
  }

  /** Writes what is left to write before the transaction ends. */
  end(): void {
    this.#occurrences.flush();
  }

  /** Keeps a finding with the JSON that it came as. */
  save(finding: Finding, json: string | Uint8Array): Fate {
    const columns = columnsOf(finding, json);
    let stored = this.#wasStored ? this.#stored.get(finding.id) : undefined;
    if (stored === undefined && this.#insert.run(...columns, finding.id).changes === 0) stored = this.#stored.get(finding.id);
    this.#wasStored = stored !== undefined;
    if (stored !== undefined) {
      if (finding.count < stored.count) return 'stale';
      this.#occurrences.count(stored, -1);
      this.#replace.run(...columns, finding.count, finding.id);
    }
    this.#occurrences.count(occurringOf(finding), 1);
    return stored === undefined ? 'added' : 'updated';
  }

  /** Deletes the findings that were last seen before a moment, RFC 3339 in UTC; returns how many. */
  expire(moment: string): number {
    this.#occurrences.takeBackBefore(moment);
    return this.#expire.run(moment).changes;
  }
}

/** What trends count a finding by. */
export function occurringOf({ severity, rule, log, first_seen: first, last_seen: last, count }: Finding): Occurring {
  return { severity, rule: rule.name, source: log.source, first, last, count };
}

/** The values of `findingColumns`. */
export function columnsOf<Json>(finding: Finding, json: Json): readonly (string | number | undefined | Json)[] {
  const { rule, entity, log } = finding;
  return [
    finding.severity,
    finding.title,
    finding.summary,
    textOf(finding.action),
    rule.id,
    rule.name,
    finding.category,
    entity.type,
    entity.value,
    textOf(at(finding.source, ['ip'])),
    log.source,
    textOf(log.dataset),
    finding.count,
    utcOf(finding.first_seen),
    utcOf(finding.last_seen),
    finding.risk_score,
    finding.analyzer.engine,
    utcOf(finding.processed_at),
    json,
  ];
}

/** Optional fields are not checked when a line is decoded; what is not text is left to `json`. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
