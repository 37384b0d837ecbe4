import { type Automaton, automatonFor, wordsIn } from './automaton.ts';
import type { Field } from './fields.ts';
import type { SingleRule } from './rule.ts';
import type { Reading, Subject } from './subject.ts';
import { type Needs, needsOf } from './term.ts';

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
  /** Rules that may match whatever the record has, by number. */
  readonly always: readonly number[];
  readonly fields: readonly FieldNeeds[];
  /** 1 for the rules of this lane, by number. */
  readonly members: Uint8Array;
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

  /** The lane of some of the rules. */
  laneOf(rules: readonly number[]): Lane {
    const members = new Uint8Array(this.#needs.length);
    const fields = new Set<FieldNeeds>();
    for (const rule of rules) {
      members[rule] = 1;
      for (const need of this.#needs[rule] ?? []) {
        const known = this.#fields.get(need.field);
        if (known !== undefined) fields.add(known);
      }
    }
    return { members, fields: [...fields], always: rules.filter((rule) => this.#needs[rule] === undefined) };
  }

  /** The numbers of the rules of a lane that may match, in order. */
  candidates(subject: Subject, lane: Lane): readonly number[] {
    let found: number[] | undefined;
    const call = this.#nextCall();
    for (const needs of lane.fields) {
      const reading = subject.reading(needs.field);
      reading.rules ??= rulesFor(needs, subject, reading);
      for (const rule of reading.rules) {
        if (lane.members[rule] !== 1 || this.#foundIn[rule] === call) continue;
        this.#foundIn[rule] = call;
        found ??= [];
        found.push(rule);
      }
    }
    if (found === undefined) return lane.always;
    // A rule that has needs is never one of those that may always match.
    if (lane.always.length > 0) found.push(...lane.always);
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
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

const noRules: readonly number[] = [];

function rulesFor(needs: FieldNeeds, subject: Subject, { texts }: Reading): readonly number[] {
  if (subject.value(needs.field) === undefined) return noRules;
  const { values, parts, ranges, present } = needs;
  let rules: Set<number> | undefined;
  const add = (more: readonly number[] | undefined): void => {
    if (more === undefined || more.length === 0) return;
    rules ??= new Set();
    for (const rule of more) rules.add(rule);
  };
  add(present);
  if (values.size > 0) for (const form of subject.forms(needs.field)) add(values.get(form));
  if (ranges.length > 0) {
    const numbers = subject.numbers(needs.field);
    for (const { low, high, rule } of ranges) if (numbers.some((number) => number >= low && number <= high)) add([rule]);
  }
  if (parts.size > 0) {
    if (needs.automaton === undefined) {
      needs.automaton = automatonFor([...parts.keys()]);
      needs.rulesOfParts = [...parts.values()];
    }
    for (const text of texts) for (const word of wordsIn(text, needs.automaton)) add(needs.rulesOfParts[word]);
  }
  return rules === undefined ? noRules : [...rules];
}
