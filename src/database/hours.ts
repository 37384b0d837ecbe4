import { isUtc } from './utc.ts';

/** A stretch of time in which so many entries were seen; times are RFC 3339. */
export interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

const hourMs = 3_600_000;
const hourLength = '2026-11-22T13'.length;

/** A stretch of more hours than a month has is counted in its last one: a clock was wrong, or a year was. */
const maxHours = 744;

/**
 * The hours of a stretch with the entries of each, `2026-11-22T13:00:00.000Z`. When a finding's entries came is not kept
 * one by one, so they are spread evenly; their sum is `count`. The same stretch always gives the same hours.
 */
export function hoursOf({ first, last, count }: Stretch): readonly { readonly hour: string; readonly entries: number }[] {
  const hour = last.slice(0, hourLength);
  // Most stretches lie in one hour, whose name needs no clock.
  if (first.startsWith(hour) && isUtc(last) && isUtc(first)) return [{ hour: `${hour}:00:00.000Z`, entries: count }];
  const end = Math.floor(Date.parse(last) / hourMs);
  const start = Math.min(end, Math.floor(Date.parse(first) / hourMs));
  const length = end - start + 1;
  if (length > maxHours || count < 1) return [{ hour: hourName(end), entries: count }];
  const share = Math.floor(count / length);
  const rest = count % length;
  const hours = Array.from({ length }, (_, index) => ({
    hour: hourName(start + index),
    entries: share + (index < rest ? 1 : 0),
  }));
  return hours.filter(({ entries }) => entries > 0);
}

function hourName(hour: number): string {
  return `${new Date(hour * hourMs).toISOString().slice(0, hourLength)}:00:00.000Z`;
}
