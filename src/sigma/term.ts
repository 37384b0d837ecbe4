import type { Field } from './fields.ts';
import type { Predicate } from './subject.ts';

/** What a detection comes to: questions about one field each, joined. Rules are asked through `predicateOf`. */
export type Term = JoinedTerm | NotTerm | NamedTerm | FieldTerm;

/** Terms of which all or any one must hold; no parts at all hold for `all`, and do not for `any`. */
export interface JoinedTerm {
  readonly kind: 'all' | 'any';
  readonly parts: readonly Term[];
}

/** A term that must not hold. */
export interface NotTerm {
  readonly kind: 'not';
  readonly part: Term;
}

/** A selection of a detection, by its name. */
export interface NamedTerm {
  readonly kind: 'named';
  readonly name: string;
  readonly part: Term;
}

/** One question about one field. */
export interface FieldTerm {
  readonly kind: 'field';
  /** As the rule says it: `cs-uri-query|contains: ../`. */
  readonly label: string;
  /** All fields that it looks at. */
  readonly fields: readonly Field[];
  readonly matches: Predicate;
  readonly needs: Needs;
  /** Where there is one, the term holds wherever the field holds this text, in lower case, in any case. */
  readonly part?: string;
}

/** Conditions of which a record must meet one, or no term that carries them holds; undefined when nothing is sure. */
export type Needs = readonly Need[] | undefined;

/** One thing that a record can have, and that costs little to look for. */
export type Need =
  | { readonly kind: 'value' | 'part'; readonly field: Field /** In lower case. */; readonly text: string }
  | { readonly kind: 'range'; readonly field: Field; readonly low: number; readonly high: number }
  | { readonly kind: 'present'; readonly field: Field };

/** A term that needs all of `parts`, asked in order. */
export function allOf(parts: readonly Term[]): Term {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'all', parts };
}

/** A term that needs one of `parts`, asked in order. */
export function anyOf(parts: readonly Term[]): Term {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'any', parts };
}

/** The test that a term comes to. */
export function predicateOf(term: Term): Predicate {
  switch (term.kind) {
    case 'all':
      return everyOne(term.parts.map(predicateOf));
    case 'any':
      return anyOne(term.parts.map(predicateOf));
    case 'not': {
      const predicate = predicateOf(term.part);
      return (subject) => !predicate(subject);
    }
    case 'named':
      return predicateOf(term.part);
    case 'field':
      return term.matches;
    default:
      return term satisfies never;
  }
}

function everyOne(tests: readonly Predicate[]): Predicate {
  return (subject) => {
    for (const test of tests) if (!test(subject)) return false;
    return true;
  };
}

function anyOne(tests: readonly Predicate[]): Predicate {
  return (subject) => {
    for (const test of tests) if (test(subject)) return true;
    return false;
  };
}

/** What a record must have one of for the term to hold: of what is sure, that which is rarest in logs. */
export function needsOf(term: Term): Needs {
  switch (term.kind) {
    case 'all':
      return rarest(term.parts.map(needsOf));
    case 'any': {
      const needs = term.parts.map(needsOf);
      return needs.some((need) => need === undefined) ? undefined : needs.flatMap((need) => need ?? []);
    }
    case 'not':
      return undefined;
    case 'named':
      return needsOf(term.part);
    case 'field':
      return term.needs;
    default:
      return term satisfies never;
  }
}

function rarest(all: readonly Needs[]): Needs {
  let best: Needs;
  for (const needs of all) if (needs !== undefined && (best === undefined || shareOf(needs) < shareOf(best))) best = needs;
  return best;
}

/** About which share of records meets one of `needs`: a guess that is only there to choose by. */
function shareOf(needs: readonly Need[]): number {
  return needs.reduce((sum, need) => sum + shareOfOne(need), 0);
}

/** The share that one value of a field has which most records of a kind have; of others a value is rare. */
const shares: ReadonlyMap<string, number> = new Map([
  ['event.category', 0.3],
  ['event.outcome', 0.3],
  ['http.request.method', 0.3],
  ['http.version', 0.3],
  ['log.dataset', 0.3],
  ['log.level', 0.3],
  ['process.name', 0.02],
]);

function shareOfOne(need: Need): number {
  switch (need.kind) {
    case 'value':
      // One of each hundred requests fails in one way or another.
      if (need.field.name === 'http.response.status_code') return need.text >= '400' ? 0.005 : 0.2;
      return shares.get(need.field.name) ?? 0.001;
    case 'part':
      return 0.9 / 4 ** Math.min(need.text.length - 1, 6);
    case 'range':
      return 0.3;
    case 'present':
      return 1;
    default:
      return need satisfies never;
  }
}
