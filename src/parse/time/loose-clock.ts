import { byteAt, digitCount, isDigit, isLetter, numberOf, twoDigits } from './digits.ts';
import { type Moment, noZone, open } from './moment.ts';
import { isZoneStart, readDecimals, readZone } from './pieces.ts';

/*
 * The clock of a stamp, and what joins it to the date, in all the ways in which programs write them.
 */

const tab = 0x09;
const blank = 0x20;
const comma = 0x2c;
const dash = 0x2d;
const dot = 0x2e;
const colon = 0x3a;
const atSign = 0x40;

/** Firewalls write `date=2026-11-22 time=13:36:00`. */
const timeKey = [...Buffer.from('time=')];

/** What joins date and clock, and the clock: ` 13:36:00`, `T133600Z`, `:13:36:00.5`, `, 1:36:00`, ` - 13:36`. */
export function readJoinedClock(bytes: Uint8Array, at: number, moment: Moment): number {
  const joint = byteAt(bytes, at);
  // Where a colon, a dash or an at sign joins them, programs from the United States have written it: cPanel, Snort, MailScanner.
  if ((joint === colon || joint === dash || joint === atSign) && moment.open === open.dayFirst) moment.open = open.monthFirst;
  const behind = behindJoint(bytes, at);
  return behind < 0 ? -1 : readLooseClock(bytes, behind, moment);
}

function behindJoint(bytes: Uint8Array, at: number): number {
  const joint = byteAt(bytes, at);
  const next = joint === comma ? at + 1 : at;
  if (byteAt(bytes, next) === blank) return behindBlanks(bytes, next + 1);
  if (next > at && isDigit(byteAt(bytes, next))) return next;
  const isSign = joint === tab || joint === colon || joint === dash || joint === 0x5f || joint === atSign;
  return isSign || joint === 0x54 || joint === 0x74 ? at + 1 : -1;
}

/** Behind `- `, `@ `, `at ` or `time=`, or the blank in the place of the hour's first digit. */
function behindBlanks(bytes: Uint8Array, at: number): number {
  const first = byteAt(bytes, at);
  if (first === blank) return at + 1;
  if (first === 0x74 && timeKey.every((byte, index) => byteAt(bytes, at + index) === byte)) return at + timeKey.length;
  const word = first === dash || first === atSign ? 1 : first === 0x61 && byteAt(bytes, at + 1) === 0x74 ? 2 : 0;
  return word > 0 && byteAt(bytes, at + word) === blank ? at + word + 1 : at;
}

/** A clock of one or two digits for the hour, with what is glued to it: decimals, `PM`, a zone. */
function readLooseClock(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.millisecond = 0;
  const behind = readTime(bytes, at, moment);
  if (behind < 0) return -1;
  return readGlued(bytes, readFraction(bytes, behind, moment), moment);
}

/** `13:36:00`, `9:36:00`, `13.36.00`, `133600`; and `13:36` where a whole date stands before it. */
function readTime(bytes: Uint8Array, at: number, moment: Moment): number {
  const count = digitCount(bytes, at, 7);
  if (count === 6) {
    moment.hour = twoDigits(bytes, at);
    moment.minute = twoDigits(bytes, at + 2);
    moment.second = twoDigits(bytes, at + 4);
    return at + 6;
  }
  if (count !== 1 && count !== 2) return -1;
  moment.hour = numberOf(bytes, at, count);
  const minute = at + count + 1;
  const parting = byteAt(bytes, minute - 1);
  moment.minute = twoDigits(bytes, minute);
  if ((parting !== colon && parting !== dot) || moment.minute < 0) return -1;
  moment.second = byteAt(bytes, minute + 2) === parting ? twoDigits(bytes, minute + 3) : -1;
  if (moment.second >= 0) {
    moment.secondAt = minute + 3;
    return minute + 5;
  }
  if (moment.year < 0 || parting !== colon || byteAt(bytes, minute + 2) === colon || isDigit(byteAt(bytes, minute + 2)))
    return -1;
  moment.second = 0;
  return minute + 2;
}

/** `.123456`, `,123`, `:123`; a comma that ends the stamp belongs to it. */
function readFraction(bytes: Uint8Array, at: number, moment: Moment): number {
  const point = byteAt(bytes, at);
  const hasDigit = isDigit(byteAt(bytes, at + 1));
  if (point === dot || point === comma) return hasDigit ? readDecimals(bytes, at, moment) : at + (point === comma ? 1 : 0);
  if (point !== colon || digitCount(bytes, at + 1, 4) !== 3) return at;
  return byteAt(bytes, at + 4) === colon ? at : readDecimals(bytes, at, moment);
}

function readGlued(bytes: Uint8Array, at: number, moment: Moment): number {
  const next = readMeridiem(bytes, at, moment);
  const sign = byteAt(bytes, next);
  if (!isZoneStart(sign)) return next;
  const zoneMinutes = moment.zoneMinutes;
  const behind = readZone(bytes, next, moment);
  if (behind >= 0 && !isLetter(byteAt(bytes, behind)) && !isDigit(byteAt(bytes, behind))) return behind;
  moment.zoneMinutes = zoneMinutes;
  return next;
}

/** `AM` or `pm` right here: gives the place behind it, or `at` where there is none, or it is part of a word. */
export function readMeridiem(bytes: Uint8Array, at: number, moment: Moment): number {
  const half = byteAt(bytes, at) | 0x20;
  if ((half !== 0x61 && half !== 0x70) || (byteAt(bytes, at + 1) | 0x20) !== 0x6d) return at;
  if (isLetter(byteAt(bytes, at + 2)) || moment.hour < 1 || moment.hour > 12) return at;
  moment.hour = (moment.hour % 12) + (half === 0x70 ? 12 : 0);
  // Twelve-hour clocks come with the month first.
  if (moment.open === open.dayFirst) moment.open = open.monthFirst;
  return at + 2;
}

/** Forgets what an earlier stamp has left. */
export function clearMoment(moment: Moment): void {
  moment.year = -1;
  moment.zoneMinutes = noZone;
}
