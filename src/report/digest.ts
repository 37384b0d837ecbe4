import type { FindingQuery } from '../database/query.ts';
import type { Hidden, HourCount, Run, Tally } from '../database/read.ts';
import { canonicalSource } from '../model/canonical-source.ts';
import { at } from '../model/decode.ts';
import type { Finding, Summary } from '../model/envelope.ts';
import type { Severity } from '../model/severity.ts';
import { type Group, groupsOf, membersOf } from './groups.ts';
import { textsOf } from './select.ts';
import { type Coverage, coverageOf, type Service, type Site, servicesOf, sitesOf } from './sites.ts';
import { type Trend, trendOf } from './trend.ts';

/** Somebody whose rules found something. */
export interface Credit {
  readonly author: string;
  readonly license: string | undefined;
  /** Names of the rules. */
  readonly rules: readonly string[];
}

/** How many findings there are of each severity. */
export type Totals = Readonly<Record<Severity, number>>;

/** What was there in the time before that of the report. */
export interface Earlier {
  /** When that time began; the report's begins where it ends. */
  readonly since: Date;
  /** What was found then, by `matterOf`; it may be found again. */
  readonly known: ReadonlySet<string>;
  /** What was found then and is not found any more, worst first. */
  readonly gone: readonly Finding[];
  /**
   * What is critical, was found last then or in the days before, and nobody has set aside: time alone mends none of it. One of
   * each matter, worst first.
   */
  readonly open: readonly Finding[];
  /** True where lp-triage can set findings aside. */
  readonly isTriaged: boolean;
}

/** What a language model had to do with the findings. */
export interface ModelUse {
  /** Findings that it judged. */
  readonly findings: number;
  readonly tokens: number;
  readonly costUsd: number;
  /** Findings that it should have judged, and why it did not: the reason and how often. */
  readonly degraded: ReadonlyMap<string, number>;
}

/** Everything that a report says, before it has a form. */
export interface Digest {
  /** Whose logs these are: a host's name, or several; else the one log that all is from; undefined when nobody knows. */
  readonly host: string | undefined;
  readonly now: Date;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  /** Whether more was asked for than a time. */
  readonly isFiltered: boolean;
  /** Whom the report is about alone, when that was asked for. */
  readonly entity: string | undefined;
  /** All that was found in that time, listed or not. */
  readonly totals: Totals;
  /** The groups to list, worst first. */
  readonly groups: readonly Group[];
  /** How many findings to list, where they are not grouped. */
  readonly limit: number | undefined;
  /** Whether a higher limit would list more. */
  readonly hasMoreGroups: boolean;
  /** Found, but in none of `groups`. */
  readonly unlisted: Totals;
  /** What people have set aside; it is in none of the above. */
  readonly hidden: Hidden;
  /** Undefined when nothing is known of the time before. */
  readonly earlier: Earlier | undefined;
  /** Every finding that was read, worst first. */
  readonly findings: readonly Finding[];
  /** By log, worst first. */
  readonly logs: readonly LogTotals[];
  readonly hours: readonly HourCount[];
  readonly trend: Trend;
  readonly sites: readonly Site[];
  readonly services: readonly Service[];
  readonly coverage: readonly Coverage[];
  readonly model: ModelUse | undefined;
  readonly credits: readonly Credit[];
  /** When anything of what was asked for was last seen, at any time. */
  readonly latest: Date | undefined;
  /** The run of lp-store that stored anything last, when that is known. */
  readonly lastRun: Run | undefined;
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

/** What was found in one log, under all names that rotation gave it. */
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
  readonly hours: readonly HourCount[];
  readonly hidden?: Hidden;
  readonly earlier?: Earlier;
  readonly query: FindingQuery;
  readonly now: Date;
  /** How many groups to list. */
  readonly maxGroups: number | undefined;
  readonly latest: Date | undefined;
  readonly lastRun?: Run | undefined;
  readonly empty?: Emptiness;
}

const nothingHidden: Hidden = { resolved: 0, false_positive: 0, suppressed: 0 };

/** Puts together what a report says. Never throws. */
export function digestOf(input: DigestInput): Digest {
  const { findings, tallies, summaries, query } = input;
  const allGroups = groupsOf(findings, input.earlier?.known);
  const groups = allGroups.slice(0, input.maxGroups);
  const totals = totalsOf(tallies);
  return {
    host: hostOf(findings),
    now: input.now,
    since: query.since,
    until: query.until,
    isFiltered: [query.severity, query.entity, query.rule, query.source].some((asked) => asked !== undefined),
    entity: query.entity,
    totals,
    groups,
    limit: input.maxGroups,
    hasMoreGroups: groups.length < allGroups.length,
    unlisted: difference(totals, totalsOfFindings(membersOf(groups))),
    hidden: input.hidden ?? nothingHidden,
    earlier: input.earlier,
    findings,
    logs: logsOf(tallies),
    hours: input.hours,
    // Where nobody said since when, the findings say it themselves; archived logs need not reach to this day.
    trend: trendOf(input.hours, query.since, query.until ?? (query.since && input.now)),
    sites: sitesOf(summaries, findings),
    services: servicesOf(summaries),
    coverage: coverageOf(summaries),
    model: modelUseOf(findings),
    credits: creditsOf(findings),
    latest: input.latest,
    lastRun: input.lastRun,
    ...(input.empty !== undefined && { empty: input.empty }),
  };
}

/** How many findings there are in all. */
export function sumOf(totals: Totals): number {
  return totals.INFO + totals.WARNING + totals.ERROR + totals.CRITICAL;
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

function logsOf(tallies: readonly Tally[]): readonly LogTotals[] {
  const sources = new Set(tallies.map(({ source }) => canonicalSource(source)));
  const logs = [...sources].map((source) => {
    const own = tallies.filter((tally) => canonicalSource(tally.source) === source);
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

/** What a model had to do with findings; undefined when none was asked. Optional fields are not checked when a finding is read. */
export function modelUseOf(findings: readonly Finding[]): ModelUse | undefined {
  const degraded = new Map<string, number>();
  let [judged, tokens, costUsd] = [0, 0, 0];
  for (const { analyzer } of findings) {
    if (analyzer.engine === 'llm' || analyzer.engine === 'cache') judged++;
    tokens += numberAt(analyzer, 'tokens', 'input') + numberAt(analyzer, 'tokens', 'output');
    costUsd += numberAt(analyzer, 'cost_usd');
    const reason = at(analyzer, ['degraded']);
    if (typeof reason === 'string') degraded.set(reason, (degraded.get(reason) ?? 0) + 1);
  }
  return judged + degraded.size === 0 ? undefined : { findings: judged, tokens, costUsd, degraded };
}

function numberAt(value: unknown, ...path: readonly string[]): number {
  const found = at(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
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
