import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';

/**
 * Where clocks are set alike: gives the offset that holds at a wall-clock time. Of a time that is shown twice the first is
 * meant, and a time that is left out is taken as if the clocks had not been changed yet. Source: ECMA-262 §21.4.1.26.
 */
export interface Zone {
  /** Milliseconds east of Greenwich at a wall-clock time, given as if it were UTC, in ms. */
  offsetAt(wallMs: number): number;
}

/** Offsets are constant within this stretch: every change on record falls on a quarter of an hour. Source: IANA tzdb. */
const stretchMs = 15 * 60_000;

const dayMs = 86_400_000;

const utc: Zone = { offsetAt: () => 0 };

/** The zone of an IANA name, `utc`, or `local` for the machine's own. Throws `LpError` 64 for a name that is not known. */
export function zoneNamed(name: string): Zone {
  if (/^(utc|z|gmt)$/i.test(name)) return utc;
  return remembered(/^local$/i.test(name) ? localOffset : ianaOffset(name));
}

/** Asks once a stretch, and remembers the last answers. */
function remembered(offsetAt: (wallMs: number) => number): Zone {
  const known = new Map<number, number>();
  let lastStretch = Number.NaN;
  let lastOffset = 0;
  return {
    offsetAt(wallMs) {
      const stretch = Math.floor(wallMs / stretchMs);
      if (stretch === lastStretch) return lastOffset;
      lastStretch = stretch;
      lastOffset = known.get(stretch) ?? offsetAt(stretch * stretchMs);
      if (known.size >= 4096) known.clear();
      known.set(stretch, lastOffset);
      return lastOffset;
    },
  };
}

function localOffset(wallMs: number): number {
  const wall = new Date(wallMs);
  const moment = new Date(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate(), wall.getUTCHours(), wall.getUTCMinutes());
  return -moment.getTimezoneOffset() * 60_000;
}

function ianaOffset(name: string): (wallMs: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new LpError(`unknown time zone "${name}"; give an IANA name such as Europe/Berlin, "utc" or "local"`, exitStatus.usage);
  }
  const offsetOf = (utcMs: number): number => wallClockAt(format, utcMs) - utcMs;
  return (wallMs) => {
    const before = offsetOf(wallMs - dayMs);
    const after = offsetOf(wallMs + dayMs);
    const isAfter = before !== after && offsetOf(wallMs - before) !== before && offsetOf(wallMs - after) === after;
    return isAfter ? after : before;
  };
}

function wallClockAt(format: Intl.DateTimeFormat, utcMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(utcMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
