import { hostname } from 'node:os';
import type { Context } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { databasePath } from '../database/path.ts';
import { type FindingQuery, openDatabaseReader } from '../database/read.ts';
import { compareFindings, type DigestInput, isAskedFor, talliesOf } from './digest.ts';
import type { options } from './options.ts';
import type { Renderer } from './renderer.ts';

/** What the reading of findings depends on. */
export interface Task {
  readonly values: Values<typeof options>;
  readonly context: Context;
  readonly renderer: Renderer;
  readonly now: Date;
}

const dayMs = 86_400_000;
/** How long to wait for a lock; a writer holds one for milliseconds. */
const lockTimeoutMs = 5_000;
/** So many findings are looked at for groups; of more than this, those with the least risk are only counted. */
const maxGrouped = 2_000;

/** The findings that were asked for, from the database; of the last day when nobody says. Throws `LpError`. */
export async function fromDatabase({ values, context, renderer, now }: Task): Promise<DigestInput> {
  const reader = await openDatabaseReader(databasePath(values.db, context.environment), lockTimeoutMs);
  try {
    const end = values.until !== undefined && values.until < now ? values.until : now;
    const query = { ...queryOf(values), since: values.since ?? new Date(end.getTime() - dayMs) };
    const limit = renderer.isGrouped ? Math.max(maxGrouped, values.limit ?? 0) : values.limit;
    return {
      findings: reader.findings(query, limit),
      tallies: reader.tallies(query),
      summaries: [],
      latest: reader.latest(),
      ...commonOf({ values, renderer, now }, query),
    };
  } finally {
    reader.close();
  }
}

/** The findings that were asked for, from standard input. Throws `LpError`. */
export async function fromStream({ values, context, renderer, now }: Task): Promise<DigestInput> {
  const { readFindings } = await import('./read-findings.ts');
  const received = await readFindings(context.input);
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
  const latestMs = received.findings.reduce((latest, { last_seen }) => Math.max(latest, Date.parse(last_seen)), 0);
  return {
    findings: renderer.isGrouped ? findings : findings.slice(0, values.limit),
    tallies: talliesOf(findings),
    summaries: received.summaries,
    latest: latestMs === 0 ? undefined : new Date(latestMs),
    ...commonOf({ values, renderer, now }, query),
  };
}

function commonOf({ values, renderer, now }: Omit<Task, 'context'>, query: FindingQuery) {
  return { query, now, hostname: hostname(), maxGroups: values.limit ?? renderer.defaultLimit };
}

function queryOf(values: Values<typeof options>): FindingQuery {
  const { since, until, severity, entity, rule } = values;
  return { since, until, entity, rule, severity };
}
