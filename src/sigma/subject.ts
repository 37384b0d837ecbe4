import { at, isFields } from '../model/decode.ts';
import type { LogRecord } from '../model/envelope.ts';
import { casedForms, foldedForms } from './decoded.ts';
import type { Field } from './fields.ts';

/** Tells whether a record is what a rule asks for. */
export type Predicate = (subject: Subject) => boolean;

/** The text or texts of a field as rules look at them. */
export interface Reading {
  /** With the decoded forms of what a client may encode; in lower case only where that was needed for decoding. */
  readonly texts: readonly string[];
  /** The same in lower case; undefined until somebody asks. */
  forms: readonly string[] | undefined;
  /** The numbers of the rules that may match for the sake of this text; undefined until somebody asks. */
  rules: readonly number[] | undefined;
}

/** Texts of a field that were read before. */
interface Memory {
  readonly readings: Map<string, Reading>;
  /** How often a text was known, since the memory was last cleared. */
  hits: number;
  /** False once most texts turned out to be new, as addresses with numbers in them are. */
  isUseful: boolean;
}

/** What is noted of a field that the record lacks. */
const absent = Symbol('absent');

const none: readonly string[] = [];
const nothing: Reading = { texts: none, forms: none, rules: [] };

/** How many texts of a field are remembered, and how long they may be: addresses and programs come again and again. */
const maxRemembered = 2_000;
const maxLength = 512;

/*
 * Hot path: dozens of rules ask one record for the same few fields, so each is looked up, folded and decoded once.
 */

/** A record as rules see it. One object serves all records in turn. */
export class Subject {
  #record: LogRecord;
  readonly #values: unknown[];
  readonly #texts: (readonly string[] | undefined)[];
  readonly #readings: (Reading | undefined)[];
  readonly #memories: (Memory | undefined)[];
  /** How many records there were, and by slot the number of that of which something is noted. */
  #number = 1;
  readonly #numbers: Float64Array;

  /** `slots` is how many fields the rules name. */
  constructor(record: LogRecord, slots: number) {
    this.#record = record;
    this.#values = new Array<unknown>(slots).fill(undefined);
    this.#texts = new Array<undefined>(slots).fill(undefined);
    this.#readings = new Array<undefined>(slots).fill(undefined);
    this.#memories = new Array<undefined>(slots).fill(undefined);
    this.#numbers = new Float64Array(slots);
  }

  /** The record that is looked at. */
  get record(): LogRecord {
    return this.#record;
  }

  /** Looks at another record from now on. */
  reset(record: LogRecord): void {
    this.#record = record;
    this.#number++;
  }

  /** Forgets what is noted of other records, which is mostly of few fields. */
  #begin(slot: number): void {
    if (this.#numbers[slot] === this.#number) return;
    this.#numbers[slot] = this.#number;
    this.#values[slot] = undefined;
    this.#texts[slot] = undefined;
    this.#readings[slot] = undefined;
  }

  /** The field's value as it is, or undefined. */
  value(field: Field): unknown {
    this.#begin(field.slot);
    const known = this.#values[field.slot];
    if (known !== undefined) return known === absent ? undefined : known;
    const own = field.isOrdinary ? plainAt(this.#record, field.path) : at(this.#record, field.path);
    const found = own ?? field.derived?.(this.#record);
    this.#values[field.slot] = found ?? absent;
    return found;
  }

  /** The field's value, or the values of its list, as texts; none when it is absent or an object. */
  texts(field: Field): readonly string[] {
    this.#begin(field.slot);
    const known = this.#texts[field.slot];
    if (known !== undefined) return known;
    const value = this.value(field);
    const texts = Array.isArray(value) ? value.filter(isScalar).map(String) : isScalar(value) ? [String(value)] : none;
    this.#texts[field.slot] = texts;
    return texts;
  }

  /** The first of these texts, or undefined. */
  text(field: Field): string | undefined {
    const value = this.value(field);
    return isScalar(value) ? String(value) : this.texts(field)[0];
  }

  /** The same as numbers, leaving out what is none. */
  numbers(field: Field): readonly number[] {
    const value = this.value(field);
    if (typeof value === 'number') return [value];
    return this.texts(field)
      .filter((text) => text.trim() !== '')
      .map(Number)
      .filter((number) => !Number.isNaN(number));
  }

  /** The same texts in lower case, with the decoded forms of what a client may encode. */
  forms(field: Field): readonly string[] {
    const reading = this.reading(field);
    reading.forms ??= reading.texts.map((text) => text.toLowerCase());
    return reading.forms;
  }

  /** The same texts and forms as they are, in capitals and small letters. */
  casedForms(field: Field): readonly string[] {
    const texts = this.texts(field);
    return isDecoded(field, texts) ? texts.flatMap(casedForms) : texts;
  }

  /** The forms of the field, with room for what is found in them. */
  reading(field: Field): Reading {
    this.#begin(field.slot);
    const known = this.#readings[field.slot];
    if (known !== undefined) return known;
    const value = this.value(field);
    const reading = value === undefined ? nothing : isScalar(value) ? this.#recall(field, String(value)) : this.#readList(field);
    this.#readings[field.slot] = reading;
    return reading;
  }

  #readList(field: Field): Reading {
    const texts = this.texts(field);
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) return this.#recall(field, only);
    const readings = texts.map((text) => readingOf(text, field));
    return { texts: readings.flatMap(({ texts }) => texts), forms: undefined, rules: undefined };
  }

  #recall(field: Field, text: string): Reading {
    if (text.length > maxLength) return readingOf(text, field);
    let memory = this.#memories[field.slot];
    if (memory === undefined) {
      memory = { readings: new Map(), hits: 0, isUseful: true };
      this.#memories[field.slot] = memory;
    }
    const known = memory.isUseful ? memory.readings.get(text) : undefined;
    if (known !== undefined) {
      memory.hits++;
      return known;
    }
    const reading = readingOf(text, field);
    if (memory.isUseful) remember(memory, text, reading);
    return reading;
  }
}

function remember(memory: Memory, text: string, reading: Reading): void {
  if (memory.readings.size >= maxRemembered) {
    memory.isUseful = memory.hits > maxRemembered / 2;
    memory.hits = 0;
    memory.readings.clear();
  }
  memory.readings.set(text, reading);
}

/** What `at` gives for names that no object has of itself, at half the cost. */
function plainAt(record: LogRecord, path: readonly string[]): unknown {
  let found: unknown = record;
  for (const key of path) {
    if (!isFields(found)) return undefined;
    found = found[key];
  }
  return found;
}

function readingOf(text: string, field: Field): Reading {
  const { decoding } = field;
  if (decoding === 'none' || (decoding === 'percent' && !text.includes('%')))
    return { texts: [text], forms: undefined, rules: undefined };
  const forms = foldedForms(text);
  return { texts: forms, forms, rules: undefined };
}

/** An entry is mostly what a program wrote: only a percent sign is a reason to decode all of it. */
function isDecoded({ decoding }: Field, texts: readonly string[]): boolean {
  return decoding === 'any' || (decoding === 'percent' && texts.some((text) => text.includes('%')));
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
