import { type Automaton, automatonFor, wordsIn } from './automaton.ts';
import type { Field } from './fields.ts';
import type { SingleRule } from './rule.ts';
import type { Reading, Subject } from './subject.ts';
import { type Need, type Needs, needsOf } from './term.ts';

/*
 * Hot path: which rules may match a record at all. Each rule says what a record must have one of (`needsOf`), and these needs
 * of all rules are looked for together: a text costs the same whether ten rules or a thousand have words for it. What is
 * found in a text is remembered with it, because most texts come again.
 */

/** After so many calls, their count starts anew: the largest number of an Uint32Array. */
const maxCalls = 0xffff_ffff;

/** What rules need of one field. */
interface FieldNeeds {
  readonly field: Field;
  /** Rules by a whole text, in lower case. */
  readonly values: Map<string, number[]>;
  /** Rules by a part of a text. */
  readonly parts: Map<string, number[]>;
  /** Finds parts; the numbers of its words are places in `rulesOfParts`. Made when first asked. */
  automaton: Automaton | undefined;
  rulesOfParts: readonly (readonly number[])[];
  readonly ranges: { readonly low: number; readonly high: number; readonly rule: number }[];
  readonly present: number[];
}

/** The rules of a set that look at records of one kind: asks each record for what they need. */
export interface Lane {
  /** All of them, by number. */
  readonly rules: readonly number[];
  /** Rules that may match whatever the record has, by number. */
  readonly always: readonly number[];
  readonly fields: readonly FieldNeeds[];
  /** 1 for the other rules of this lane, by number. */
  readonly sought: Uint8Array;
  /** The same for two lanes of one index that hold the same. */
  readonly key: string;
}

/** Finds the rules that may match a record, by numbers that are their places in the list they were given in. */
export class RuleIndex {
  readonly #needs: readonly Needs[];
  readonly #fields = new Map<Field, FieldNeeds>();
  /** By rule, the number of the last call of `candidates` that found it: a set would be made for each record. */
  readonly #foundIn: Uint32Array;
  #calls = 0;

  constructor(rules: readonly SingleRule[]) {
    this.#needs = rules.map(({ term }) => needsOf(term));
    this.#foundIn = new Uint32Array(rules.length);
    for (const [rule, needs] of this.#needs.entries()) this.#add(rule, needs);
  }

  /** The lane of some of the rules, for records that meet and do not meet needs as `isMet` says, where it is known. */
  laneOf(rules: readonly number[], isMet: (need: Need) => boolean | undefined = () => undefined): Lane {
    const sought = new Uint8Array(this.#needs.length);
    const fields = new Set<FieldNeeds>();
    const always: number[] = [];
    for (const rule of rules) {
      const open = this.#needs[rule]?.filter((need) => isMet(need) !== false);
      if (open === undefined || open.some((need) => isMet(need) === true)) {
        always.push(rule);
        continue;
      }
      sought[rule] = 1;
      for (const { field } of open) fields.add(this.#needsOf(field));
    }
    const slots = [...fields].map(({ field }) => field.slot);
    return { rules, sought, fields: [...fields], always, key: `${rules.join()} ${always.join()} ${slots.join()}` };
  }

  /** The numbers of the rules of a lane that may match, in order. */
  candidates(subject: Subject, { fields, sought, always }: Lane): readonly number[] {
    let found: number[] | undefined;
    const call = this.#nextCall();
    for (const needs of fields) {
      const reading = subject.reading(needs.field);
      reading.rules ??= rulesFor(needs, subject, reading);
      for (const rule of reading.rules) {
        if (sought[rule] !== 1 || this.#foundIn[rule] === call) continue;
        this.#foundIn[rule] = call;
        found ??= [];
        found.push(rule);
      }
    }
    if (found === undefined) return always;
    if (always.length > 0) found.push(...always);
    return found.length > 1 ? inOrder(found) : found;
  }

  #nextCall(): number {
    if (this.#calls === maxCalls) {
      this.#foundIn.fill(0);
      this.#calls = 0;
    }
    return ++this.#calls;
  }

  #add(rule: number, needs: Needs): void {
    for (const need of needs ?? []) {
      const known = this.#needsOf(need.field);
      switch (need.kind) {
        case 'value':
          append(known.values, need.text, rule);
          break;
        case 'part':
          append(known.parts, need.text, rule);
          break;
        case 'range':
          known.ranges.push({ low: need.low, high: need.high, rule });
          break;
        case 'present':
          known.present.push(rule);
          break;
        default:
          need satisfies never;
      }
    }
  }

  #needsOf(field: Field): FieldNeeds {
    let needs = this.#fields.get(field);
    if (needs === undefined) {
      needs = {
        field,
        values: new Map(),
        parts: new Map(),
        automaton: undefined,
        rulesOfParts: [],
        ranges: [],
        present: [],
      };
      this.#fields.set(field, needs);
    }
    return needs;
  }
}

function append(map: Map<string, number[]>, text: string, rule: number): void {
  const known = map.get(text);
  if (known === undefined) map.set(text, [rule]);
  else if (known.at(-1) !== rule) known.push(rule);
}

/** Sorts in place. Most records have two or three, for which `sort` makes more than the record takes. */
function inOrder(numbers: number[]): readonly number[] {
  if (numbers.length > maxInserted) return numbers.sort((a, b) => a - b);
  for (let next = 1; next < numbers.length; next++) {
    const number = numbers[next] ?? 0;
    let place = next;
    for (; place > 0 && (numbers[place - 1] ?? 0) > number; place--) numbers[place] = numbers[place - 1] ?? 0;
    numbers[place] = number;
  }
  return numbers;
}

/** Most numbers that are sorted by putting each in its place. */
const maxInserted = 12;

const noRules: readonly number[] = [];

/** One may be there more than once. */
function rulesFor(needs: FieldNeeds, subject: Subject, { texts }: Reading): readonly number[] {
  if (subject.value(needs.field) === undefined) return noRules;
  const { values, parts, ranges, present } = needs;
  let rules = withMore(undefined, present);
  if (values.size > 0) for (const form of subject.forms(needs.field)) rules = withMore(rules, values.get(form));
  if (ranges.length > 0) {
    const numbers = subject.numbers(needs.field);
    for (const { low, high, rule } of ranges)
      if (numbers.some((number) => number >= low && number <= high)) rules = withMore(rules, [rule]);
  }
  if (parts.size > 0) {
    if (needs.automaton === undefined) {
      needs.automaton = automatonFor([...parts.keys()]);
      needs.rulesOfParts = [...parts.values()];
    }
    for (const text of texts) {
      const words = wordsIn(text, needs.automaton);
      if (words !== undefined) for (const word of words) rules = withMore(rules, needs.rulesOfParts[word]);
    }
  }
  return rules ?? noRules;
}

/** Makes nothing of nothing, which is what most texts have. */
function withMore(rules: number[] | undefined, more: readonly number[] = noRules): number[] | undefined {
  if (more.length === 0) return rules;
  if (rules === undefined) return [...more];
  for (const rule of more) rules.push(rule);
  return rules;
}
