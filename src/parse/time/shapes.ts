import { byteAt, isDigit, twoDigits } from './digits.ts';

/**
 * The shapes in which servers write a moment.
 *
 * - `clf`: `22/Nov/2026:13:36:00 +0100` (NCSA common log format)
 * - `syslog`: `Nov 22 13:36:00`, with no year and no zone (RFC 3164 §4.1.2); also `Nov 22 2026 13:36:00`
 * - `rfc3339`: `2026-11-22T13:36:00.123456+01:00`, with its `T` and its zone (RFC 3339 §5.6)
 * - `iso`: the same, also with a blank, a comma, or no zone (ISO 8601)
 * - `slashed`: `2026/11/22 13:36:00` (nginx error log)
 * - `asctime`: `Sun Nov 22 13:36:00.123456 2026` (Apache error log)
 */
export const stampShapes = ['clf', 'syslog', 'rfc3339', 'iso', 'slashed', 'asctime'] as const;

/** One of `stampShapes`. */
export type StampShape = (typeof stampShapes)[number];

/** What stands in a stamp, in numbers. One object is filled again and again: stamps are read a million times. */
export interface Moment {
  /** -1 where the stamp has no year. */
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** Minutes east of Greenwich, or `noZone`. */
  zoneMinutes: number;
}

/** The `zoneMinutes` of a stamp that names no zone. */
export const noZone = 0x7fff;

/** Reads a moment out of `bytes` from `at`: gives the position behind it, or -1 where none of this shape stands. */
export type StampReader = (bytes: Uint8Array, at: number, moment: Moment) => number;

/** The reader of each shape, in the order of `stampShapes`. */
export const stampReaders: readonly StampReader[] = [readClf, readSyslog, readRfc3339, readIso, readSlashed, readAsctime];

const dash = 0x2d;
const slash = 0x2f;
const colon = 0x3a;
const blank = 0x20;
const dot = 0x2e;
const comma = 0x2c;

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
  if (byteAt(bytes, at + 3) !== blank) return -1;
  const behind = readSyslog(bytes, at + 4, moment);
  if (behind < 0 || byteAt(bytes, behind) !== blank) return -1;
  moment.year = fourDigits(bytes, behind + 1);
  return moment.year < 0 ? -1 : behind + 5;
}

function readDate(bytes: Uint8Array, at: number, parting: number, moment: Moment): number {
  moment.year = fourDigits(bytes, at);
  moment.month = twoDigits(bytes, at + 5);
  moment.day = twoDigits(bytes, at + 8);
  if (moment.year < 0 || byteAt(bytes, at + 4) !== parting || byteAt(bytes, at + 7) !== parting) return -1;
  return at + 10;
}

function readDay(bytes: Uint8Array, at: number, moment: Moment): number {
  const tens = twoDigits(bytes, at);
  if (tens >= 0) {
    moment.day = tens;
    return at + 2;
  }
  const one = byteAt(bytes, at);
  if (!isDigit(one)) return -1;
  moment.day = one - 0x30;
  return at + 1;
}

/**
 * `13:36:00`, with decimals behind a point or comma; what follows milliseconds is read over. Like the zone, it is all there
 * or none of it is: one byte behind a stamp must tell that the stamp ends, so that the last one can be compared.
 */
function readClock(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.hour = twoDigits(bytes, at);
  moment.minute = twoDigits(bytes, at + 3);
  moment.second = twoDigits(bytes, at + 6);
  moment.millisecond = 0;
  if (byteAt(bytes, at + 2) !== colon || byteAt(bytes, at + 5) !== colon) return -1;
  let next = at + 8;
  const point = byteAt(bytes, next);
  if (point !== dot && point !== comma) return next;
  if (!isDigit(byteAt(bytes, next + 1))) return -1;
  for (let unit = 100; isDigit(byteAt(bytes, ++next)); unit /= 10) {
    if (unit >= 1) moment.millisecond += unit * (byteAt(bytes, next) - 0x30);
  }
  return next;
}

/** `Z`, `+01:00`, `+0100` or `+01`. */
function readZone(bytes: Uint8Array, at: number, moment: Moment): number {
  const sign = byteAt(bytes, at);
  if (sign === 0x5a || sign === 0x7a) {
    moment.zoneMinutes = 0;
    return at + 1;
  }
  if (!isZoneStart(sign)) return -1;
  const hours = twoDigits(bytes, at + 1);
  if (hours < 0 || hours > 14) return -1;
  const isShort = byteAt(bytes, at + 3) !== colon && !isDigit(byteAt(bytes, at + 3));
  const next = byteAt(bytes, at + 3) === colon ? at + 4 : at + 3;
  const minutes = isShort ? 0 : twoDigits(bytes, next);
  if (minutes < 0 || minutes > 59) return -1;
  const total = hours * 60 + minutes;
  moment.zoneMinutes = sign === dash ? -total : total;
  return isShort ? next : next + 2;
}

function isZoneStart(byte: number): boolean {
  return byte === 0x2b || byte === dash || byte === 0x5a || byte === 0x7a;
}

function fourDigits(bytes: Uint8Array, at: number): number {
  const high = twoDigits(bytes, at);
  const low = twoDigits(bytes, at + 2);
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}

const monthCodes = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, index) => [
    codeOf(Buffer.from(name), 0),
    index + 1,
  ]),
);

/** Three letters in any case, as one number. */
function codeOf(bytes: Uint8Array, at: number): number {
  return ((byteAt(bytes, at) | 0x20) << 16) | ((byteAt(bytes, at + 1) | 0x20) << 8) | (byteAt(bytes, at + 2) | 0x20);
}

function monthAt(bytes: Uint8Array, at: number): number {
  return monthCodes.get(codeOf(bytes, at)) ?? -1;
}
