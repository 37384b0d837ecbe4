import { at } from '../model/decode.ts';
import type { LogRecord } from '../model/envelope.ts';
import { foldedForms } from './decoded.ts';
import type { Field } from './fields.ts';

/** Tells whether a record is what a rule asks for. */
export type Predicate = (subject: Subject) => boolean;

const none: readonly string[] = [];

/*
 * Hot path: dozens of rules ask one record for the same few fields, so each is looked up, folded and decoded once.
 */

/** A record as rules see it. One object serves all records in turn. */
export class Subject {
  #record: LogRecord;
  #values: unknown[] = [];
  #texts: (readonly string[] | undefined)[] = [];
  #forms: (readonly string[] | undefined)[] = [];
  #keywords: readonly string[] | undefined;

  constructor(record: LogRecord) {
    this.#record = record;
  }

  /** The record that is looked at. */
  get record(): LogRecord {
    return this.#record;
  }

  /** Looks at another record from now on. */
  reset(record: LogRecord): void {
    this.#record = record;
    this.#values = [];
    this.#texts = [];
    this.#forms = [];
    this.#keywords = undefined;
  }

  /** The field's value as it is, or undefined. */
  value(field: Field): unknown {
    if (field.slot in this.#values) return this.#values[field.slot];
    const found = at(this.#record, field.path) ?? undefined;
    this.#values[field.slot] = found;
    return found;
  }

  /** The field's value, or the values of its list, as texts; none when it is absent or an object. */
  texts(field: Field): readonly string[] {
    const known = this.#texts[field.slot];
    if (known !== undefined) return known;
    const value = this.value(field);
    const texts = Array.isArray(value) ? value.filter(isScalar).map(String) : isScalar(value) ? [String(value)] : none;
    this.#texts[field.slot] = texts;
    return texts;
  }

  /** The same in lower case, with the decoded forms of what a client may encode. */
  forms(field: Field): readonly string[] {
    const known = this.#forms[field.slot];
    if (known !== undefined) return known;
    const fold = field.isEncoded ? foldedForms : (text: string): readonly string[] => [text.toLowerCase()];
    const forms = this.texts(field).flatMap(fold);
    this.#forms[field.slot] = forms;
    return forms;
  }

  /** The whole entry in lower case, with its decoded forms: where keywords are looked for. */
  keywordForms(): readonly string[] {
    const { original } = this.#record;
    this.#keywords ??= original.includes('%') ? foldedForms(original) : [original.toLowerCase()];
    return this.#keywords;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
