import { type Severity, severities, severityRank } from '../model/severity.ts';

/** Which findings to read; what is absent does not matter. */
export interface FindingQuery {
  /** Last seen then or later. */
  readonly since?: Date | undefined;
  /** Last seen before. */
  readonly until?: Date | undefined;
  /** As severe as this, or more. */
  readonly severity?: Severity | undefined;
  /** Less severe than this. */
  readonly below?: Severity | undefined;
  /** The value of the finding's entity, or an address, user or host that it names besides. */
  readonly entity?: string | undefined;
  /** Name or id of the finding's rule. */
  readonly rule?: string | undefined;
  /** The finding's log, by its path or the last part of it, or by its dataset. */
  readonly source?: string | undefined;
  /** Whether to read those that people have set aside, at this moment, instead of the others; undefined for both. */
  readonly setAside?: { readonly isWanted: boolean; readonly hasSuppressions: boolean; readonly now: Date } | undefined;
}

/** A condition on the table `findings`, and the values of its parameters. */
export interface Condition {
  /** Nothing, or `WHERE …`. */
  readonly sql: string;
  readonly values: readonly string[];
}

/** How bad a finding is, as a number. */
const rankSql = `CASE severity ${severities.map((name) => `WHEN '${name}' THEN ${severityRank(name)}`).join(' ')} END`;

const mostOrderSql = `ORDER BY ${rankSql} DESC, risk_score DESC, last_seen DESC, rule_name, entity_value`;

/** The worst first, and then always in one order. */
export const orderSql = `${mostOrderSql}, id`;

/** The same as far as an index has it: findings of one rule, entity and moment come in the order in which they were stored. */
export const indexedOrderSql = `${mostOrderSql}, rowid`;

// Qualified, because json_each has a column of the same name. SQLite's JSON is no deeper than 1,000 levels.
const jsonSql = "iif(json_valid(findings.json), findings.json, '{}')";
const relatedSql = ['ip', 'user', 'hosts'].map(
  (kind) => `EXISTS (SELECT 1 FROM json_each(${jsonSql}, '$.related.${kind}') WHERE value = ?)`,
);
const entitySql = `(entity_value = ? OR ${relatedSql.join(' OR ')})`;

/** A log by its path, its dataset, or the last part of its path; no pattern, in which `%` would mean something. */
const sourceSql = "(log_source = ? OR log_dataset = ? OR substr(log_source, -length(?) - 1) = '/' || ?)";

/** Closed findings by way of a small index, so that others can be chosen without a look at their rows. */
const closedSql = "findings.rowid IN (SELECT rowid FROM findings WHERE status IN ('resolved', 'false_positive'))";

/** Whether a suppression that holds at a moment is about this finding. */
const suppressedSql = `EXISTS (
  SELECT 1 FROM suppressions AS s WHERE (s.expires_at IS NULL OR s.expires_at > ?)
    AND (s.finding_id IS NULL OR s.finding_id = findings.id)
    AND (s.rule_name IS NULL OR s.rule_name IN (findings.rule_name, findings.rule_id))
    AND (s.entity_value IS NULL OR s.entity_value = findings.entity_value))`;

/** The findings that are asked for. */
export function conditionOf(query: FindingQuery): Condition {
  const parts: (readonly [sql: string, ...values: string[]])[] = [];
  if (query.since !== undefined) parts.push(['last_seen >= ?', query.since.toISOString()]);
  if (query.until !== undefined) parts.push(['last_seen < ?', query.until.toISOString()]);
  if (query.severity !== undefined) parts.push([`${rankSql} >= ${severityRank(query.severity)}`]);
  if (query.below !== undefined) parts.push([`${rankSql} < ${severityRank(query.below)}`]);
  if (query.entity !== undefined) parts.push([entitySql, query.entity, query.entity, query.entity, query.entity]);
  if (query.source !== undefined) parts.push([sourceSql, ...Array<string>(4).fill(query.source)]);
  if (query.rule !== undefined) parts.push(['(rule_name = ? OR rule_id = ?)', query.rule, query.rule]);
  if (query.setAside !== undefined) parts.push(setAsideOf(query.setAside));
  if (parts.length === 0) return { sql: '', values: [] };
  return { sql: `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`, values: parts.flatMap(([, ...values]) => values) };
}

function setAsideOf({ isWanted, hasSuppressions, now }: NonNullable<FindingQuery['setAside']>): readonly [string, ...string[]] {
  const not = isWanted ? '' : 'NOT ';
  return hasSuppressions ? [`${not}(${closedSql} OR ${suppressedSql})`, now.toISOString()] : [`${not}${closedSql}`];
}
