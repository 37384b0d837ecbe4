import { styleFor } from '../../src/io/style.ts';
import type { Finding, Summary } from '../../src/model/envelope.ts';
import { schema } from '../../src/model/envelope.ts';
import { clockFor } from '../../src/report/clock.ts';
import { type DigestInput, digestOf } from '../../src/report/digest.ts';
import { matterOf } from '../../src/report/groups.ts';
import { type Look, loadRenderer } from '../../src/report/renderer.ts';
import { talliesOf } from '../../src/report/select.ts';
import { hourCountsOf } from '../../src/report/trend.ts';

/** When all reports of tests are written. */
export const now = new Date('2026-11-22T15:00:00.000Z');
const look: Look = { style: await styleFor(false), columns: 80, clock: clockFor('UTC', now) };

/** What a report of these findings looks like; `changes` say what else is known. */
export async function rendered(name: string, findings: readonly Finding[], changes: Partial<DigestInput> = {}): Promise<string> {
  const renderer = await loadRenderer(name);
  const digest = digestOf({
    findings,
    tallies: talliesOf(findings),
    summaries: [],
    hours: hourCountsOf(findings),
    query: {},
    now,
    maxGroups: renderer.defaultLimit,
    latest: undefined,
    ...changes,
  });
  let text = '';
  for await (const chunk of renderer.render(digest, look)) text += chunk;
  return text;
}

/** A summary of lp-parse for one log and one site. */
function summary(source: string, domain: string, counts: Readonly<Record<string, number>>): Summary {
  const [start, end] = [now.toISOString(), now.toISOString()];
  return { schema, type: 'summary', stage: 'parse', log: { source, dataset: source }, url: { domain }, start, end, counts };
}

/** All that a report can say, with `text` wherever a log or a rule may put it. */
export function everything(findings: readonly Finding[], text: string): Partial<DigestInput> {
  const counts = { lines: 10, records: 9, dead: 1, unknown: 2, errors: 3, requests: 8, status_4xx: 2, status_5xx: 1 };
  const [first] = findings;
  return {
    summaries: [summary(text, text, counts), summary('/var/log/nginx/access.log', 'shop.example', counts)],
    hidden: { resolved: 1, false_positive: 2, suppressed: 3 },
    query: { entity: text, since: new Date(now.getTime() - 86_400_000 * 400), until: now },
    earlier: {
      since: new Date(now.getTime() - 86_400_000),
      known: new Set(first === undefined ? [] : [matterOf(first.rule.name, first.entity)]),
      gone: findings,
      open: findings,
      isTriaged: true,
    },
  };
}
