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
export function emptyLines({ latest, now }: Digest, { clock, columns }: Look): readonly PrintableText[] {
  if (latest === undefined) {
    return wrapped('There are no findings at all: either all is well, or nothing has come through the pipe yet.', columns, 3);
  }
  const days = Math.max(1, Math.ceil((now.getTime() - latest.getTime()) / 86_400_000));
  const where = `The latest finding that is stored was seen ${clock.moment(latest)}; --since ${days}d shows more.`;
  return wrapped(where, columns, 3);
}

function periodOf({ since, until }: Digest, { clock }: Look): string {
  if (since !== undefined && until !== undefined) return `from ${clock.moment(since)} to ${clock.moment(until)}`;
  if (since !== undefined) return `since ${clock.moment(since)}`;
  return until === undefined ? '' : `before ${clock.moment(until)}`;
}
