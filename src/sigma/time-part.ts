import type { TimePart } from './modifiers.ts';

const dayMs = 86_400_000;

/** A part of an RFC 3339 time, in UTC; undefined for a text that is no time. */
export function timePartOf(text: string, part: TimePart): number | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : parts[part](time);
}

const parts: Readonly<Record<TimePart, (time: Date) => number>> = {
  minute: (time) => time.getUTCMinutes(),
  hour: (time) => time.getUTCHours(),
  day: (time) => time.getUTCDate(),
  week: weekOf,
  month: (time) => time.getUTCMonth() + 1,
  year: (time) => time.getUTCFullYear(),
};

/** The week that holds the same Thursday; the year's first Thursday is in week 1. Source: ISO 8601. */
function weekOf(time: Date): number {
  const thursdayMs = time.getTime() + (4 - (time.getUTCDay() || 7)) * dayMs;
  const newYearMs = Date.UTC(new Date(thursdayMs).getUTCFullYear(), 0, 1);
  return Math.floor((thursdayMs - newYearMs) / (7 * dayMs)) + 1;
}
