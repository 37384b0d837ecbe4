import { at, isFields } from '../model/decode.ts';
import type { LogRecord } from '../model/envelope.ts';
import { foldedForms } from './decoded.ts';
import type { Field } from './fields.ts';

/** Tells whether a record is what a rule asks for. */
export type Predicate = (subject: Subject) => boolean;

/** One text of a field as rules look at it. */
interface Reading {
  /** In lower case, with the decoded forms of what a client may encode. */
  readonly forms: readonly string[];
  /** Whether a word of any rule is in it; undefined until somebody asks. */
  holdsWord: boolean | undefined;
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
const nothing: Reading = { forms: none, holdsWord: false };

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
  #keywords: readonly string[] | undefined;
  readonly #memories: (Memory | undefined)[];

  /** `slots` is how many fields the rules name. */
  constructor(record: LogRecord, slots: number) {
    this.#record = record;
    this.#values = new Array<unknown>(slots).fill(undefined);
    this.#texts = new Array<undefined>(slots).fill(undefined);
    this.#readings = new Array<undefined>(slots).fill(undefined);
    this.#memories = new Array<undefined>(slots).fill(undefined);
  }

  /** The record that is looked at. */
  get record(): LogRecord {
    return this.#record;
  }

  /** Looks at another record from now on. */
  reset(record: LogRecord): void {
    this.#record = record;
    this.#values.fill(undefined);
    this.#texts.fill(undefined);
    this.#readings.fill(undefined);
    this.#keywords = undefined;
  }

  /** The field's value as it is, or undefined. */
  value(field: Field): unknown {
    const known = this.#values[field.slot];
    if (known !== undefined) return known === absent ? undefined : known;
    const found =
      field.make?.(this.#record) ?? (field.isOrdinary ? plainAt(this.#record, field.path) : at(this.#record, field.path));
    this.#values[field.slot] = found ?? absent;
    return found ?? undefined;
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
    return this.#reading(field).forms;
  }

  /** Tells whether the field holds any word that a rule has registered for it: without one, no test for a word can pass. */
  holdsWord(field: Field): boolean {
    const reading = this.#reading(field);
    reading.holdsWord ??= field.words.isIn(reading.forms);
    return reading.holdsWord;
  }

  /** The whole entry in lower case, with its decoded forms: where keywords are looked for. */
  keywordForms(): readonly string[] {
    const { original } = this.#record;
    this.#keywords ??= original.includes('%') ? foldedForms(original) : [original.toLowerCase()];
    return this.#keywords;
  }

  #reading(field: Field): Reading {
    const known = this.#readings[field.slot];
    if (known !== undefined) return known;
    const value = this.value(field);
    const reading = value === undefined ? nothing : isScalar(value) ? this.#recall(field, String(value)) : this.#readList(field);
    this.#readings[field.slot] = reading;
    return reading;
  }

  #readList(field: Field): Reading {
    return { forms: this.texts(field).flatMap((text) => formsOf(text, field)), holdsWord: undefined };
  }

  #recall(field: Field, text: string): Reading {
    if (text.length > maxLength) return { forms: formsOf(text, field), holdsWord: undefined };
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
    const reading = { forms: formsOf(text, field), holdsWord: undefined };
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

function formsOf(text: string, field: Field): readonly string[] {
  return field.isEncoded ? foldedForms(text) : [text.toLowerCase()];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
