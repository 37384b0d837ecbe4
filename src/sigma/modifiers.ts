import { BlockList, isIP } from 'node:net';
import type { Field } from './fields.ts';
import { holdsAny, literalOf } from './literals.ts';
import { asBoolean, asNumber, asText, fault, type Node, type Place } from './node.ts';
import type { Predicate } from './subject.ts';
import { compilePattern, type Position, requiredText, type TextTest } from './wildcard.ts';

/** What the modifiers behind a field's name (`field|contains|all`) come to. */
export interface Modifiers {
  readonly kind: 'text' | 'exists' | 'cidr' | Comparison;
  readonly position: Position;
  /** Whether all values must be there, not just one. */
  readonly isAll: boolean;
  readonly isCased: boolean;
  readonly isNegated: boolean;
}

type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

const comparisons: Readonly<Record<Comparison, (found: number, limit: number) => boolean>> = {
  gt: (found, limit) => found > limit,
  gte: (found, limit) => found >= limit,
  lt: (found, limit) => found < limit,
  lte: (found, limit) => found <= limit,
};

const supported = 'contains, startswith, endswith, all, cased, exists, cidr, gt, gte, lt, lte, neq';

/** Modifiers of the Sigma specification 2.1 that this version does not do. */
const notYet = new Set(
  ['base64', 'base64offset', 'expand', 'fieldref', 'i', 'm', 're', 's', 'utf16', 'utf16be', 'utf16le', 'wide', 'windash'].concat([
    'second',
    'minute',
    'hour',
    'day',
    'week',
    'month',
    'year',
  ]),
);

/** Reads the modifiers of one field. Throws `LpError` 78 for those that are unknown, not supported or contradictory. */
export function readModifiers(names: readonly string[], place: Place): Modifiers {
  const rest = new Set(names);
  const take = (name: string): boolean => rest.delete(name);
  const isAll = take('all');
  const isCased = take('cased');
  const isNegated = take('neq');
  const position = (['contains', 'startswith', 'endswith'] as const).find(take) ?? 'exact';
  const kind = (['exists', 'cidr', 'gt', 'gte', 'lt', 'lte'] as const).find(take) ?? 'text';
  const [left] = rest;
  if (left !== undefined && notYet.has(left))
    throw fault(place, `the modifier "${left}" is not supported yet; supported are ${supported}`);
  if (left !== undefined && supported.split(', ').includes(left))
    throw fault(place, `"${left}" does not go with the other modifiers`);
  if (left !== undefined) throw fault(place, `there is no modifier "${left}"; supported are ${supported}`);
  if (kind !== 'text' && (isCased || position !== 'exact')) throw fault(place, `"${kind}" does not go with the other modifiers`);
  return { kind, position, isAll, isCased, isNegated };
}

/**
 * The tests of one field for the values of a rule, one for each value; words that need no wildcards share a test when one
 * of them is enough. Throws `LpError` 78 when a value does not suit the modifiers.
 */
export function compileValues(field: Field, modifiers: Modifiers, values: readonly Node[]): readonly Predicate[] {
  const { kind, position, isAll, isCased, isNegated } = modifiers;
  if (kind !== 'text' || isAll || isCased || isNegated) return values.map((value) => compileValue(field, modifiers, value));
  const words: string[] = [];
  const tests: Predicate[] = [];
  for (const value of values) {
    const word = value.kind === 'scalar' && value.value !== undefined ? literalOf(String(value.value).toLowerCase()) : undefined;
    const isShared = word !== undefined && word !== '' && (position !== 'contains' || field.words.add(word));
    if (isShared) words.push(word);
    else tests.push(compileValue(field, modifiers, value));
  }
  if (words.length === 0) return tests;
  const matches = oneOf(words, position);
  const shared: Predicate =
    position === 'contains'
      ? (subject) => subject.holdsWord(field) && anyMatches(subject.forms(field), matches)
      : (subject) => anyMatches(subject.forms(field), matches);
  return [shared, ...tests];
}

function oneOf(words: readonly string[], position: Position): TextTest {
  switch (position) {
    case 'contains':
      return holdsAny(words);
    case 'startswith':
    case 'endswith':
      return standsAtEnd(words, position);
    case 'exact': {
      const known = new Set(words);
      return (text) => known.has(text);
    }
    default:
      return position satisfies never;
  }
}

/** Nearly all texts differ from all words in the character at their end, so that one look is enough for them. */
function standsAtEnd(words: readonly string[], end: 'startswith' | 'endswith'): TextTest {
  const isStart = end === 'startswith';
  const codeOf = (text: string): number => text.charCodeAt(isStart ? 0 : text.length - 1);
  const byCode = new Map<number, string[]>();
  for (const word of words) byCode.set(codeOf(word), [...(byCode.get(codeOf(word)) ?? []), word]);
  return (text) => {
    const candidates = byCode.get(codeOf(text));
    return candidates?.some((word) => (isStart ? text.startsWith(word) : text.endsWith(word))) === true;
  };
}

/** The test of one field for one value of a rule. Throws `LpError` 78 when the value does not suit the modifiers. */
function compileValue(field: Field, modifiers: Modifiers, value: Node): Predicate {
  const predicate = positiveTest(field, modifiers, value);
  return modifiers.isNegated ? (subject) => !predicate(subject) : predicate;
}

function positiveTest(field: Field, modifiers: Modifiers, value: Node): Predicate {
  switch (modifiers.kind) {
    case 'exists': {
      const isWanted = asBoolean(value, 'the value of "exists"');
      return (subject) => (subject.value(field) !== undefined) === isWanted;
    }
    case 'cidr': {
      const isInside = compileNetwork(asText(value, 'the value of "cidr"'), value);
      return (subject) => subject.texts(field).some(isInside);
    }
    case 'text':
      return textTest(field, modifiers, value);
    default: {
      const holds = comparisons[modifiers.kind];
      const limit = asNumber(value, `the value of "${modifiers.kind}"`);
      return (subject) => {
        const value = subject.value(field);
        if (typeof value === 'number') return holds(value, limit);
        return subject.texts(field).some((text) => text.trim() !== '' && holds(Number(text), limit));
      };
    }
  }
}

function textTest(field: Field, modifiers: Modifiers, value: Node): Predicate {
  if (value.kind !== 'scalar') throw fault(value, 'a value must be a text, a number, true, false or null');
  if (value.value === undefined) return (subject) => subject.value(field) === undefined;
  // Records never carry empty texts: what a log leaves empty is absent.
  if (value.value === '') return (subject) => subject.texts(field).every((text) => text === '');
  const pattern = String(value.value);
  const matches = compileText(pattern, modifiers);
  if (modifiers.isCased) return (subject) => anyMatches(subject.texts(field), matches);
  // The ends of a text are looked at faster than its words.
  const isSearch = modifiers.position === 'contains' || pattern.includes('*');
  if (isSearch && field.words.add(requiredText(pattern.toLowerCase())))
    return (subject) => subject.holdsWord(field) && anyMatches(subject.forms(field), matches);
  return (subject) => anyMatches(subject.forms(field), matches);
}

/** The test of a text, in lower case unless the modifiers say `cased`. */
export function compileText(pattern: string, modifiers: Modifiers): TextTest {
  return compilePattern(modifiers.isCased ? pattern : pattern.toLowerCase(), modifiers.position);
}

/** Tells whether one of `texts` passes. A loop, because `some` costs a call for each of many tests of each record. */
export function anyMatches(texts: readonly string[], matches: TextTest): boolean {
  for (const text of texts) if (matches(text)) return true;
  return false;
}

function compileNetwork(network: string, place: Place): TextTest {
  const [address = '', bits = ''] = network.split('/');
  const version = isIP(address);
  const prefix = Number(bits);
  if (version === 0 || !/^\d{1,3}$/.test(bits) || prefix > (version === 4 ? 32 : 128)) {
    throw fault(place, `"${network}" is not a network; write it like 10.0.0.0/8 or fe80::/10`);
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return (text) => isIP(text) === version && list.check(text, family);
}
