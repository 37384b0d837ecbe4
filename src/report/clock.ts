import { LpError, reasonOf } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** Says times in one zone, as people say them on the day of `now`. */
export interface Clock {
  /** Name of the zone, such as `Europe/Berlin`. */
  readonly zone: string;
  /** `Sun 22 Nov 2026 15:51` */
  full(moment: Date): string;
  /** `today 15:51`, `yesterday 15:51`, `20 Nov 15:51`, or with the year when it is another one. */
  moment(moment: Date): string;
  /** `today 15:51`, `yesterday 15:51`, and of other days the date alone: `20 Nov`. */
  brief(moment: Date): string;
  /** `20 Nov` */
  day(moment: Date): string;
  /** The hour of the day, 0 to 23. */
  hour(moment: Date): number;
  /** `today 13:36 to 13:41 (5 min)`, or one moment when both are in one minute. */
  span(first: Date, last: Date): string;
  /** `15:51:07` for one of several moments of one day, `20 Nov 15:51:07` when they are of several. */
  entry(moment: Date, isSameDay: boolean): string;
  /** Tells whether both are on one day in this zone. */
  isOneDay(first: Date, last: Date): boolean;
}

interface Parts {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly time: string;
  readonly second: string;
}

/** A clock for the zone, or for the system's own. Throws `LpError` 64 when there is no such zone. */
export function clockFor(zone: string | undefined, now: Date): Clock {
  const format = formatFor(zone);
  const partsOf = (moment: Date): Parts => {
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    const { weekday = '', day = '', month = '', year = '', hour = '', minute = '', second = '' } = parts;
    return { weekday, day, month, year, time: `${hour}:${minute}`, second };
  };
  const dateOf = ({ day, month, year }: Parts): string => `${day} ${month} ${year}`;
  const today = partsOf(now);
  const yesterday = dateOf(partsOf(new Date(now.getTime() - 86_400_000)));
  const dayOf = (parts: Parts): string => {
    const date = dateOf(parts);
    if (date === dateOf(today)) return 'today';
    if (date === yesterday) return 'yesterday';
    return parts.year === today.year ? `${parts.day} ${parts.month}` : date;
  };
  const say = (moment: Date): string => `${dayOf(partsOf(moment))} ${partsOf(moment).time}`;
  const isOneDay = (first: Date, last: Date): boolean => dateOf(partsOf(first)) === dateOf(partsOf(last));
  return {
    zone: zoneOf(format),
    full(moment) {
      const parts = partsOf(moment);
      return `${parts.weekday} ${dateOf(parts)} ${parts.time}`;
    },
    moment: say,
    brief: (moment) => (/^[ty]/.test(dayOf(partsOf(moment))) ? say(moment) : dayOf(partsOf(moment))),
    day(moment) {
      const { day, month } = partsOf(moment);
      return `${day} ${month}`;
    },
    hour: (moment) => Number(partsOf(moment).time.slice(0, 2)),
    span(first, last) {
      if (say(first) === say(last)) return say(first);
      const end = partsOf(last);
      return `${say(first)} to ${isOneDay(first, last) ? end.time : say(last)} (${lengthOf(last.getTime() - first.getTime())})`;
    },
    entry(moment, isSameDay) {
      const { day, month, time, second } = partsOf(moment);
      return isSameDay ? `${time}:${second}` : `${day} ${month} ${time}:${second}`;
    },
    isOneDay,
  };
}

function formatFor(zone: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...(zone === undefined || zone === 'local' ? {} : { timeZone: zone }),
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  } catch (thrown) {
    throw new LpError(`--tz: ${reasonOf(thrown)}; give a zone such as Europe/Berlin or UTC`, exitStatus.usage);
  }
}

/** With a zone in TZ that nobody knows the system goes by UTC; Intl then names no zone, or this one, against its types. */
function zoneOf(format: Intl.DateTimeFormat): string {
  const { timeZone }: { readonly timeZone?: string } = format.resolvedOptions();
  return timeZone === undefined || timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in one unit: `5 min`, `3 h`, `12 days`. */
function lengthOf(ms: number): string {
  if (ms < 1.5 * hourMs) return `${Math.max(1, Math.round(ms / minuteMs))} min`;
  return ms < 2 * dayMs ? `${Math.round(ms / hourMs)} h` : `${Math.round(ms / dayMs)} days`;
}
