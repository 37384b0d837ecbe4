import { at } from '../model/decode.ts';
import type { LogRecord } from '../model/envelope.ts';
import type { Field } from './fields.ts';
import type { PlainNeed } from './plain-needs.ts';
import type { Subject } from './subject.ts';
import { allOf, anyOf, type JoinedTerm, type Need, type Term } from './term.ts';

/*
 * Whether rules have use for a record depends, for most that they have use for, on a few short values alone. Those who know
 * that need not look at the rest of the next record that has the same ones.
 */

/** Where these values stand. */
const values: readonly (readonly string[])[] = [
  ['log', 'dataset'],
  ['event', 'category'],
  ['event', 'action'],
  ['event', 'outcome'],
  ['http', 'response', 'status_code'],
];

/** Where one stands that decides only if it is short: else there would be as many kinds of records as records. */
export const briefPath: readonly string[] = ['event', 'reason'];

/** Longest such value, in bytes: that of a method to log in. */
export const maxBriefBytes = 12;

/** They, and what decides by being there, for the routes of rules: see ./logsource.ts. */
export const decidingPaths: readonly (readonly string[])[] = [
  ...values,
  briefPath,
  ['http', 'request'],
  ['http', 'response'],
  ['process', 'command_line'],
];

const names = new Set(values.map((path) => path.join('.')));
const briefName = briefPath.join('.');

/** A text that is as long in JSON, however that is written; an empty one would look like a long one. */
const brief = new RegExp(`^[!#-.0-\\[\\]-~]{1,${maxBriefBytes}}$`);

/** The reason where it decides: undefined for none, false where it does not. */
export function reasonOf({ event }: LogRecord): string | undefined | false {
  const reason = event?.['reason'];
  return reason === undefined || (typeof reason === 'string' && brief.test(reason)) ? reason : false;
}

/**
 * The same text for records in which all that decides is the same; undefined where more than that decides. Joined by hand, in a
 * third of the time that JSON.stringify takes.
 */
export function decidingKey(record: LogRecord): string | undefined {
  const { log, event, http, process } = record;
  // Its command line stands in the entry.
  if (log.dataset === 'auditd' || process?.['command_line'] !== undefined) return undefined;
  const request = `${http?.request !== undefined} ${http?.response !== undefined} ${http?.response?.status_code}`;
  let key = `${request}${part(log.dataset)}${part(event?.action)}${part(event?.outcome)}`;
  const reason = reasonOf(record);
  key += reason === false ? ' ?' : part(reason);
  // An empty list is there all the same.
  key += event?.category === undefined ? ' -' : ` ${event.category.length}`;
  for (const category of event?.category ?? []) key += part(category);
  return key;
}

/** With its length, for any text may be in another one. */
function part(text: string | undefined): string {
  return text === undefined ? ' -' : ` ${text.length}:${text}`;
}

/** What is left to ask of records in which the same decides as in this one; an outcome when nothing is. */
export function residueOf(term: Term, subject: Subject): Term | boolean {
  switch (term.kind) {
    case 'all':
    case 'any':
      return joined(term, subject);
    case 'not': {
      const part = residueOf(term.part, subject);
      return typeof part === 'boolean' ? !part : { kind: 'not', part };
    }
    case 'named':
      return residueOf(term.part, subject);
    case 'field':
      return term.fields.every((field) => isDeciding(field, subject.record)) ? term.matches(subject) : term;
    default:
      return term satisfies never;
  }
}

/** One part with the outcome `strong` makes it that of all. */
function joined({ kind, parts }: JoinedTerm, subject: Subject): Term | boolean {
  const strong = kind === 'any';
  const left: Term[] = [];
  for (const part of parts) {
    const residue = residueOf(part, subject);
    if (residue === strong) return strong;
    if (typeof residue !== 'boolean') left.push(residue);
  }
  if (left.length === 0) return !strong;
  return strong ? anyOf(left) : allOf(left);
}

/** The texts with all of which in its message a record is one that a term holds for; undefined where it is not as plain as that. */
export function messagePartsOf(term: Term): readonly string[] | undefined {
  const terms = term.kind === 'all' ? term.parts : [term];
  const parts = terms.map((one) => (one.kind === 'field' && one.fields[0]?.name === 'message' ? one.part : undefined));
  return parts.every((part) => part !== undefined && plainPart.test(part))
    ? parts.filter((part) => part !== undefined)
    : undefined;
}

/** What stands in JSON as it is. */
const plainPart = /^[ !#-.0-[\]-~]{1,60}$/;

/** Tells whether a need is one for a value that decides, and is another one in this record. */
export function isUnmet(need: PlainNeed, record: LogRecord): boolean {
  if (need.kind !== 'value' || !decides(need.path.join('.'), record)) return false;
  const found = at(record, need.path);
  return !(Array.isArray(found) ? found : [found]).some((value) => String(value).toLowerCase() === need.text);
}

/** Tells whether what stands there is one of the values that decide, at least in some records. */
export function isDecidingPath(path: readonly string[]): boolean {
  const name = path.join('.');
  return names.has(name) || name === briefName;
}

function decides(name: string, record: LogRecord): boolean {
  return names.has(name) || (name === briefName && reasonOf(record) !== false);
}

/** A command line decides by its absence: see `decidingKey`. */
function isDeciding({ name, derived }: Field, record: LogRecord): boolean {
  return derived === undefined ? decides(name, record) : name === 'process.command_line';
}

/** Tells whether all records in which the same decides as in this one meet a need; undefined where more decides. */
export function isMet(need: Need, subject: Subject): boolean | undefined {
  const { field } = need;
  if (!isDeciding(field, subject.record)) return undefined;
  switch (need.kind) {
    case 'present':
      return subject.value(field) !== undefined;
    case 'value':
      return subject.forms(field).includes(need.text);
    case 'part':
      return subject.forms(field).some((form) => form.includes(need.text));
    case 'range':
      return subject.numbers(field).some((number) => number >= need.low && number <= need.high);
    default:
      return need satisfies never;
  }
}
