import { compileCondition } from './condition.ts';
import { asItems, asMap, asNumber, asText, type Entry, fault, find, type MapNode, type Node, type Place } from './node.ts';
import type { Alias, CorrelationCondition, CorrelationRule } from './rule.ts';
import type { Term } from './term.ts';

/** What a condition depends on besides its own words. */
interface Setting {
  readonly type: CorrelationRule['type'];
  readonly rules: readonly string[];
  readonly fieldOf: (name: Node) => Alias;
  readonly place: Place;
}

/** Largest number to count to: a window keeps that many records. */
const maxThreshold = 10_000;

/**
 * Reads the condition of a correlation: a map of limits (`gte: 5`, several of which make a range) with the field whose values
 * are counted, or for `temporal` types words about the rules (`a and not b`). Throws `LpError` 78 for mistakes.
 */
export function readCorrelationCondition(node: Node | undefined, setting: Setting): CorrelationCondition {
  const { type, place } = setting;
  if (type === 'temporal' || type === 'temporal_ordered') return temporalCondition(node, setting);
  if (node === undefined) throw fault(place, `a correlation of type "${type}" needs "condition", like {gte: 5}`);
  const map = asMap(node, 'condition');
  const values = valuesIn(map, setting);
  const limits = readLimits(map, type === 'value_percentile' ? ['field', 'percentile'] : ['field']);
  const isCount = type === 'event_count' || type === 'value_count';
  if (isCount) for (const { entry, limit } of limits) checkCount(entry, limit);
  return {
    ...conditionOf(limits),
    ...(!isCount && { threshold: 1 }),
    values,
    percentile: type === 'value_percentile' ? readPercentile(map) : 0,
    suffices: () => false,
  };
}

function valuesIn(map: MapNode, { type, fieldOf }: Setting): readonly Alias[] {
  const field = find(map, 'field');
  if (type === 'event_count') {
    if (field !== undefined) throw fault(field, 'an event_count takes no "field"');
    return [];
  }
  if (field === undefined) throw fault(map, `a ${type} needs the "field" whose values it looks at`);
  const names = asItems(field);
  if (names.length === 0 || (names.length > 1 && type !== 'value_count'))
    throw fault(field, `a ${type} takes one field${type === 'value_count' ? ' or several' : ''}`);
  return names.map(fieldOf);
}

function readPercentile(map: MapNode): number {
  const node = find(map, 'percentile');
  if (node === undefined) throw fault(map, 'a value_percentile needs the "percentile", 0 to 100');
  const percentile = asNumber(node, 'percentile');
  if (percentile < 0 || percentile > 100) throw fault(node, 'a percentile is 0 to 100');
  return percentile;
}

interface Limit {
  readonly entry: Entry;
  readonly operator: Operator;
  readonly limit: number;
}

type Operator = keyof typeof operators;

const operators = {
  gt: (measure: number, limit: number) => measure > limit,
  gte: (measure: number, limit: number) => measure >= limit,
  lt: (measure: number, limit: number) => measure < limit,
  lte: (measure: number, limit: number) => measure <= limit,
  eq: (measure: number, limit: number) => measure === limit,
  neq: (measure: number, limit: number) => measure !== limit,
};

function isOperator(key: string): key is Operator {
  return Object.hasOwn(operators, key);
}

function readLimits(map: MapNode, others: readonly string[]): readonly Limit[] {
  const limits = map.entries.flatMap((entry): readonly Limit[] => {
    const { key } = entry;
    if (others.includes(key)) return [];
    if (!isOperator(key)) {
      throw fault(entry, `a correlation condition has no "${key}"; it has ${[...Object.keys(operators), ...others].join(', ')}`);
    }
    return [{ entry, operator: key, limit: asNumber(entry.value, key) }];
  });
  if (limits.length === 0) throw fault(map, `a correlation condition needs one of ${Object.keys(operators).join(', ')}`);
  return limits;
}

function checkCount(entry: Entry, limit: number): void {
  if (!Number.isInteger(limit) || limit < 0 || limit > maxThreshold)
    throw fault(entry, `a correlation counts to a whole number of at most ${maxThreshold}`);
}

/** The least count that fulfils all limits, what fulfils them, and whether more always does. */
function conditionOf(limits: readonly Limit[]): Pick<CorrelationCondition, 'threshold' | 'holds' | 'isLowerBound'> {
  const least = limits.map(({ operator, limit }) =>
    operator === 'gt' ? limit + 1 : operator === 'gte' || operator === 'eq' ? limit : 1,
  );
  return {
    threshold: Math.max(1, ...least),
    holds: (measure) => limits.every(({ operator, limit }) => operators[operator](measure, limit)),
    isLowerBound: limits.every(({ operator }) => operator === 'gt' || operator === 'gte'),
  };
}

function temporalCondition(node: Node | undefined, { type, rules }: Setting): CorrelationCondition {
  const common = { values: [], percentile: 0, threshold: rules.length };
  if (node === undefined) {
    const holds = (measure: number): boolean => measure >= rules.length;
    return { ...common, holds, isLowerBound: true, suffices: (seen) => seen.size >= rules.length };
  }
  if (node.kind === 'scalar') {
    const names = new Map(rules.map((name): [string, Term] => [name, { kind: 'named', name, part: { kind: 'any', parts: [] } }]));
    const term = compileCondition(asText(node, 'condition'), names, node);
    const suffices = (seen: ReadonlySet<number>): boolean => holdsFor(term, (name) => seen.has(rules.indexOf(name)));
    if (suffices(new Set())) throw fault(node, 'a condition must name a rule that has to match');
    return { ...common, threshold: 1, holds: (measure) => measure >= 1, isLowerBound: true, suffices };
  }
  if (type === 'temporal_ordered') throw fault(node, 'a temporal_ordered takes no limits: each of its rules must match');
  const condition = conditionOf(readLimits(asMap(node, 'condition'), []));
  if (!condition.isLowerBound || condition.threshold > rules.length)
    throw fault(node, `a temporal correlation takes "gte" or "gt", of at most its ${rules.length} rules`);
  return { ...common, ...condition, suffices: (seen) => condition.holds(seen.size) };
}

function holdsFor(term: Term, isSeen: (name: string) => boolean): boolean {
  switch (term.kind) {
    case 'all':
      return term.parts.every((part) => holdsFor(part, isSeen));
    case 'any':
      return term.parts.some((part) => holdsFor(part, isSeen));
    case 'not':
      return !holdsFor(term.part, isSeen);
    case 'named':
      return isSeen(term.name);
    case 'field':
      return false;
    default:
      return term satisfies never;
  }
}
