import { byteAt, digitCount, isDigit, isLetter } from './digits.ts';
import { readJoinedClock } from './loose-clock.ts';
import type { Moment } from './moment.ts';
import { codeOf } from './months.ts';
import { readMonthName, readNumeric, readYear } from './numeric-dates.ts';
import { readDay } from './pieces.ts';
import { readAbbreviation } from './zone-names.ts';

/*
 * Dates that start with a name: of a month, of a day of the week, or of a zone.
 */

const blank = 0x20;
const comma = 0x2c;
const dash = 0x2d;
const dot = 0x2e;
const slash = 0x2f;
const colon = 0x3a;

/** How days of the week start in English, German, French, Spanish and Italian, but where a month starts so. */
export const weekdayCodes: ReadonlySet<number> = new Set(
  [
    ...['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    ...['die', 'mit', 'don', 'fre', 'sam', 'son'],
    ...['lun', 'mer', 'jeu', 'ven', 'dim'],
    ...['mié', 'jue', 'vie', 'sáb', 'dom', 'gio', 'sab'],
  ].map((name) => codeOf(Buffer.from(name), 0)),
);

/** Tells whether the name of a day of the week starts here. */
export function isWeekday(bytes: Uint8Array, at: number): boolean {
  return weekdayCodes.has(codeOf(bytes, at));
}

/** A stamp that starts with a name. */
export function readNamed(bytes: Uint8Array, at: number, moment: Moment): number {
  const start = behindFirstNames(bytes, at, moment);
  return isDigit(byteAt(bytes, start)) ? readNumeric(bytes, start, moment) : readMonthFirst(bytes, start, moment);
}

/** Goes over a day of the week and a zone, as in `CEST Aug  6 10:14:52`. */
function behindFirstNames(bytes: Uint8Array, at: number, moment: Moment): number {
  if (isWeekday(bytes, at)) return behindWord(bytes, at);
  const behind = readAbbreviation(bytes, at, moment);
  return behind > 0 && byteAt(bytes, behind) === blank ? behind + 1 : at;
}

function behindWord(bytes: Uint8Array, at: number): number {
  let next = at;
  while (isLetter(byteAt(bytes, next)) || byteAt(bytes, next) >= 0x80) next++;
  while (byteAt(bytes, next) === comma || byteAt(bytes, next) === dot) next++;
  while (byteAt(bytes, next) === blank) next++;
  return next;
}

/** `Nov 22 13:36:00`, `Nov 22 2026 13:36:00`, `November 22, 2026 1:36:00` or `Nov-22-26 13:36:00`. */
function readMonthFirst(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readMonthName(bytes, at, moment);
  if (behind < 0) return -1;
  const parting = byteAt(bytes, behind);
  if (parting !== blank && parting !== dash && parting !== slash) return -1;
  const day = parting === blank && byteAt(bytes, behind + 1) === blank ? behind + 2 : behind + 1;
  const next = readDay(bytes, day, moment);
  if (next < 0) return -1;
  if (parting !== blank) {
    const clock = byteAt(bytes, next) === parting ? readYear(bytes, next + 1, moment) : -1;
    return clock < 0 ? -1 : readJoinedClock(bytes, clock, moment);
  }
  return readJoinedClock(bytes, behindYear(bytes, next, moment), moment);
}

/** ` 2026` or `, 2026`, if it stands there. */
function behindYear(bytes: Uint8Array, at: number, moment: Moment): number {
  const year = byteAt(bytes, at) === comma ? at + 1 : at;
  if (byteAt(bytes, year) !== blank || digitCount(bytes, year + 1, 5) !== 4 || byteAt(bytes, year + 5) === colon) return at;
  const behind = readYear(bytes, year + 1, moment);
  return behind < 0 ? at : behind;
}
