import type { LogRecord } from '../model/envelope.ts';
import type { TimePart } from './modifiers.ts';

const dayMs = 86_400_000;

/** Times as lp writes them. */
const usualLength = '2026-11-20T00:00:00.000Z'.length;
const dayLength = '2026-11-20T'.length;
let lastDay = '';
let lastDayMs = 0;

/**
 * A record's time in ms, which is one. Hot path: where the day is that of the record before, this takes a fifth of what
 * Date.parse takes.
 */
export function timeMsOf({ timestamp }: LogRecord): number {
  if (timestamp.length !== usualLength || !timestamp.endsWith('Z')) return Date.parse(timestamp);
  if (lastDay === '' || !timestamp.startsWith(lastDay)) {
    const timeMs = Date.parse(timestamp);
    lastDay = timestamp.slice(0, dayLength);
    lastDayMs = Date.parse(`${lastDay}00:00:00.000Z`);
    return timeMs;
  }
  const seconds = (digits(timestamp, 11, 2) * 60 + digits(timestamp, 14, 2)) * 60 + digits(timestamp, 17, 2);
  const timeMs = lastDayMs + seconds * 1_000 + digits(timestamp, 20, 3);
  return Number.isNaN(timeMs) ? Date.parse(timestamp) : timeMs;
}

function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

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
