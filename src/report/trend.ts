import { hoursOf } from '../database/hours.ts';
import type { HourCount } from '../database/read.ts';
import type { Finding } from '../model/envelope.ts';
import type { Severity } from '../model/severity.ts';

/** One column of a chart over time. */
export interface Slot {
  readonly start: Date;
  /** How many entries belong to findings of each severity. */
  readonly entries: Readonly<Record<Severity, number>>;
}

/** Entries of findings by time. */
export interface Trend {
  readonly slots: readonly Slot[];
  readonly slotMs: number;
}

const hourMs = 3_600_000;
/** Lengths of a slot, in hours. */
const slotHours = [1, 2, 3, 6, 12, 24, 48, 168, 336, 720, 2_160, 8_760] as const;
const maxSlots = 60;

/** The hours of these findings, each entry counted in one. */
export function hourCountsOf(findings: readonly Finding[]): readonly HourCount[] {
  const counts = new Map<string, HourCount>();
  for (const { severity, first_seen: first, last_seen: last, count } of findings) {
    for (const { hour, entries } of hoursOf({ first, last, count })) {
      const key = `${severity} ${hour}`;
      counts.set(key, { hour, severity, entries: entries + (counts.get(key)?.entries ?? 0) });
    }
  }
  return [...counts.values()];
}

/** The hours in at most 60 slots of one length, without a gap from the first to the last, or from `since` to `until`. */
export function trendOf(hours: readonly HourCount[], since: Date | undefined, until: Date | undefined): Trend {
  const times = hours.map(({ hour }) => Date.parse(hour));
  if (times.length === 0) return { slots: [], slotMs: hourMs };
  const from = Math.min(since?.getTime() ?? Number.POSITIVE_INFINITY, ...times);
  const to = Math.max(until?.getTime() ?? 0, ...times.map((time) => time + 1));
  const length = slotHours.find((candidate) => (to - from) / (candidate * hourMs) < maxSlots) ?? slotHours.at(-1) ?? 1;
  const slotMs = length * hourMs;
  const start = Math.floor(from / slotMs) * slotMs;
  const size = Math.min(maxSlots + 1, Math.max(1, Math.ceil((to - start) / slotMs)));
  const slots = Array.from({ length: size }, (_, index) => ({
    start: new Date(start + index * slotMs),
    entries: { INFO: 0, WARNING: 0, ERROR: 0, CRITICAL: 0 },
  }));
  for (const { hour, severity, entries } of hours) {
    const slot = slots[Math.floor((Date.parse(hour) - start) / slotMs)];
    if (slot !== undefined) slot.entries[severity] += entries;
  }
  return { slots, slotMs };
}
