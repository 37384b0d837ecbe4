import { readAny, readAnyDate, readAnyWithTail } from './any.ts';
import { byteAt, twoDigits } from './digits.ts';
import { readEpoch } from './epochs.ts';
import { type Moment, noZone, open, type StampReader } from './moment.ts';
import { monthAt } from './months.ts';
import { isWeekday } from './named-dates.ts';
import { fourDigits, isZoneStart, readClock, readDate, readDay, readZone } from './pieces.ts';

/**
 * The shapes in which servers write a moment.
 *
 * - `clf`: `22/Nov/2026:13:36:00 +0100` (NCSA common log format)
 * - `syslog`: `Nov 22 13:36:00`, with no year and no zone (RFC 3164 §4.1.2); also `Nov 22 2026 13:36:00`
 * - `rfc3339`: `2026-11-22T13:36:00.123456+01:00`, with its `T` and its zone (RFC 3339 §5.6)
 * - `iso`: the same, also with a blank, a comma, or no zone (ISO 8601)
 * - `slashed`: `2026/11/22 13:36:00` (nginx error log)
 * - `asctime`: `Sun Nov 22 13:36:00.123456 2026` (Apache error log)
 * - `epoch`: `1795354560`, with decimals, or in milli-, micro- or nanoseconds
 * - `any`: a moment in any of these shapes, and in those of `readAny`
 * - `anyWithTail`: the same, and behind a blank what belongs to it: `PM`, a year, `+0100`, `CET`, `Europe/Berlin`.
 *   What may be there or not takes both, this one first: `oneOf([stamp('anyWithTail')], [stamp('any')])`
 * - `clock`: `13:36:00`, with decimals, on the latest day on which it is not in the future
 * - `monthDay`: `1122 13:36:00.692994`, with no year and no zone (klog)
 * - `anyDate`, `anyDateWithTail`: the same, but for mere numbers, such as epochs, that mean something else in most places
 */
export const stampShapes = [
  'clf',
  'syslog',
  'rfc3339',
  'iso',
  'slashed',
  'asctime',
  'epoch',
  'any',
  'anyWithTail',
  'anyDate',
  'anyDateWithTail',
  'clock',
  'monthDay',
] as const;

/** One of `stampShapes`. */
export type StampShape = (typeof stampShapes)[number];

/** The reader of each shape, in the order of `stampShapes`. */
export const stampReaders: readonly StampReader[] = [
  readClf,
  readSyslog,
  readRfc3339,
  readIso,
  readSlashed,
  readAsctime,
  readEpoch,
  readAny,
  readAnyWithTail,
  readAnyDate,
  // A tail makes a date of what might else be a mere count.
  readAnyWithTail,
  readClockAlone,
  readMonthDay,
];

const dash = 0x2d;
const slash = 0x2f;
const colon = 0x3a;
const blank = 0x20;

function readClockAlone(bytes: Uint8Array, at: number, moment: Moment): number {
  if (byteAt(bytes, at + 2) !== colon || byteAt(bytes, at + 5) !== colon) return -1;
  moment.year = -1;
  moment.open = open.day;
  moment.zoneMinutes = noZone;
  return readClock(bytes, at, moment);
}

function readMonthDay(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.month = twoDigits(bytes, at);
  moment.day = twoDigits(bytes, at + 2);
  if (byteAt(bytes, at + 4) !== blank) return -1;
  moment.year = -1;
  moment.zoneMinutes = noZone;
  return readClock(bytes, at + 5, moment);
}

function readClf(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.day = twoDigits(bytes, at);
  moment.month = monthAt(bytes, at + 3);
  moment.year = fourDigits(bytes, at + 7);
  if (byteAt(bytes, at + 2) !== slash || byteAt(bytes, at + 6) !== slash || byteAt(bytes, at + 11) !== colon) return -1;
  if (moment.year < 0) return -1;
  const behind = readClock(bytes, at + 12, moment);
  if (behind < 0 || byteAt(bytes, behind) !== blank) return -1;
  return readZone(bytes, behind + 1, moment);
}

function readSyslog(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.month = monthAt(bytes, at);
  if (moment.month < 0 || byteAt(bytes, at + 3) !== blank) return -1;
  let next = at + 4;
  if (byteAt(bytes, next) === blank) next++;
  next = readDay(bytes, next, moment);
  if (next < 0 || byteAt(bytes, next) !== blank) return -1;
  next++;
  moment.year = byteAt(bytes, next + 4) === blank ? fourDigits(bytes, next) : -1;
  if (moment.year >= 0) next += 5;
  moment.zoneMinutes = noZone;
  return readClock(bytes, next, moment);
}

function readIso(bytes: Uint8Array, at: number, moment: Moment): number {
  const clock = readDate(bytes, at, dash, moment);
  const parting = byteAt(bytes, clock);
  if (clock < 0 || (parting !== 0x54 && parting !== 0x74 && parting !== blank)) return -1;
  const behind = readClock(bytes, clock + 1, moment);
  if (behind < 0) return -1;
  moment.zoneMinutes = noZone;
  return isZoneStart(byteAt(bytes, behind)) ? readZone(bytes, behind, moment) : behind;
}

function readRfc3339(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readIso(bytes, at, moment);
  return moment.zoneMinutes === noZone || (byteAt(bytes, at + 10) | 0x20) !== 0x74 ? -1 : behind;
}

function readSlashed(bytes: Uint8Array, at: number, moment: Moment): number {
  const clock = readDate(bytes, at, slash, moment);
  if (clock < 0 || byteAt(bytes, clock) !== blank) return -1;
  moment.zoneMinutes = noZone;
  return readClock(bytes, clock + 1, moment);
}

function readAsctime(bytes: Uint8Array, at: number, moment: Moment): number {
  if (byteAt(bytes, at + 3) !== blank || !isWeekday(bytes, at)) return -1;
  const behind = readSyslog(bytes, at + 4, moment);
  if (behind < 0 || byteAt(bytes, behind) !== blank) return -1;
  moment.year = fourDigits(bytes, behind + 1);
  return moment.year < 0 ? -1 : behind + 5;
}
