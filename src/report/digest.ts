import type { FindingQuery, Run, Tally } from '../database/read.ts';
import type { Finding, Summary } from '../model/envelope.ts';
import { isAtLeastSeverity, type Severity, severityRank } from '../model/severity.ts';

/** Findings of one rule that differ in whom they are about; one of them speaks for all. */
export interface Group {
  /** The worst of them. */
  readonly lead: Finding;
  readonly others: readonly Finding[];
}

/** How much of a log was read and understood. */
export interface Coverage {
  readonly source: string;
  readonly lines: number;
  /** Lines that could not be used. */
  readonly dead: number;
}

/** Somebody whose rules found something. */
export interface Credit {
  readonly author: string;
  readonly license: string | undefined;
  /** Names of the rules. */
  readonly rules: readonly string[];
}

/** How many findings there are of each severity. */
export type Totals = Readonly<Record<Severity, number>>;

/** Everything that a report says, before it has a form. */
export interface Digest {
  /** Whose logs these are: a host's name, or several; else the one log that all is from; undefined when nobody knows. */
  readonly host: string | undefined;
  readonly now: Date;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  /** Whether more was asked for than a time. */
  readonly isFiltered: boolean;
  /** All that was found in that time, listed or not. */
  readonly totals: Totals;
  /** The groups to list, worst first. */
  readonly groups: readonly Group[];
  /** Whether a higher limit would list more. */
  readonly hasMoreGroups: boolean;
  /** Found, but in none of `groups`. */
  readonly unlisted: Totals;
  /** Every finding that was read, worst first. */
  readonly findings: readonly Finding[];
  /** By log, worst first. */
  readonly logs: readonly LogTotals[];
  readonly coverage: readonly Coverage[];
  readonly credits: readonly Credit[];
  /** When anything of what was asked for was last seen, at any time. */
  readonly latest: Date | undefined;
  readonly empty?: Emptiness;
}

/** Why nothing can be found at any time, which need not be good news. */
export type Emptiness =
  /** Standard input had nothing in it; `database`: nothing was ever stored. */
  | { readonly of: 'input' | 'database' }
  /** There were runs, and none of them found anything. */
  | { readonly of: 'runs'; readonly lastRun: Run }
  /** There are findings, but none of the rule or about the entity that was asked for. */
  | Choice;

/** A rule and an entity that were asked for, one of them or both. */
export interface Choice {
  readonly of: 'choice';
  readonly rule: string | undefined;
  readonly entity: string | undefined;
}

/** What was found in one log. */
export interface LogTotals {
  readonly source: string;
  readonly totals: Totals;
  readonly entries: number;
}

/** What a digest is made of. */
export interface DigestInput {
  /** Ranked, worst first. */
  readonly findings: readonly Finding[];
  readonly tallies: readonly Tally[];
  readonly summaries: readonly Summary[];
  readonly query: FindingQuery;
  readonly now: Date;
  /** How many groups to list. */
  readonly maxGroups: number | undefined;
  readonly latest: Date | undefined;
  readonly empty?: Emptiness;
}

/** Puts together what a report says. Never throws. */
export function digestOf(input: DigestInput): Digest {
  const { findings, tallies, query } = input;
  const allGroups = groupsOf(findings);
  const groups = allGroups.slice(0, input.maxGroups);
  const totals = totalsOf(tallies);
  return {
    host: hostOf(findings),
    now: input.now,
    since: query.since,
    until: query.until,
    isFiltered: query.severity !== undefined || query.entity !== undefined || query.rule !== undefined,
    totals,
    groups,
    hasMoreGroups: groups.length < allGroups.length,
    unlisted: difference(totals, totalsOfFindings(groups.flatMap(({ lead, others }) => [lead, ...others]))),
    findings,
    logs: logsOf(tallies),
    coverage: coverageOf(input.summaries),
    credits: creditsOf(findings),
    latest: input.latest,
    ...(input.empty !== undefined && { empty: input.empty }),
  };
}

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
  return query.rule === undefined || finding.rule.name === query.rule || finding.rule.id === query.rule;
}

/** Whom a finding is about, and who else has to do with it. */
function namesIn({ entity, related }: Finding): readonly string[] {
  return [entity.value, ...textsOf(related?.ip), ...textsOf(related?.user), ...textsOf(related?.hosts)];
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

/** How many findings there are in all. */
export function sumOf(totals: Totals): number {
  return totals.INFO + totals.WARNING + totals.ERROR + totals.CRITICAL;
}

function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.rule.name, finding.title]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [finding]);
    else known.push(finding);
  }
  return [...groups.values()].flatMap(([lead, ...others]) => (lead === undefined ? [] : [{ lead, others }]));
}

function totalsOf(tallies: readonly Tally[]): Totals {
  const totals = { INFO: 0, WARNING: 0, ERROR: 0, CRITICAL: 0 };
  for (const { severity, findings } of tallies) totals[severity] += findings;
  return totals;
}

function totalsOfFindings(findings: readonly Finding[]): Totals {
  const totals = { INFO: 0, WARNING: 0, ERROR: 0, CRITICAL: 0 };
  for (const { severity } of findings) totals[severity]++;
  return totals;
}

function difference(all: Totals, some: Totals): Totals {
  // Never below zero: a writer may add findings between the two questions.
  const left = (severity: Severity): number => Math.max(0, all[severity] - some[severity]);
  return { INFO: left('INFO'), WARNING: left('WARNING'), ERROR: left('ERROR'), CRITICAL: left('CRITICAL') };
}

/** How many host names a verdict can hold. */
const maxHosts = 3;

function hostOf(findings: readonly Finding[]): string | undefined {
  const hosts = new Set(findings.flatMap((finding) => textsOf(finding.related?.hosts)));
  if (hosts.size === 0) {
    const [log, ...others] = new Set(findings.map((finding) => finding.log.source));
    return others.length > 0 || log === '-' ? undefined : log;
  }
  return hosts.size <= maxHosts ? [...hosts].join(', ') : `${hosts.size} hosts`;
}

/** Optional fields are not checked when a finding is read. */
function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((found) => typeof found === 'string') : [];
}

function logsOf(tallies: readonly Tally[]): readonly LogTotals[] {
  const sources = new Set(tallies.map(({ source }) => source));
  const logs = [...sources].map((source) => {
    const own = tallies.filter((tally) => tally.source === source);
    return { source, totals: totalsOf(own), entries: own.reduce((sum, { entries }) => sum + entries, 0) };
  });
  const weight = ({ totals }: LogTotals): readonly number[] => [totals.CRITICAL, totals.ERROR, totals.WARNING, totals.INFO];
  return logs.sort((one, other) => compareLists(weight(other), weight(one)) || (one.source < other.source ? -1 : 1));
}

function compareLists(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const order = value - (other[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function coverageOf(summaries: readonly Summary[]): readonly Coverage[] {
  const sources = new Map<string, Coverage>();
  for (const { stage, log, counts } of summaries) {
    if (stage !== 'parse') continue;
    const known = sources.get(log.source) ?? { source: log.source, lines: 0, dead: 0 };
    const { lines, dead } = known;
    sources.set(log.source, { ...known, lines: lines + (counts['lines'] ?? 0), dead: dead + (counts['dead'] ?? 0) });
  }
  return [...sources.values()];
}

/** lp's own rules need no credit in lp's own report. */
const ownAuthor = /^lp\b/i;

function creditsOf(findings: readonly Finding[]): readonly Credit[] {
  const credits = new Map<string, { author: string; license: string | undefined; rules: Set<string> }>();
  for (const { rule } of findings) {
    if (typeof rule.author !== 'string' || ownAuthor.test(rule.author)) continue;
    const key = JSON.stringify([rule.author, rule.license]);
    const known = credits.get(key) ?? { author: rule.author, license: textsOf([rule.license])[0], rules: new Set() };
    known.rules.add(rule.name);
    credits.set(key, known);
  }
  return [...credits.values()].map((credit) => ({ ...credit, rules: [...credit.rules] }));
}
