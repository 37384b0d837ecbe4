import { DateOrder } from './date-order.ts';
import { byteAt } from './digits.ts';
import { emptyMoment, type Moment, noZone, open } from './moment.ts';
import { stampReaders, stampShapes } from './shapes.ts';
import type { Zone } from './zone.ts';

/*
 * Hot path: a stamp is read from bytes and written to bytes. Lines of the same second have the same stamp, so the last
 * one is kept and compared first.
 */

/** How far a time can be trusted; the numbers index `qualityNames`. */
export const quality = { exact: 0, assumedZone: 1, assumedYear: 2, observed: 3 } as const;

/** What the wire says for each quality; nothing for an exact time. */
export const qualityNames = [undefined, 'assumed_zone', 'assumed_year', 'observed'] as const;

/** What stamps that say too little are completed with. */
export interface ClockOptions {
  readonly zone: Zone;
  /** True when a person has named the zone, so that it is not a guess. */
  readonly isZoneKnown: boolean;
  /** The time that year-less stamps are near to and not after, in ms. */
  readonly anchorMs: () => number;
}

const dayMs = 86_400_000;
/** The year 10000, which RFC 3339 cannot write. */
const endMs = 253_402_300_800_000;
const textLength = 24;
const longestStamp = 48;
/** How far behind a stamp its readers look for more of it: decimals, a zone. */
const longestLookahead = 8;

/** The same for each shape: what ends where it must is told by one byte. The kernel has the same numbers. */
export const lookaheads: readonly number[] = stampShapes.map((shape) => (shape.startsWith('any') ? longestLookahead : 1));

/** Reads stamps. What it read last stands in `text` and `quality`. */
export class Clock {
  /** The time read last, as 24 bytes of RFC 3339. */
  readonly text = Buffer.alloc(textLength);
  /** One of `quality`. */
  quality = 0;
  /**
   * Where in the stamp that was read last its second stands, counted from its start; -1 where another second, in the same
   * place, would not be just another second of the time.
   */
  secondIn = -1;
  readonly #moment = emptyMoment();
  readonly #order = new DateOrder();
  readonly #last = Buffer.alloc(longestStamp + longestLookahead);
  #lastLength = 0;
  /** Length of the last stamp, and of what behind it tells that it ends there. */
  #comparedLength = 0;
  #lastShape = -1;
  #options: ClockOptions;

  constructor(options: ClockOptions) {
    this.#options = options;
  }

  /** Changes what stamps are completed with. */
  configure(options: ClockOptions): void {
    this.#options = options;
    this.#order.forget();
    this.#lastShape = -1;
  }

  /** Reads a stamp of a shape (its place in `stampShapes`): gives the position behind it, or -1. */
  read(shape: number, bytes: Uint8Array, at: number): number {
    if (shape === this.#lastShape && this.#isSame(bytes, at)) return at + this.#lastLength;
    this.#lastShape = -1;
    const moment = this.#moment;
    moment.open = open.nothing;
    moment.zone = undefined;
    moment.secondAt = -1;
    const behind = stampReaders[shape]?.(bytes, at, moment) ?? -1;
    if (behind < 0) return -1;
    const ms = moment.open === open.nothing ? this.#resolve() : this.#resolveOpen();
    if (ms < 0 || ms >= endMs) return -1;
    writeTime(ms, this.text);
    const isPlain =
      stampShapes[shape] !== 'clock' &&
      moment.secondAt >= at &&
      moment.open !== open.epoch &&
      Math.floor(ms / 1000) % 60 === moment.second;
    this.secondIn = isPlain ? moment.secondAt - at : -1;
    if (behind - at < longestStamp) this.#keep(shape, bytes, at, behind);
    return behind;
  }

  /** Takes a time in ms since 1970 as read. False when it is none that RFC 3339 can write. */
  take(ms: number, howGood: number): boolean {
    if (!(ms >= 0 && ms < endMs)) return false;
    this.#lastShape = -1;
    this.quality = howGood;
    writeTime(Math.floor(ms), this.text);
    return true;
  }

  /** Takes back what was read before: a time as it stood in `text`, and how good it is. */
  put(text: Uint8Array, howGood: number): void {
    this.#lastShape = -1;
    this.quality = howGood;
    this.text.set(text);
  }

  #isSame(bytes: Uint8Array, at: number): boolean {
    // More than the stamp is compared, so that a longer stamp with the same start is not taken for it.
    for (let index = 0; index < this.#comparedLength; index++) {
      if (byteAt(bytes, at + index) !== byteAt(this.#last, index)) return false;
    }
    return true;
  }

  #keep(shape: number, bytes: Uint8Array, at: number, behind: number): void {
    this.#lastShape = shape;
    this.#lastLength = behind - at;
    this.#comparedLength = behind - at + (lookaheads[shape] ?? longestLookahead);
    for (let index = 0; index < this.#comparedLength; index++) this.#last[index] = byteAt(bytes, at + index);
  }

  /** The time in ms since 1970, or -1 for a day that does not exist. */
  #resolve(): number {
    const moment = this.#moment;
    if (!isPossible(moment)) return -1;
    if (moment.year >= 0) {
      const isAssumed = moment.zoneMinutes === noZone && moment.zone === undefined && !this.#options.isZoneKnown;
      this.quality = isAssumed ? quality.assumedZone : quality.exact;
      return this.#toUtc(moment.year);
    }
    this.quality = quality.assumedYear;
    return this.#toUtc(this.#likelyYear());
  }

  #resolveOpen(): number {
    const moment = this.#moment;
    if (moment.open === open.epoch) {
      this.quality = quality.exact;
      return moment.epochMs;
    }
    if (moment.open === open.day) return this.#latestDay();
    this.#order.settle(moment, { timeOf: () => this.#resolve(), latestMs: this.#options.anchorMs() + dayMs });
    return this.#resolve();
  }

  /** The last time at which clocks have shown this. */
  #latestDay(): number {
    const moment = this.#moment;
    this.quality = quality.assumedYear;
    for (const day of [1, 0, -1, -2]) {
      const date = new Date(this.#options.anchorMs() + day * dayMs);
      moment.month = date.getUTCMonth() + 1;
      moment.day = date.getUTCDate();
      if (!isPossible(moment)) return -1;
      const ms = this.#toUtc(date.getUTCFullYear());
      if (ms <= this.#options.anchorMs()) return ms;
    }
    return -1;
  }

  /** The latest year in which the stamp is no more than a day in the future, and a day that exists. */
  #likelyYear(): number {
    const anchorMs = this.#options.anchorMs();
    const latest = new Date(anchorMs + 2 * dayMs).getUTCFullYear();
    for (let year = latest; year > latest - 9; year--) {
      if (this.#moment.month === 2 && this.#moment.day === 29 && !isLeap(year)) continue;
      if (this.#toUtc(year) <= anchorMs + dayMs) return year;
    }
    return latest;
  }

  #toUtc(year: number): number {
    const { month, day, hour, minute, second, millisecond, zoneMinutes, zone } = this.#moment;
    const wallMs = daysSince1970(year, month, day) * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond;
    return wallMs - (zoneMinutes === noZone ? (zone ?? this.#options.zone).offsetAt(wallMs) : zoneMinutes * 60_000);
  }
}

const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isPossible({ year, month, day, hour, minute, second }: Moment): boolean {
  if (month < 1 || month > 12 || day < 1 || day > (monthLengths[month - 1] ?? 0)) return false;
  if (month === 2 && day === 29 && year >= 0 && !isLeap(year)) return false;
  return (year < 0 || year >= 1970) && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Source: Neri & Schneider, Euclidean affine functions and applications to calendar algorithms (2022). */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** A time in ms as the wire writes it. */
export function timeText(ms: number): Buffer {
  const text = Buffer.alloc(textLength);
  writeTime(Math.floor(ms), text);
  return text;
}

function writeTime(ms: number, text: Buffer): void {
  const days = Math.floor(ms / dayMs);
  const rest = ms - days * dayMs;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  writeDigits(text, 0, year, 4);
  writeDigits(text, 5, month, 2);
  writeDigits(text, 8, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1, 2);
  writeDigits(text, 11, Math.floor(rest / 3_600_000), 2);
  writeDigits(text, 14, Math.floor(rest / 60_000) % 60, 2);
  writeDigits(text, 17, Math.floor(rest / 1000) % 60, 2);
  writeDigits(text, 20, rest % 1000, 3);
  text[4] = text[7] = 0x2d;
  text[10] = 0x54;
  text[13] = text[16] = 0x3a;
  text[19] = 0x2e;
  text[23] = 0x5a;
}

function writeDigits(text: Buffer, at: number, value: number, count: number): void {
  let left = value;
  for (let index = at + count - 1; index >= at; index--) {
    text[index] = 0x30 + (left % 10);
    left = Math.floor(left / 10);
  }
}

/** How far two times are apart that a clock has written, in ms. */
export function apartMs(one: Buffer, other: Buffer): number {
  return one.equals(other) ? 0 : Math.abs(Date.parse(one.toString('latin1')) - Date.parse(other.toString('latin1')));
}
