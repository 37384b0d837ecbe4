import { joined, type PrintableText, printable } from '../../io/printable.ts';
import { type Digest, sumOf } from '../digest.ts';
import type { Look } from '../renderer.ts';
import { fitted, wrapped } from './layout.ts';
import { totalsIn } from './words.ts';

/** What matters in one line, and when that was said. */
export function verdictLines(digest: Digest, look: Look): readonly PrintableText[] {
  const { style, columns, clock } = look;
  const host = style.bold(printable(`${fitted(digest.host, 30)}:`));
  const what =
    sumOf(digest.totals) === 0 ? style.green(printable('nothing found')) : joined(totalsIn(digest.totals, style), ', ');
  const when = periodOf(digest, look);
  const said = `${clock.full(digest.now)}, times in ${clock.zone}`;
  return [joined([host, what, ...(when === '' ? [] : [printable(when)])], ' '), style.dim(fitted(said, columns))];
}

/** What to say when there is nothing to list: that this is good, or where to look. */
export function emptyLines({ latest, since, now }: Digest, { clock, columns }: Look): readonly PrintableText[] {
  if (latest === undefined)
    return wrapped('There are no findings at all: all is well, or nothing has been read yet.', columns, 3);
  const isEarlier = since !== undefined && latest < since;
  const days = Math.ceil((now.getTime() - latest.getTime()) / 86_400_000);
  const advice = isEarlier ? `; see it with --since ${days}d` : '';
  return wrapped(`The latest finding of all was seen ${clock.moment(latest)}${advice}.`, columns, 3);
}

function periodOf({ since, until }: Digest, { clock }: Look): string {
  if (since !== undefined && until !== undefined) return `from ${clock.moment(since)} to ${clock.moment(until)}`;
  if (since !== undefined) return `since ${clock.moment(since)}`;
  return until === undefined ? '' : `before ${clock.moment(until)}`;
}
