import { byteAt, digitCount, isDigit, isLetter, numberOf } from './digits.ts';
import { type Moment, open } from './moment.ts';
import { readDecimals } from './pieces.ts';

/*
 * Moments as counts since 1970. A number is only taken for one when it is as long as those of this century.
 */

const dot = 0x2e;
const comma = 0x2c;
const colon = 0x3a;
const bracket = 0x29;
const dash = 0x2d;

/** September 2001, from when on seconds have ten digits, and the year 2100. */
const firstSecond = 1e9;
const lastSecond = 4_102_444_800;

/** `1795354560`, `1795354560.25`, or 13, 16 or 19 digits of milli-, micro- or nanoseconds. */
export function readEpoch(bytes: Uint8Array, at: number, moment: Moment): number {
  const count = digitCount(bytes, at, 20);
  if (count !== 10 && count !== 13 && count !== 16 && count !== 19) return -1;
  const seconds = numberOf(bytes, at, 10);
  if (seconds < firstSecond || seconds >= lastSecond) return -1;
  moment.millisecond = count === 10 ? 0 : numberOf(bytes, at + 10, 3);
  let behind = at + count;
  const point = byteAt(bytes, behind);
  if ((point === dot || point === comma) && isDigit(byteAt(bytes, behind + 1))) {
    if (count !== 10) return -1;
    behind = readDecimals(bytes, behind, moment);
  }
  moment.open = open.epoch;
  moment.epochMs = seconds * 1000 + moment.millisecond;
  return isPartOfMore(byteAt(bytes, behind)) ? -1 : behind;
}

/** Names, versions and addresses have numbers in them too. */
function isPartOfMore(byte: number): boolean {
  return isLetter(byte) || isDigit(byte) || byte === dot || byte === dash || byte === 0x5f || byte === 0x2f || byte === 0x40;
}

/** `audit(1795354560.123:987)`. Source: Linux, kernel/audit.c, audit_log_start. */
export function readAudit(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readEpoch(bytes, at + 'audit('.length, moment);
  if (behind < 0 || byteAt(bytes, behind) !== colon) return -1;
  const close = behind + 1 + digitCount(bytes, behind + 1, 20);
  return byteAt(bytes, close) === bracket ? close + 1 : -1;
}

/**
 * `@40000000` and 16 more hexadecimal digits: seconds and nanoseconds. The seconds are read as those since 1970, as fail2ban
 * does: writers add 10 (daemontools) or all leap seconds, and a line does not tell which. Source: cr.yp.to/libtai/tai64.html.
 */
export function readTai64n(bytes: Uint8Array, at: number, moment: Moment): number {
  if (hexadecimal(bytes, at + 1) !== 0x40000000) return -1;
  const seconds = hexadecimal(bytes, at + 9);
  if (seconds < firstSecond || seconds >= lastSecond) return -1;
  const nanoseconds = hexadecimal(bytes, at + 17);
  moment.open = open.epoch;
  moment.epochMs = seconds * 1000 + (nanoseconds < 0 ? 0 : Math.floor(nanoseconds / 1e6) % 1000);
  const behind = at + (nanoseconds < 0 ? 17 : 25);
  return isPartOfMore(byteAt(bytes, behind)) ? -1 : behind;
}

/** The number that eight hexadecimal digits make, or -1 where others stand. */
function hexadecimal(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = byteAt(bytes, at + index);
    const small = byte | 0x20;
    if (isDigit(byte)) value = value * 16 + byte - 0x30;
    else if (small >= 0x61 && small <= 0x66) value = value * 16 + small - 0x57;
    else return -1;
  }
  return value;
}
