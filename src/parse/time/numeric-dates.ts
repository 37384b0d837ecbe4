import { byteAt, digitCount, isDigit, isLetter, numberOf, twoDigits } from './digits.ts';
import { readEpoch } from './epochs.ts';
import { readJoinedClock } from './loose-clock.ts';
import { type Moment, open } from './moment.ts';
import { anyMonthAt } from './months.ts';
import { fourDigits, fullYear, readDay } from './pieces.ts';

/*
 * Dates that start with a digit. How many digits stand first, and what parts them, tells what they are.
 */

const blank = 0x20;
const dash = 0x2d;
const dot = 0x2e;
const slash = 0x2f;
const colon = 0x3a;

/** A stamp that starts with a digit. */
export function readNumeric(bytes: Uint8Array, at: number, moment: Moment): number {
  const count = digitCount(bytes, at, 20);
  switch (count) {
    case 1:
    case 2:
      return readShortFirst(bytes, at, moment);
    case 4:
      return readYearFirst(bytes, at, moment);
    case 6:
    case 8:
    case 14:
      return readCompact(bytes, at, count, moment);
    default:
      return readEpoch(bytes, at, moment);
  }
}

/** `2026-11-22`, `2026/11/22`, `2026.11.22`, `2026:11:22`, `2026-Nov-22` or `2026 Nov 22`, and the clock. */
function readYearFirst(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.year = fourDigits(bytes, at);
  const parting = byteAt(bytes, at + 4);
  if (parting !== dash && parting !== slash && parting !== dot && parting !== colon && parting !== blank) return -1;
  const isNamed = isNameByte(byteAt(bytes, at + 5));
  if (parting === blank && !isNamed) return -1;
  const behind = isNamed ? readMonthName(bytes, at + 5, moment) : readMonthNumber(bytes, at + 5, moment);
  if (behind < 0 || byteAt(bytes, behind) !== parting) return -1;
  const clock = readDay(bytes, behind + 1, moment);
  return clock < 0 ? -1 : readJoinedClock(bytes, clock, moment);
}

/** `20261122 133600`, `20261122T133600.5Z`, `20261122-13:36:00`, `261122  1:36:00` (MySQL), `20261122133600`. */
function readCompact(bytes: Uint8Array, at: number, count: number, moment: Moment): number {
  const isShort = count === 6;
  moment.year = isShort ? fullYear(twoDigits(bytes, at)) : fourDigits(bytes, at);
  const month = at + (isShort ? 2 : 4);
  moment.month = twoDigits(bytes, month);
  moment.day = twoDigits(bytes, month + 2);
  if (count < 14) return readJoinedClock(bytes, at + count, moment);
  moment.hour = twoDigits(bytes, at + 8);
  moment.minute = twoDigits(bytes, at + 10);
  moment.second = twoDigits(bytes, at + 12);
  moment.millisecond = 0;
  return at + 14;
}

/** A day or month first: `22/Nov/2026`, `22-11-2026`, `11/22/26`, `22.11.2026`, `22 Nov 2026`, `11-22`, and the clock. */
function readShortFirst(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readDay(bytes, at, moment);
  const parting = byteAt(bytes, behind);
  if (parting !== dash && parting !== slash && parting !== dot && parting !== blank) return -1;
  if (isNameByte(byteAt(bytes, behind + 1))) return readNameSecond(bytes, behind + 1, parting, moment);
  if (parting === blank) return -1;
  const second = readMonthNumber(bytes, behind + 1, moment);
  if (second < 0) return -1;
  if (byteAt(bytes, second) !== parting) return readMonthAndDay(bytes, second, moment);
  if (parting === dot && byteAt(bytes, second + 1) === blank) return readJoinedClock(bytes, second + 1, moment);
  const isLong = digitCount(bytes, second + 1, 5) === 4;
  if (!isLong && digitCount(bytes, second + 1, 3) !== 2) return -1;
  moment.year = isLong ? fourDigits(bytes, second + 1) : fullYear(twoDigits(bytes, second + 1));
  // Points part dates where the day comes first.
  if (parting !== dot) moment.open = isLong ? open.dayFirst : open.allThree;
  return readJoinedClock(bytes, second + (isLong ? 5 : 3), moment);
}

/** `11-22 13:36:00` (Android), `11/22-13:36:00` (Snort) or `11.22 13:36:00`: without a year the month stands first. */
function readMonthAndDay(bytes: Uint8Array, behind: number, moment: Moment): number {
  const joint = byteAt(bytes, behind);
  if (joint !== blank && joint !== dash) return -1;
  moment.open = open.monthFirst;
  return readJoinedClock(bytes, behind, moment);
}

/** `Nov/2026`, `Nov-26`, `Nov 2026` or `Nov` alone, behind the day, and the clock. */
function readNameSecond(bytes: Uint8Array, at: number, parting: number, moment: Moment): number {
  const behind = readMonthName(bytes, at, moment);
  if (behind < 0) return -1;
  if (byteAt(bytes, behind) !== parting) return -1;
  const count = digitCount(bytes, behind + 1, 5);
  if (count === 4) moment.year = fourDigits(bytes, behind + 1);
  else if (count === 2 && parting !== blank) moment.year = fullYear(twoDigits(bytes, behind + 1));
  else return parting === blank ? readJoinedClock(bytes, behind, moment) : -1;
  return readJoinedClock(bytes, behind + 1 + count, moment);
}

/** A month's number of one or two digits. */
function readMonthNumber(bytes: Uint8Array, at: number, moment: Moment): number {
  const count = digitCount(bytes, at, 3);
  if (count !== 1 && count !== 2) return -1;
  moment.month = numberOf(bytes, at, count);
  return at + count;
}

const longestName = 12;

/** A month's name, short or in full, with the point behind a short one. */
export function readMonthName(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.month = anyMonthAt(bytes, at);
  if (moment.month < 0) return -1;
  let behind = at;
  while (isNameByte(byteAt(bytes, behind))) behind++;
  if (behind - at < 3 || behind - at > longestName) return -1;
  return byteAt(bytes, behind) === dot ? behind + 1 : behind;
}

function isNameByte(byte: number): boolean {
  return isLetter(byte) || byte >= 0x80;
}

/** A year of four digits, or two where `parting` joins it to the day: gives the place behind it, or -1. */
export function readYear(bytes: Uint8Array, at: number, moment: Moment): number {
  const count = digitCount(bytes, at, 5);
  if (count !== 4 && count !== 2) return -1;
  moment.year = count === 4 ? fourDigits(bytes, at) : fullYear(twoDigits(bytes, at));
  return isDigit(byteAt(bytes, at + count)) ? -1 : at + count;
}
