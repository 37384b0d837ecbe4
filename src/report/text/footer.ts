import { joined, type PrintableText, printable } from '../../io/printable.ts';
import { type Credit, type Digest, sumOf } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { missesIn, percentOf, readWords, understood } from '../understanding.ts';
import { counted, entityIn, listed, logIn, modelWords, numeral, worstFirst } from '../words.ts';
import { fitted, widthOf, wrapped } from './layout.ts';
import { tableLines } from './table.ts';
import { totalsIn, totalsWords } from './words.ts';

/** What was found but not listed, and how to see it; no lines when all is listed. */
export function unlistedLines({ unlisted, groups, hasMoreGroups }: Digest, { style, columns }: Look): readonly PrintableText[] {
  if (sumOf(unlisted) === 0) return [];
  const way = hasMoreGroups ? `more with --limit ${Math.max(50, 2 * groups.length)}` : 'all with --format json';
  const advice = `(see ${way})`;
  const said = joined([printable('Not listed:'), joined(totalsIn(unlisted, style), ', ')], ' ');
  const fits = widthOf(`Not listed: ${totalsWords(unlisted)} ${advice}`) <= columns;
  return fits ? [joined([said, printable(advice)], ' ')] : [said, printable(`  ${advice}`)];
}

/** How much people have set aside; no lines when nothing is. */
export function hiddenLines({ hidden }: Digest, { columns }: Look): readonly PrintableText[] {
  const { resolved, false_positive: wrong, suppressed } = hidden;
  const parts = [
    suppressed > 0 ? [`${numeral(suppressed)} suppressed`] : [],
    resolved > 0 ? [`${numeral(resolved)} resolved`] : [],
    wrong > 0 ? [counted(wrong, 'false positive', 'false positives')] : [],
  ].flat();
  return parts.length === 0 ? [] : wrapped(`Set aside: ${parts.join(', ')} (see lp-triage list).`, columns, 2);
}

const maxGone = 5;

/** What was there in the time before and is not any more; no lines when nothing has gone, or nobody knows. */
export function goneLines({ earlier, since }: Digest, { columns, clock, style }: Look): readonly PrintableText[] {
  if (earlier === undefined || earlier.gone.length === 0) return [];
  const byTitle = new Map<string, string[]>();
  for (const finding of earlier.gone) byTitle.set(finding.title, [...(byTitle.get(finding.title) ?? []), entityIn(finding)]);
  const lines = [...byTitle]
    .slice(0, maxGone)
    .map(([title, names]) => fitted(`    ${title}: ${listed([...new Set(names)], 3)}`, columns));
  const rest = byTitle.size - lines.length;
  const more = rest > 0 ? [printable(`    and ${counted(rest, 'other matter', 'other matters')}`)] : [];
  return [style.bold(fitted(`Gone since ${clock.moment(since ?? earlier.since)}:`, columns)), ...lines, ...more];
}

const maxLogs = 15;

/** What was found in which log; no lines when there is but one log, or when sites are told of. */
export async function logLines({ logs, sites }: Digest, { columns }: Look): Promise<readonly PrintableText[]> {
  if (logs.length < 2 || sites.length > 0) return [];
  const head = ['Log', ...worstFirst, 'matches'];
  const shared = sharedFolder(logs.map(({ source }) => source)).length;
  const rows = logs.slice(0, maxLogs).map(({ source, totals, entries }): [string, ...string[]] => {
    return [
      logIn(source).slice(source.startsWith('/') ? shared : 0),
      ...worstFirst.map((severity) => numeral(totals[severity])),
      numeral(entries),
    ];
  });
  const rest = logs.length - rows.length;
  const more = rest > 0 ? [printable(`and ${counted(rest, 'other log', 'other logs')}`)] : [];
  return [...(await tableLines({ head, rows }, columns)), ...more];
}

/** The folder that all these paths begin with, and its slash; nothing when they have none in common. */
function sharedFolder(sources: readonly string[]): string {
  const paths = sources.filter((source) => source.startsWith('/'));
  const [first = ''] = paths;
  let end = first.lastIndexOf('/') + 1;
  while (end > 0 && !paths.every((path) => path.startsWith(first.slice(0, end)))) end = first.lastIndexOf('/', end - 2) + 1;
  return first.slice(0, end);
}

/** A log of which less than this was understood is named. */
const fewUnderstood = 0.95;

/** How much was read and understood, which services wrote errors, and which log is hard to read; no lines when nobody counted. */
export function coverageLines({ coverage, services }: Digest, { columns }: Look): readonly PrintableText[] {
  if (coverage.every(({ lines }) => lines === 0)) return [];
  const text = `${readWords(coverage)}${errorsIn(services)}.`;
  const doubtful = coverage.filter((log) => understood({ lines: log.lines, misses: missesIn(log) }) < fewUnderstood);
  const warnings = doubtful
    .slice(0, maxLogs)
    .map((log) => fitted(`  only ${percentOf({ lines: log.lines, misses: missesIn(log) })} of ${logIn(log.source)}`, columns));
  return [...wrapped(text, columns, 3), ...warnings];
}

function errorsIn(services: Digest['services']): string {
  const names = services.map(({ dataset, entries, errors }) => `${dataset} (${numeral(errors)} of ${numeral(entries)})`);
  return names.length === 0 ? '' : `; errors in ${listed(names, 6)}`;
}

/** What the language model did and cost, and where it failed; no lines when none was asked. */
export function modelLines({ model }: Digest, { columns }: Look): readonly PrintableText[] {
  return model === undefined ? [] : wrapped(modelWords(model), columns, 3);
}

/** Whose rules these were, as their licences ask; no lines for lp's own. */
export function creditLines({ credits }: Digest, { columns }: Look): readonly PrintableText[] {
  if (credits.length === 0) return [];
  return wrapped(`Rules by ${credits.map(creditOf).join('; ')}.`, columns, 6);
}

function creditOf({ author, license, rules }: Credit): string {
  return `${author} (${counted(rules.length, 'rule', 'rules')}${license === undefined ? '' : `, ${license}`})`;
}
