/** How a TIME may be written, for the help and the manual pages. */
export const timeForms: readonly (readonly [form: string, text: string])[] = [
  ['2026-11-22T13:36:00Z', 'RFC 3339, with Z or an offset such as +01:00'],
  ['"2026-11-22 13:36"', 'a day and a time of this machine; seconds may follow'],
  ['2026-11-22', 'the start of that day, as today and yesterday'],
  ['17:00', 'that time of today'],
  ['24h, "24h ago"', 'so long before now: a number with ms, s, m (minutes), h, d or w, or with the words for them'],
  ['now', 'this moment'],
];

const durationUnitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  '': 1_000,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A length of time in ms from `500ms`, `90s`, `5m`, `24h`, `30d`, `2w`, or bare seconds; otherwise undefined. */
export function durationOf(text: string): number | undefined {
  // Elsewhere M is a month: who writes it would get minutes.
  if (/\dM$/.test(text)) return undefined;
  return scaled(/^(\d+(?:\.\d+)?)(ms|[smhdw]?)$/i.exec(text), durationUnitsMs);
}

/** What is to be said of a length of time that was refused because it looks like months; else nothing. */
export function monthHint(text: string): string {
  return /^\d+(?:M|mon|months?)(?: ago)?$/.test(text) ? '; m is minutes, and a month is 30d' : '';
}

/** The number that was matched first, times the unit that was matched second, when it is a safe integer. */
export function scaled(match: RegExpExecArray | null, units: Readonly<Record<string, number>>): number | undefined {
  const factor = units[match?.[2]?.toLowerCase() ?? ''];
  if (match === null || factor === undefined) return undefined;
  const value = Math.round(Number(match[1]) * factor);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** `1 hour ago`, `2h ago`, `30 min`. */
const worded = /^(\d+(?:\.\d+)?) ?(s|m|h|d|w|seconds?|secs?|minutes?|mins?|hours?|days?|weeks?)(?: ago)?$/i;

/** How long ago, in ms, or undefined. A bare number is none: it may be meant as a year. */
function agoOf(text: string): number | undefined {
  const found = worded.exec(text);
  if (found === null) return /[a-z]$/i.test(text) ? durationOf(text) : undefined;
  const [, count = '', unit = ''] = found;
  return durationOf(`${count}${unit === 'M' ? unit : unit.charAt(0).toLowerCase()}`);
}

const timeShape = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * The moment that a text of one of the `timeForms` means, or undefined. Without a zone it is local time; `today` and
 * `yesterday` are their midnight. Source: RFC 3339 §5.6.
 */
export function timeOf(text: string, now: Date): Date | undefined {
  const word = text.toLowerCase();
  if (word === 'now') return now;
  if (word === 'today' || word === 'yesterday') {
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() - (word === 'today' ? 0 : 1));
  }
  const agoMs = agoOf(text);
  if (agoMs !== undefined) return validDate(now.getTime() - agoMs);
  return timeOfDay(text, now) ?? fullTime(text);
}

function timeOfDay(text: string, now: Date): Date | undefined {
  const [whole, hour, minute, second = '0'] = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), Number(hour), Number(minute), Number(second));
}

function fullTime(text: string): Date | undefined {
  const parts = timeShape.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = parts;
  // Date rolls 30 February over into March, so the day is looked at before.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) > lastDay) return undefined;
  const fraction = /\.\d+/.exec(text)?.[0].slice(0, 4) ?? '';
  const offset = zone === undefined ? '' : zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  return validDate(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${offset}`));
}

function validDate(ms: number): Date | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
