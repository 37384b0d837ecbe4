import type { Zone } from './zone.ts';

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
  /** What its numbers do not tell; one of `open`. */
  open: number;
  /** The zone that it names, where it names one by its place. */
  zone: Zone | undefined;
  /** Milliseconds since 1970, where `open` says so. */
  epochMs: number;
  /** Where in the bytes the two digits of the second stand; -1 where there are none, or nobody has said so. */
  secondAt: number;
}

/** The `zoneMinutes` of a stamp that names no zone. */
export const noZone = 0x7fff;

/** What the numbers of a stamp leave open: most of them nothing. */
export const open = {
  nothing: 0,
  /** There is no date: the time is `epochMs`. */
  epoch: 1,
  /** `05/06/2026`: `day` may be the month; the day is the likelier first. */
  dayFirst: 2,
  /** The same, where the month is the likelier first. */
  monthFirst: 3,
  /** `05/06/07`: day, month and year, month, day and year, or year, month and day. */
  allThree: 4,
  /** There is no date: the latest day on which the clock is not in the future. */
  day: 5,
} as const;

/** Reads a moment out of `bytes` from `at`: gives the position behind it, or -1 where none of this shape stands. */
export type StampReader = (bytes: Uint8Array, at: number, moment: Moment) => number;

/** A moment for a reader to fill. */
export function emptyMoment(): Moment {
  return {
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
    zoneMinutes: noZone,
    open: open.nothing,
    zone: undefined,
    epochMs: 0,
    secondAt: -1,
  };
}
