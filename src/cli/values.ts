import { LpError } from '../model/error.ts';
import type { ExitStatus } from '../model/exit-status.ts';
import type { Option } from './options.ts';
import { suggestion } from './suggest.ts';

/** What the text of an option comes to. */
export type OptionValue = boolean | number | string | Date | readonly string[] | undefined;

/** What a user wrote for an option, and where. */
export interface Given {
  /** In order; all but a list use the last. */
  readonly texts: readonly string[];
  /** `--max-line`, `LP_MAX_LINE`, or `FILE:LINE: max-line`. */
  readonly place: string;
  /** What the command ends with when the text makes no sense. */
  readonly status: ExitStatus;
}

/** The value that a user's text stands for. Throws `LpError` that says what was given and what is expected. */
export function optionValue(option: Option, given: Given, now: Date): OptionValue {
  if (option.kind === 'list') return given.texts;
  const text = given.texts.at(-1) ?? '';
  switch (option.kind) {
    case 'text':
    case 'file':
      return text;
    case 'flag':
      return switchOf(text) ?? refuse(given, 'a switch; give 1, true, yes or on, or 0, false, no or off');
    case 'count':
      return countOf(text) ?? refuse(given, 'a whole number from 0');
    case 'duration':
      return durationOf(text) ?? refuse(given, 'a length of time; give a number with ms, s, m, h or d, such as 90s, 5m, 24h');
    case 'size':
      return sizeOf(text) ?? refuse(given, 'a size; give a number of bytes, or with K, M or G, such as 64K');
    case 'time':
      return (
        timeOf(text, now) ??
        refuse(given, 'a time; give 2026-11-22T13:36:00Z, 2026-11-22, today, yesterday, or how long ago, such as 24h')
      );
    case 'choice':
      return choiceOf(text, option.choices) ?? refuse(given, oneOf(text, option.choices));
    default:
      return option satisfies never;
  }
}

function refuse(given: Given, expected: string): never {
  throw new LpError(`${given.place}: "${given.texts.at(-1) ?? ''}" is not ${expected}`, given.status);
}

function oneOf(text: string, choices: readonly string[]): string {
  return `one of ${choices.join(', ')}${suggestion(text, choices)}`;
}

function switchOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return true;
  return ['0', 'false', 'no', 'off'].includes(word) ? false : undefined;
}

/** Fewer letters than these are no abbreviation. */
const minLetters = 3;

/** The choice that `text` names, whatever its case; one in the same case comes first, the only one that starts so last. */
function choiceOf(text: string, choices: readonly string[]): string | undefined {
  if (choices.includes(text)) return text;
  const lower = text.toLowerCase();
  const same = choices.find((choice) => choice.toLowerCase() === lower);
  if (same !== undefined || lower.length < minLetters) return same;
  const [only, ...others] = choices.filter((choice) => choice.toLowerCase().startsWith(lower));
  return others.length === 0 ? only : undefined;
}

/** A whole number from 0 on, or undefined. */
function countOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? safe(Number(text)) : undefined;
}

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
function durationOf(text: string): number | undefined {
  return scaled(/^(\d+(?:\.\d+)?)(ms|[smhdw]?)$/i.exec(text), durationUnitsMs);
}

const sizeUnitsBytes: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** A size in bytes from `65536`, `64K`, `10M`, `1G` (powers of 1024; `KB` and `KiB` are the same); otherwise undefined. */
function sizeOf(text: string): number | undefined {
  return scaled(/^(\d+(?:\.\d+)?)([kmgt]?)(?:i?b)?$/i.exec(text), sizeUnitsBytes);
}

function scaled(match: RegExpExecArray | null, units: Readonly<Record<string, number>>): number | undefined {
  const factor = units[match?.[2]?.toLowerCase() ?? ''];
  return match === null || factor === undefined ? undefined : safe(Math.round(Number(match[1]) * factor));
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

const timeShape = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * A moment from RFC 3339, from `YYYY-MM-DD` with or without ` HH:MM[:SS]` in local time, from a length of time before
 * `now` (`24h`), or from `now`, `today` and `yesterday` (their midnight); otherwise undefined. Source: RFC 3339 §5.6.
 */
function timeOf(text: string, now: Date): Date | undefined {
  const word = text.toLowerCase();
  if (word === 'now') return now;
  if (word === 'today' || word === 'yesterday') {
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() - (word === 'today' ? 0 : 1));
  }
  const agoMs = /[a-z]$/i.test(text) ? durationOf(text) : undefined;
  if (agoMs !== undefined) return validDate(now.getTime() - agoMs);
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
