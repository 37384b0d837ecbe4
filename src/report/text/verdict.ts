import { joined, type PrintableText, printable } from '../../io/printable.ts';
import { type Digest, type Emptiness, sumOf } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { fitted, fittedEnd, wrapped } from './layout.ts';
import { totalsIn } from './words.ts';

/** What matters in one line, and when that was said. */
export function verdictLines(digest: Digest, look: Look): readonly PrintableText[] {
  const { style, columns, clock } = look;
  const host = digest.host === undefined ? [] : [style.bold(printable(`${hostIn(digest.host)}:`))];
  const what = sumOf(digest.totals) === 0 ? nothing(digest, look) : joined(totalsIn(digest.totals, style), ', ');
  const when = digest.empty === undefined ? periodOf(digest, look) : '';
  const said = `${clock.full(digest.now)}, times in ${clock.zone}`;
  return [joined([...host, what, ...(when === '' ? [] : [printable(when)])], ' '), style.dim(fitted(said, columns))];
}

const widestHost = 40;

/** Of a path, the end says most. */
function hostIn(host: string): PrintableText {
  return host.startsWith('/') ? fittedEnd(host, widestHost) : fitted(host, widestHost);
}

/** Only what was looked at can be good news. */
function nothing({ empty, host }: Digest, { style }: Look): PrintableText {
  const words = empty === undefined ? 'nothing found' : empty === 'input' ? 'nothing read' : 'nothing stored yet';
  const start = host === undefined ? words.charAt(0).toUpperCase() : words.charAt(0);
  const text = printable(`${start}${words.slice(1)}`);
  return empty === undefined ? style.green(text) : style.yellow(text);
}

const emptiness: Readonly<Record<Emptiness, string>> = {
  input: 'Standard input was empty: the commands before lp-report have read nothing, or found nothing.',
  database: 'No finding has been stored in this database yet: lp-store fills it.',
};

/** What to say when there is nothing to list: why that may be, or where to look. */
export function emptyLines({ empty, latest, since, now }: Digest, { clock, columns }: Look): readonly PrintableText[] {
  if (empty !== undefined) return wrapped(emptiness[empty], columns, 3);
  if (latest === undefined) return [];
  const isEarlier = since !== undefined && latest < since;
  const days = Math.ceil((now.getTime() - latest.getTime()) / 86_400_000);
  const from = days > maxDaysAgo ? dateIn(latest) : `${days}d`;
  const advice = isEarlier ? `; see it with --since ${from}` : '';
  return wrapped(`The latest finding of all was seen ${clock.moment(latest)}${advice}.`, columns, 3);
}

/** Further back than this, people think in dates. */
const maxDaysAgo = 300;

/** The day as `--since` reads it: in the time of this machine, whatever the report's zone. */
function dateIn(moment: Date): string {
  const [month, day] = [moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${moment.getFullYear()}-${month}-${day}`;
}

function periodOf({ since, until }: Digest, { clock }: Look): string {
  if (since !== undefined && until !== undefined) return `from ${clock.moment(since)} to ${clock.moment(until)}`;
  if (since !== undefined) return `since ${clock.moment(since)}`;
  return until === undefined ? '' : `before ${clock.moment(until)}`;
}
