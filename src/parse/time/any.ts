import { byteAt, isDigit, isLetter } from './digits.ts';
import { readAudit, readTai64n } from './epochs.ts';
import { clearMoment } from './loose-clock.ts';
import { type Moment, open } from './moment.ts';
import { readNamed } from './named-dates.ts';
import { readNumeric } from './numeric-dates.ts';
import { readTail } from './tails.ts';

const atSign = 0x40;

/**
 * Reads a stamp in any shape that is known; its first bytes tell which. Where the numbers could mean several dates:
 *
 * - `05/06/2026` is what a day above 12 has shown before in its source. Else the day stands first, but the month where a
 *   colon, a dash or an at sign joins the clock, or `AM` or `PM` stands behind it, or the other day would be in the future.
 * - `17/06/09` has its year last, unless the year first makes a later time that is not in the future.
 * - Without a year the month stands first.
 */
export function readAny(bytes: Uint8Array, at: number, moment: Moment): number {
  clearMoment(moment);
  const first = byteAt(bytes, at);
  if (isDigit(first)) return readNumeric(bytes, at, moment);
  if (first === atSign) return readTai64n(bytes, at, moment);
  if (!isLetter(first)) return -1;
  return isAudit(bytes, at) ? readAudit(bytes, at, moment) : readNamed(bytes, at, moment);
}

/** Tells whether `audit(` stands here: no month has its `ud`, and what follows is checked by its reader. */
function isAudit(bytes: Uint8Array, at: number): boolean {
  return byteAt(bytes, at + 2) === 0x64 && byteAt(bytes, at + 5) === 0x28 && byteAt(bytes, at + 1) === 0x75;
}

/** The same, with what belongs to it behind a blank: `PM`, a year, a zone; -1 where nothing of that stands. */
export function readAnyWithTail(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readAny(bytes, at, moment);
  if (behind < 0 || moment.open === open.epoch) return -1;
  const tail = readTail(bytes, behind, moment);
  return tail === behind ? -1 : tail;
}

/** The same as `readAny`, but for counts of time units. */
export function readAnyDate(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readAny(bytes, at, moment);
  return moment.open === open.epoch ? -1 : behind;
}
