import { joined, type PrintableText, printable } from '../../io/printable.ts';
import { type Coverage, type Credit, type Digest, sumOf } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { fitted, wrapped } from './layout.ts';
import { tableLines } from './table.ts';
import { counted, logIn, numeral, totalsIn, worstFirst } from './words.ts';

/** What was found but not listed, and how to see it; no lines when all is listed. */
export function unlistedLines({ unlisted, groups, hasMoreGroups }: Digest, { style }: Look): readonly PrintableText[] {
  if (sumOf(unlisted) === 0) return [];
  const way = hasMoreGroups ? `more with --limit ${Math.max(50, 2 * groups.length)}` : 'all with --format json';
  const advice = printable(`(see ${way})`);
  return [joined([printable('Not listed:'), joined(totalsIn(unlisted, style), ', '), advice], ' ')];
}

const maxLogs = 15;

/** What was found in which log; no lines when there is but one log. */
export async function logLines({ logs }: Digest, { columns }: Look): Promise<readonly PrintableText[]> {
  if (logs.length < 2) return [];
  const head = ['Log', ...worstFirst, 'matches'];
  const rows = logs.slice(0, maxLogs).map(({ source, totals, entries }): [string, ...string[]] => {
    return [logIn(source), ...worstFirst.map((severity) => numeral(totals[severity])), numeral(entries)];
  });
  const rest = logs.length - rows.length;
  const more = rest > 0 ? [printable(`and ${counted(rest, 'other log', 'other logs')}`)] : [];
  return [...(await tableLines({ head, rows }, columns)), ...more];
}

/** A log of which less than this was understood is named. */
const fewUnderstood = 0.95;

/** How much was read and understood; no lines when nobody counted. */
export function coverageLines({ coverage }: Digest, { columns }: Look): readonly PrintableText[] {
  const lines = coverage.reduce((sum, log) => sum + log.lines, 0);
  if (lines === 0) return [];
  const dead = coverage.reduce((sum, log) => sum + log.dead, 0);
  const logs = counted(coverage.length, 'log', 'logs');
  const total = `Read ${counted(lines, 'line', 'lines')} of ${logs}, ${percentOf({ lines, dead })} understood.`;
  const doubtful = coverage.filter((log) => understood(log) < fewUnderstood).slice(0, maxLogs);
  const warnings = doubtful.map((log) => fitted(`  only ${percentOf(log)} of ${logIn(log.source)}`, columns));
  return [...wrapped(total, columns, 2), ...warnings];
}

function understood({ lines, dead }: Pick<Coverage, 'lines' | 'dead'>): number {
  return lines === 0 ? 1 : (lines - dead) / lines;
}

/** Rounded down, so that 100 % means all. */
function percentOf(counts: Pick<Coverage, 'lines' | 'dead'>): string {
  return `${numeral(Math.floor(understood(counts) * 1_000) / 10)} %`;
}

/** Whose rules these were, as their licences ask; no lines for lp's own. */
export function creditLines({ credits }: Digest, { columns }: Look): readonly PrintableText[] {
  if (credits.length === 0) return [];
  return wrapped(`Rules by ${credits.map(creditOf).join('; ')}.`, columns, 6);
}

function creditOf({ author, license, rules }: Credit): string {
  return `${author} (${counted(rules.length, 'rule', 'rules')}${license === undefined ? '' : `, ${license}`})`;
}
