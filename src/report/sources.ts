import type { Context } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { databasePath } from '../database/path.ts';
import { kindOf } from '../database/place.ts';
import type { FindingQuery } from '../database/query.ts';
import { type DatabaseReader, openDatabaseReader } from '../database/read.ts';
import type { Finding } from '../model/envelope.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { DigestInput, Earlier, Emptiness } from './digest.ts';
import { matterOf } from './groups.ts';
import type { options } from './options.ts';
import type { Received } from './read-findings.ts';
import type { Renderer } from './renderer.ts';
import { compareFindings, isAskedFor, talliesOf } from './select.ts';
import { hourCountsOf } from './trend.ts';

/** What the reading of findings depends on. */
export interface Task {
  readonly values: Values<typeof options>;
  readonly context: Context;
  readonly renderer: Renderer;
  readonly now: Date;
}

const dayMs = 86_400_000;
/** For so long before the report's time, what is critical is told of as still open: a weekend, and a day to spare, go by unread. */
const openMs = 7 * dayMs;
/** How long to wait for a lock, in ms; a writer holds one for milliseconds. */
export const lockTimeoutMs = 5_000;
/** So many findings are looked at for groups; of more than this, those with the least risk are only counted. */
const maxGrouped = 1_000;

/** The findings that were asked for, from the database; of the last day when nobody says. Throws `LpError`. */
export async function fromDatabase({ values, context, renderer, now }: Task): Promise<DigestInput> {
  const end = values.until !== undefined && values.until < now ? values.until : now;
  const since = values.since ?? new Date(end.getTime() - dayMs);
  const { environment } = context;
  // Whether a rule or an entity was ever found needs all findings.
  const isOfAll = values.rule === undefined && values.entity === undefined;
  const from = isOfAll ? startBefore(since, end) : undefined;
  const scope = { from, criticalFrom: from && openSince(since, from), password: environment['PGPASSWORD'] };
  const place = databasePath(values.db, environment);
  const isTriaged = kindOf(place) === 'sqlite';
  const reader = await openDatabaseReader(place, lockTimeoutMs, scope);
  try {
    const setAside = { isWanted: false, hasSuppressions: reader.hasSuppressions(now), now };
    const query = { ...queryOf(values), since, setAside };
    const limit = renderer.isGrouped ? Math.max(maxGrouped, values.limit ?? 0) : values.limit;
    const latest = reader.latest({ ...query, since: undefined, until: undefined });
    const empty = latest === undefined ? emptinessOf(reader, query) : undefined;
    const findings = reader.findings(query, limit);
    const earlier = renderer.isGrouped ? earlierOf(reader, { findings, query, since, end, isTriaged }) : undefined;
    return {
      findings,
      tallies: reader.tallies(query),
      summaries: isAboutAll(query) ? reader.summaries(query) : [],
      hours: isAboutAll(query) ? reader.hours(query) : hourCountsOf(findings),
      hidden: reader.hidden({ ...query, setAside: undefined }, now),
      ...(earlier !== undefined && { earlier }),
      latest,
      lastRun: reader.lastRun(),
      ...(empty !== undefined && { empty }),
      ...commonOf({ values, renderer, now }, query),
    };
  } finally {
    reader.close();
  }
}

/** Counts of all that came in say nothing about a part of what was found. */
function isAboutAll({ severity, entity, rule, source }: FindingQuery): boolean {
  return [severity, entity, rule, source].every((asked) => asked === undefined);
}

interface Period {
  readonly findings: readonly Finding[];
  readonly query: FindingQuery;
  readonly since: Date;
  readonly end: Date;
  readonly isTriaged: boolean;
}

/** Of what has gone, the worst are enough. */
const maxGone = 200;

/** When as long a time before this one began. */
function startBefore(since: Date, end: Date): Date {
  return new Date(2 * since.getTime() - end.getTime());
}

/** Since when what is critical is looked for. */
function openSince(since: Date, before: Date): Date {
  return new Date(Math.min(before.getTime(), since.getTime() - openMs));
}

/** What there was in as long a time before. */
function earlierOf(reader: DatabaseReader, { findings, query, since, end, isTriaged }: Period): Earlier | undefined {
  // On the first day all is new, which is no news.
  if (reader.latest({ until: since }) === undefined) return undefined;
  const before = { since: startBefore(since, end), until: since };
  const mattersOf = (some: readonly Finding[]) => new Set(some.map(({ rule, entity }) => matterOf(rule.name, entity)));
  const mattersIn = (time: { since: Date; until: Date | undefined }, some: readonly Finding[]) =>
    new Set(reader.matters(some, time).map(({ rule, entity }) => matterOf(rule, entity)));
  // A burst that has gone on since then is no news either.
  const lasting = findings.filter(({ first_seen }) => Date.parse(first_seen) < since.getTime());
  const known = new Set([...mattersIn(before, findings), ...mattersOf(lasting)]);
  const asked = mattersOf(findings);
  // A break-in has not gone because a day went by: it is open until somebody says otherwise.
  const less = { ...query, ...before, severity: query.severity ?? 'WARNING', below: 'CRITICAL' } as const;
  const missing = reader.findings(less, maxGone).filter((finding) => !asked.has(matterOf(finding.rule.name, finding.entity)));
  const there = mattersIn({ since, until: undefined }, missing);
  const gone = missing.filter((finding) => !there.has(matterOf(finding.rule.name, finding.entity)));
  const critical = { ...query, since: openSince(since, before.since), severity: 'CRITICAL' } as const;
  return { since: before.since, known, gone, open: reader.ended(critical, since, maxGone), isTriaged };
}

function emptinessOf(reader: DatabaseReader, { rule, entity }: FindingQuery): Emptiness | undefined {
  if (reader.latest({}) !== undefined) {
    return reader.latest({ rule, entity }) === undefined ? { of: 'choice', rule, entity } : undefined;
  }
  const lastRun = reader.lastRun();
  return lastRun === undefined ? { of: 'database' } : { of: 'runs', lastRun };
}

/** The findings that were asked for, from standard input. Throws `LpError`. */
export async function fromStream({ values, context, renderer, now }: Task): Promise<DigestInput> {
  const { readFindings } = await import('./read-findings.ts');
  const received = await readFindings(context.input);
  refuseForeign(received);
  const { badLines, firstBad, misfits } = received;
  if (badLines > 0) {
    const what = badLines === 1 ? '1 line is no finding and was' : `${badLines} lines are no findings and were`;
    context.diagnostics.warn(`${what} left out; first: ${firstBad}`);
  }
  if (misfits > 0) {
    const what = misfits === 1 ? '1 line or record was' : `${misfits} lines or records were`;
    context.diagnostics.warn(`${what} left out: lp-report takes findings, so put lp-analyze before it`);
  }
  const query = queryOf(values);
  const findings = received.findings.filter((finding) => isAskedFor(finding, query)).sort(compareFindings);
  const ofAnyTime = { ...query, since: undefined, until: undefined };
  const latestMs = latestMsOf(received.findings, ofAnyTime);
  const empty = latestMs === 0 ? emptinessIn(received, query) : undefined;
  return {
    findings: renderer.isGrouped ? findings : findings.slice(0, values.limit),
    tallies: talliesOf(findings),
    summaries: received.summaries,
    hours: hourCountsOf(findings),
    latest: latestMs === 0 ? undefined : new Date(latestMs),
    ...(empty !== undefined && { empty }),
    ...commonOf({ values, renderer, now }, query),
  };
}

function latestMsOf(findings: readonly Finding[], query: FindingQuery): number {
  return findings.reduce(
    (latest, found) => (isAskedFor(found, query) ? Math.max(latest, Date.parse(found.last_seen)) : latest),
    0,
  );
}

function emptinessIn({ findings, envelopes }: Received, { rule, entity }: FindingQuery): Emptiness | undefined {
  if (envelopes === 0) return { of: 'input' };
  const isKnown = findings.length === 0 || latestMsOf(findings, { rule, entity }) > 0;
  return isKnown ? undefined : { of: 'choice', rule, entity };
}

/** Input of another kind must not pass for input in which nothing was found. */
function refuseForeign({ badLines, misfits, envelopes }: Received): void {
  if (badLines > 0 && envelopes === 0) {
    const advice = 'put lp-parse, lp-filter and lp-analyze before lp-report';
    throw new LpError(`standard input is not findings: ${advice}`, exitStatus.badData);
  }
  if (misfits > 0 && misfits === envelopes) {
    throw new LpError('standard input is records, not findings: put lp-analyze before lp-report', exitStatus.badData);
  }
}

function commonOf({ values, renderer, now }: Omit<Task, 'context'>, query: FindingQuery) {
  return { query, now, maxGroups: values.limit ?? renderer.defaultLimit };
}

function queryOf(values: Values<typeof options>): FindingQuery {
  const { since, until, severity, entity, rule, source } = values;
  return { since, until, entity, rule, severity, source };
}
