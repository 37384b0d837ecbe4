import type { Run } from '../../database/read.ts';
import { joined, type PrintableText, printable } from '../../io/printable.ts';
import type { Clock } from '../clock.ts';
import { type Choice, type Digest, type Emptiness, sumOf } from '../digest.ts';
import { membersOf } from '../groups.ts';
import type { Look } from '../renderer.ts';
import { counted, entityIn, numeral } from '../words.ts';
import { fitted, fittedEnd, widthOf, wrapped } from './layout.ts';
import { totalsIn, totalsWords } from './words.ts';

/** What matters in one sentence, without colour and of any length: `web1: 1 CRITICAL, 3 ERROR since yesterday 06:10`. */
export function verdictWords(digest: Digest, clock: Clock): string {
  const { host, empty } = digest;
  const what = whatIn(digest, clock);
  const when = empty === undefined ? periodOf(digest, clock) : '';
  const sentence = host === undefined ? `${what.charAt(0).toUpperCase()}${what.slice(1)}` : `${host}: ${what}`;
  return when === '' ? sentence : `${sentence} ${when}`;
}

function whatIn({ totals, empty }: Digest, clock: Clock): string {
  if (sumOf(totals) > 0) return totalsWords(totals);
  return empty === undefined ? 'nothing found' : emptyVerdict(empty, clock);
}

/** What matters in one line, with the time that it is about in another where it does not fit, and when that was said. */
export function verdictLines(digest: Digest, look: Look): readonly PrintableText[] {
  const { style, columns, clock } = look;
  const what = sumOf(digest.totals) === 0 ? nothing(digest, look) : joined(totalsIn(digest.totals, style), ', ');
  const width = widthOf(whatIn(digest, clock));
  const name = digest.host === undefined ? '' : `${hostIn(digest.host, columns - width - 2)}:`;
  const verdict = joined([...(name === '' ? [] : [style.bold(printable(name))]), what], ' ');
  const when = digest.empty === undefined ? periodOf(digest, clock) : '';
  const said = style.dim(fitted(whenWords(digest, clock), columns));
  if (when === '') return [verdict, said];
  const fits = widthOf(name) + 1 + width + 1 + widthOf(when) <= columns;
  return fits ? [joined([verdict, printable(when)], ' '), said] : [verdict, fitted(when, columns), said];
}

/** When this was said, and how many numbers the findings that the verdict counts are listed under, where these are fewer. */
export function whenWords({ now, totals, groups }: Digest, clock: Clock): string {
  const [all, shown] = [sumOf(totals), membersOf(groups).length];
  const when = `${clock.full(now)}, times in ${clock.zone}`;
  if (groups.length === 0 || groups.length >= all) return when;
  const which = shown >= all ? counted(all, 'finding', 'findings') : `${numeral(shown)} of ${numeral(all)} findings`;
  return `${when}; ${which} in ${counted(groups.length, 'group', 'groups')}`;
}

/** What was not there in the time before, the worst of it by name; no lines when nobody knows, or all is known. */
export function newLines({ groups, earlier }: Digest, { style, columns, clock }: Look): readonly PrintableText[] {
  if (earlier === undefined) return [];
  const fresh = groups.filter((group) => group.fresh !== undefined && group.fresh > 0);
  if (fresh.length === 0)
    return groups.length === 0
      ? []
      : [fitted(`Nothing new: all of it was there since ${clock.moment(earlier.since)} already.`, columns)];
  const names = fresh.slice(0, maxNamed).map(({ lead }) => `${lead.title} (${fitted(entityIn(lead), 40)})`);
  const rest = fresh.length - names.length;
  const text = `New: ${names.join('; ')}${rest === 0 ? '' : `; and ${counted(rest, 'other', 'others')}`}.`;
  return wrapped(text, columns, 3).map((line) => style.green(line));
}

/** What is critical, from before the report's time, and not set aside; no lines when nothing is. */
export function openLines({ earlier }: Digest, { style, columns, clock }: Look): readonly PrintableText[] {
  if (earlier === undefined || earlier.open.length === 0) return [];
  const names = earlier.open.slice(0, maxNamed).map((finding) => {
    return `${fitted(finding.title, 60)} (${fitted(entityIn(finding), 40)}), ${clock.moment(new Date(finding.last_seen))}`;
  });
  const rest = earlier.open.length - names.length;
  const others = rest === 0 ? '' : `; and ${counted(rest, 'other', 'others')}`;
  const advice = earlier.isTriaged ? ' (lp-triage resolve ends this)' : '';
  const text = `Still open, CRITICAL: ${names.join('; ')}${others}${advice}.`;
  return wrapped(text, columns, maxOpenLines).map((line) => style.bold(line));
}

/** All of the names, cut as they are, and what stands behind them, in 40 columns. */
const maxOpenLines = 16;

const maxNamed = 3;

const [narrowestHost, widestHost] = [12, 40];

/** Of a path, the end says most. */
function hostIn(host: string, room: number): PrintableText {
  const columns = Math.max(narrowestHost, Math.min(widestHost, room));
  return host.startsWith('/') ? fittedEnd(host, columns) : fitted(host, columns);
}

/** Only what was looked at can be good news. */
function nothing({ empty, host, since }: Digest, { style, clock, columns }: Look): PrintableText {
  const words = empty === undefined ? 'nothing found' : emptyVerdict(empty, clock);
  const start = host === undefined ? words.charAt(0).toUpperCase() : words.charAt(0);
  const text = fitted(`${start}${words.slice(1)}`, columns);
  const isFresh = empty?.of === 'runs' && (since === undefined || timeOf(empty.lastRun) >= since);
  return empty === undefined || isFresh ? style.green(text) : style.yellow(text);
}

function emptyVerdict(empty: Emptiness, clock: Clock): string {
  switch (empty.of) {
    case 'input':
      return 'nothing found: no finding came in';
    case 'database':
      return 'nothing has been stored yet';
    case 'runs':
      return `nothing found; last run ${empty.lastRun.endedAt === undefined ? 'began ' : ''}${clock.moment(timeOf(empty.lastRun))}`;
    case 'choice':
      return `no finding ${askedIn(empty)}`;
    default:
      return empty satisfies never;
  }
}

function timeOf({ startedAt, endedAt }: Run): Date {
  return endedAt ?? startedAt;
}

/** `of the rule "lp.x" about "203.0.113.5"` */
function askedIn({ rule, entity }: Choice): string {
  const parts = [rule === undefined ? [] : [`of the rule "${rule}"`], entity === undefined ? [] : [`about "${entity}"`]];
  return parts.flat().join(' ');
}

function hintFor(empty: Emptiness): string {
  switch (empty.of) {
    case 'input':
      return 'To see how many lines were read, run lp-parse with --stats.';
    case 'database':
      return 'No finding is in this database, and no run of lp-store is noted in it: lp-store fills it.';
    case 'runs':
      return 'No finding is in this database.';
    case 'choice':
      return `There are other findings, but none ${askedIn(empty)} at any time: look whether the name is right.`;
    default:
      return empty satisfies never;
  }
}

/** What to say when there is nothing to list: why that may be, or where to look. */
export function emptyLines(digest: Digest, { clock, columns }: Look): readonly PrintableText[] {
  const { empty, latest, since, now } = digest;
  if (empty !== undefined) return wrapped(hintFor(empty), columns, 3);
  if (latest === undefined) return [];
  const isEarlier = since !== undefined && latest < since;
  const days = Math.ceil((now.getTime() - latest.getTime()) / 86_400_000);
  const from = days > maxDaysAgo ? dateIn(latest) : `${days}d`;
  const advice = isEarlier ? `; see it with --since ${from}` : '';
  const which = digest.isFiltered ? 'of these' : 'of all';
  return wrapped(`The latest finding ${which} was seen ${clock.moment(latest)}${advice}.`, columns, 3);
}

/** Further back than this, people think in dates. */
const maxDaysAgo = 300;

/** The day as `--since` reads it: in the time of this machine, whatever the report's zone. */
function dateIn(moment: Date): string {
  const [month, day] = [moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${moment.getFullYear()}-${month}-${day}`;
}

function periodOf({ since, until }: Digest, clock: Clock): string {
  if (since !== undefined && until !== undefined) return `from ${clock.moment(since)} to ${clock.moment(until)}`;
  if (since !== undefined) return `since ${clock.moment(since)}`;
  return until === undefined ? '' : `before ${clock.moment(until)}`;
}
