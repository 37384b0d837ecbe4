import { LpError } from '../model/error.ts';
import type { ExitStatus } from '../model/exit-status.ts';
import type { Option } from './options.ts';
import { suggestion } from './suggest.ts';
import { durationOf, monthHint, scaled, timeOf } from './times.ts';

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
    case 'zone':
      return zoneOf(text) ?? refuse(given, `a time zone; ${zoneAdvice(text)}`);
    case 'flag':
      return switchOf(text) ?? refuse(given, 'a switch; give 1, true, yes or on, or 0, false, no or off');
    case 'count':
      return countOf(text) ?? refuse(given, 'a whole number from 0');
    case 'duration':
      return (
        durationOf(text) ??
        refuse(given, `a length of time; give a number with ms, s, m, h or d, such as 90s, 5m, 24h${monthHint(text)}`)
      );
    case 'size':
      return sizeOf(text) ?? refuse(given, 'a size; give a number of bytes, or with K, M or G, such as 64K');
    case 'time':
      return (
        timeOf(text, now) ??
        refuse(
          given,
          `a time; give 2026-11-22T13:36:00Z, 2026-11-22, 17:00, today, yesterday, or how long ago, such as 24h${monthHint(text)}`,
        )
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

/** The zone of that name as `Intl` takes it, or `utc` or `local`; undefined when there is none. */
function zoneOf(text: string): string | undefined {
  const word = text.toLowerCase();
  if (word === 'utc' || word === 'local') return word;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) && text;
  } catch {
    return undefined;
  }
}

/** A city without its continent, and a slip of the pen, are what people write. */
function zoneAdvice(text: string): string {
  const zones = Intl.supportedValuesOf('timeZone');
  const city = `/${text.toLowerCase().replaceAll(' ', '_')}`;
  const meant = zones.find((zone) => zone.toLowerCase().endsWith(city));
  const hint = meant === undefined ? suggestion(text, zones) : `; did you mean ${meant}?`;
  return `give utc, local, or a name such as Europe/Berlin${hint}`;
}

/** A whole number from 0 on, or undefined. */
function countOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? safe(Number(text)) : undefined;
}

const sizeUnitsBytes: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** A size in bytes from `65536`, `64K`, `10M`, `1G` (powers of 1024; `KB` and `KiB` are the same); otherwise undefined. */
function sizeOf(text: string): number | undefined {
  return scaled(/^(\d+(?:\.\d+)?)([kmgt]?)(?:i?b)?$/i.exec(text), sizeUnitsBytes);
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
