import { byteAt, isDigit, twoDigits } from './digits.ts';
import type { Moment } from './moment.ts';

/*
 * Hot path: the pieces that all shapes of stamps share. Each reads numbers where they must stand, with no strings made.
 */

const dash = 0x2d;
const colon = 0x3a;
const dot = 0x2e;
const comma = 0x2c;

/** `2026-11-22`, with `parting` for the dash. */
export function readDate(bytes: Uint8Array, at: number, parting: number, moment: Moment): number {
  moment.year = fourDigits(bytes, at);
  moment.month = twoDigits(bytes, at + 5);
  moment.day = twoDigits(bytes, at + 8);
  if (moment.year < 0 || byteAt(bytes, at + 4) !== parting || byteAt(bytes, at + 7) !== parting) return -1;
  return at + 10;
}

/** A day of one or two digits. */
export function readDay(bytes: Uint8Array, at: number, moment: Moment): number {
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
export function readClock(bytes: Uint8Array, at: number, moment: Moment): number {
  moment.hour = twoDigits(bytes, at);
  moment.minute = twoDigits(bytes, at + 3);
  moment.second = twoDigits(bytes, at + 6);
  moment.secondAt = at + 6;
  moment.millisecond = 0;
  if (byteAt(bytes, at + 2) !== colon || byteAt(bytes, at + 5) !== colon) return -1;
  const next = at + 8;
  const point = byteAt(bytes, next);
  if (point !== dot && point !== comma) return next;
  return isDigit(byteAt(bytes, next + 1)) ? readDecimals(bytes, next, moment) : -1;
}

/** The decimals behind the point or comma at `at`; there is one at least. */
export function readDecimals(bytes: Uint8Array, at: number, moment: Moment): number {
  let next = at;
  moment.millisecond = 0;
  for (let unit = 100; isDigit(byteAt(bytes, ++next)); unit /= 10) {
    if (unit >= 1) moment.millisecond += unit * (byteAt(bytes, next) - 0x30);
  }
  return next;
}

/** `Z`, `+01:00`, `+0100` or `+01`. */
export function readZone(bytes: Uint8Array, at: number, moment: Moment): number {
  const sign = byteAt(bytes, at);
  if (sign === 0x5a || sign === 0x7a) {
    moment.zoneMinutes = 0;
    return at + 1;
  }
  if (!isZoneStart(sign)) return -1;
  const hours = twoDigits(bytes, at + 1);
  if (hours < 0 || hours > 23) return -1;
  const isShort = byteAt(bytes, at + 3) !== colon && !isDigit(byteAt(bytes, at + 3));
  const next = byteAt(bytes, at + 3) === colon ? at + 4 : at + 3;
  const minutes = isShort ? 0 : twoDigits(bytes, next);
  if (minutes < 0 || minutes > 59) return -1;
  const total = hours * 60 + minutes;
  moment.zoneMinutes = sign === dash ? -total : total;
  return isShort ? next : next + 2;
}

/** Tells whether an offset from Greenwich may start with this byte. */
export function isZoneStart(byte: number): boolean {
  return byte === 0x2b || byte === dash || byte === 0x5a || byte === 0x7a;
}

/** The number that four digits make, or -1 where others stand. */
export function fourDigits(bytes: Uint8Array, at: number): number {
  const high = twoDigits(bytes, at);
  const low = twoDigits(bytes, at + 2);
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}

/** The year that two digits mean: 1970 to 2069. Source: POSIX strptime, %y, moved on by a year as logs started in 1970. */
export function fullYear(digits: number): number {
  return digits < 70 ? 2000 + digits : 1900 + digits;
}
