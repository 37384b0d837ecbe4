import type { Field } from './fields.ts';
import type { Comparison, Modifiers, TimePart } from './modifiers.ts';
import { networkTest } from './network.ts';
import { asBoolean, asNumber, asText, fault, type Node } from './node.ts';
import type { Question, Value } from './question.ts';
import { literalIn } from './regex.ts';
import type { Predicate, Subject } from './subject.ts';
import type { Need, Needs } from './term.ts';
import { timePartOf } from './time-part.ts';
import { compilePattern, requiredText, type TextTest } from './wildcard.ts';

/** What one value of a rule comes to. */
export interface ValueTest {
  /** Fields that it looks at besides the one that is asked. */
  readonly others?: readonly Field[];
  readonly matches: Predicate;
  readonly needs: Needs;
}

/** The test of one field for one value. Throws `LpError` 78 when the value does not suit the modifiers. */
export function testOf(question: Question, value: Value): ValueTest {
  const { field, modifiers } = question;
  switch (modifiers.kind) {
    case 'exists': {
      const isWanted = asBoolean(value.node, 'the value of "exists"');
      const matches: Predicate = (subject) => (subject.value(field) !== undefined) === isWanted;
      return { matches, needs: isWanted ? present(question) : undefined };
    }
    case 'cidr':
      return networkValue(question, value);
    case 'fieldref':
      return reference(question, value.node);
    case 're':
      return expression(question, value);
    case 'text':
      return modifiers.timePart === undefined
        ? pattern(question, value.pattern)
        : comparison(question, value.node, (found, wanted) => found === wanted);
    default:
      return comparison(question, value.node, comparisons[modifiers.kind]);
  }
}

/** Tells whether one of `texts` passes. A loop, because `some` costs a call for each of many tests of each record. */
export function anyMatches(texts: readonly string[], matches: TextTest): boolean {
  for (const text of texts) if (matches(text)) return true;
  return false;
}

function present({ field }: Question): readonly Need[] {
  return [{ kind: 'present', field }];
}

/** What a text that holds `text` has: nothing to look for but the field when that is empty. */
function holding(question: Question, text: string): readonly Need[] {
  return text === '' ? present(question) : [{ kind: 'part', field: question.field, text }];
}

function pattern(question: Question, wanted: string | undefined): ValueTest {
  const { field, modifiers } = question;
  if (wanted === undefined) return { matches: (subject) => subject.value(field) === undefined, needs: undefined };
  // Records never carry empty texts: what a log leaves empty is absent.
  if (wanted === '') return { matches: (subject) => subject.texts(field).every((text) => text === ''), needs: undefined };
  const folded = wanted.toLowerCase();
  const needs = holding(question, requiredText(folded));
  const matches = compilePattern(modifiers.isCased ? wanted : folded, modifiers.position);
  if (modifiers.isCased) return { matches: (subject) => anyMatches(subject.casedForms(field), matches), needs };
  return { matches: (subject) => anyMatches(subject.forms(field), matches), needs };
}

function networkValue(question: Question, { node, pattern: network = asText(node, 'the value of "cidr"') }: Value): ValueTest {
  const isInside = networkTest(network);
  if (isInside === undefined) throw fault(node, `"${network}" is not a network; write it like 10.0.0.0/8 or fe80::/10`);
  return { matches: (subject) => anyMatches(subject.texts(question.field), isInside), needs: present(question) };
}

function expression(question: Question, { node, pattern: source = asText(node, 'the value of "re"') }: Value): ValueTest {
  const { field, modifiers, vocabulary } = question;
  if (vocabulary.regexes === undefined) throw fault(node, 'the engine for regular expressions is not loaded');
  const isProven = node.kind === 'scalar' && node.isProven === true && !modifiers.isExpanded;
  const matches = vocabulary.regexes.compile(source, { flags: modifiers.flags, fault: (what) => fault(node, what), isProven });
  const needs = holding(question, literalIn(source, modifiers.flags));
  return { matches: (subject) => anyMatches(subject.casedForms(field), matches), needs };
}

function reference(question: Question, node: Node): ValueTest {
  const { field, modifiers, vocabulary } = question;
  const other = vocabulary.field(asText(node, 'the value of "fieldref"'), node);
  const textsOf = (subject: Subject, of: typeof field): readonly string[] =>
    modifiers.isCased ? subject.texts(of) : subject.forms(of);
  const stands = standing(modifiers.position);
  return {
    others: [other],
    matches: (subject) => textsOf(subject, field).some((text) => textsOf(subject, other).some((part) => stands(text, part))),
    needs: present(question),
  };
}

function standing(position: Modifiers['position']): (text: string, part: string) => boolean {
  switch (position) {
    case 'exact':
      return (text, part) => text === part;
    case 'contains':
      return (text, part) => text.includes(part);
    case 'startswith':
      return (text, part) => text.startsWith(part);
    case 'endswith':
      return (text, part) => text.endsWith(part);
    default:
      return position satisfies never;
  }
}

type Compare = (found: number, limit: number) => boolean;

const comparisons: Readonly<Record<Comparison, Compare>> = {
  gt: (found, limit) => found > limit,
  gte: (found, limit) => found >= limit,
  lt: (found, limit) => found < limit,
  lte: (found, limit) => found <= limit,
};

function comparison(question: Question, node: Node, holds: Compare): ValueTest {
  const { field, modifiers } = question;
  const { kind, timePart } = modifiers;
  const limit = asNumber(node, `the value of "${timePart ?? kind}"`);
  if (timePart !== undefined) {
    return {
      matches: (subject) => subject.texts(field).some((text) => holdsPart(text, timePart, (found) => holds(found, limit))),
      needs: present(question),
    };
  }
  const isLow = kind === 'gt' || kind === 'gte';
  const [low, high] = isLow ? [limit, Number.POSITIVE_INFINITY] : [Number.NEGATIVE_INFINITY, limit];
  return {
    matches: (subject) => subject.numbers(field).some((found) => holds(found, limit)),
    needs: [{ kind: 'range', field, low, high }],
  };
}

function holdsPart(text: string, part: TimePart, holds: (found: number) => boolean): boolean {
  const found = timePartOf(text, part);
  return found !== undefined && holds(found);
}
