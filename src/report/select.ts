import type { FindingQuery } from '../database/query.ts';
import type { Tally } from '../database/read.ts';
import type { Finding } from '../model/envelope.ts';
import { isAtLeastSeverity, severityRank } from '../model/severity.ts';

/** Orders findings: the worst severity first, then the highest risk, then the latest, then by rule, entity and id. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    severityRank(other.severity) - severityRank(one.severity) ||
    other.risk_score - one.risk_score ||
    Date.parse(other.last_seen) - Date.parse(one.last_seen) ||
    compareTexts(one.rule.name, other.rule.name) ||
    compareTexts(one.entity.value, other.entity.value) ||
    compareTexts(one.id, other.id)
  );
}

/** The order of Unicode's code points, as SQLite has it; that of UTF-16 would part them beyond U+FFFF. */
function compareTexts(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** Tells whether a finding is one that was asked for. */
export function isAskedFor(finding: Finding, query: FindingQuery): boolean {
  const lastSeenMs = Date.parse(finding.last_seen);
  if (query.since !== undefined && lastSeenMs < query.since.getTime()) return false;
  if (query.until !== undefined && lastSeenMs >= query.until.getTime()) return false;
  if (query.severity !== undefined && !isAtLeastSeverity(finding.severity, query.severity)) return false;
  if (query.entity !== undefined && !namesIn(finding).includes(query.entity)) return false;
  if (query.source !== undefined && !isOfSource(finding, query.source)) return false;
  return query.rule === undefined || finding.rule.name === query.rule || finding.rule.id === query.rule;
}

/** Whom a finding is about, and who else has to do with it. */
function namesIn({ entity, related }: Finding): readonly string[] {
  return [entity.value, ...textsOf(related?.ip), ...textsOf(related?.user), ...textsOf(related?.hosts)];
}

/** A log is named by its path, by the last part of it, or by its dataset. */
function isOfSource({ log }: Finding, source: string): boolean {
  return log.source === source || log.source.endsWith(`/${source}`) || log.dataset === source;
}

/** Counts findings by severity and log. */
export function talliesOf(findings: readonly Finding[]): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { severity, log, count } of findings) {
    const key = `${severity} ${log.source}`;
    const known = tallies.get(key) ?? { severity, source: log.source, findings: 0, entries: 0 };
    tallies.set(key, { ...known, findings: known.findings + 1, entries: known.entries + count });
  }
  return [...tallies.values()];
}

/** The texts of a list that was not checked when a finding was read. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((found) => typeof found === 'string') : [];
}
