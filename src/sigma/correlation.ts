import type { Field, FieldIndex } from './fields.ts';
import {
  allowOnly,
  asBoolean,
  asMap,
  asNumber,
  asText,
  asTexts,
  asTimespan,
  fault,
  find,
  type MapNode,
  type Node,
} from './node.ts';
import type { CorrelationRule } from './rule.ts';

/** What the `correlation` part of a rule says. */
export type Correlation = Pick<
  CorrelationRule,
  'type' | 'rules' | 'groupBy' | 'timespanMs' | 'threshold' | 'valueField' | 'isGenerating'
>;

const types = ['event_count', 'value_count', 'temporal', 'temporal_ordered'] as const;
const keys = ['type', 'rules', 'group-by', 'timespan', 'condition', 'generate'];

/** Largest threshold: a window keeps that many records. */
const maxThreshold = 10_000;

/** Reads the `correlation` part of a rule. Throws `LpError` 78 for mistakes and for what is not supported, by name. */
export function readCorrelation(node: Node, fields: FieldIndex): Correlation {
  const map = asMap(node, 'correlation');
  const aliases = map.entries.find((entry) => entry.key === 'aliases');
  if (aliases !== undefined) throw fault(aliases, '"aliases" in correlations is not supported yet');
  allowOnly(map, keys, 'a correlation');
  const type = readType(required(map, 'type'));
  const rules = asTexts(required(map, 'rules'), 'rules');
  const groupBy = find(map, 'group-by');
  const generate = find(map, 'generate');
  return {
    type,
    rules,
    groupBy: groupBy === undefined ? [] : asTexts(groupBy, 'group-by').map((name) => fields.field(name, groupBy)),
    timespanMs: asTimespan(required(map, 'timespan'), 'timespan'),
    isGenerating: generate !== undefined && asBoolean(generate, 'generate'),
    ...readCondition(map, { type, rules }, fields),
  };
}

function required(map: MapNode, key: string): Node {
  const node = find(map, key);
  if (node === undefined) throw fault(map, `a correlation needs "${key}"`);
  return node;
}

function readType(node: Node): Correlation['type'] {
  const text = asText(node, 'type');
  const type = types.find((known) => known === text);
  if (type === undefined)
    throw fault(node, `the correlation type "${text}" is not supported yet; supported are ${types.join(', ')}`);
  return type;
}

type Condition = { readonly threshold: number; readonly valueField?: Field };

function readCondition(map: MapNode, { type, rules }: Pick<Correlation, 'type' | 'rules'>, fields: FieldIndex): Condition {
  const node = find(map, 'condition');
  if (type === 'temporal' || type === 'temporal_ordered') {
    if (node !== undefined) throw fault(node, `a condition for the correlation type "${type}" is not supported yet`);
    return { threshold: rules.length };
  }
  if (node === undefined) throw fault(map, `a correlation of type "${type}" needs "condition", like {gte: 5}`);
  const condition = asMap(node, 'condition');
  const field = find(condition, 'field');
  if (type === 'value_count' && field === undefined)
    throw fault(condition, 'a value_count needs the "field" whose values it counts');
  if (type === 'event_count' && field !== undefined) throw fault(field, 'an event_count takes no "field"');
  const threshold = readThreshold(condition);
  return { threshold, ...(field !== undefined && { valueField: fields.field(asText(field, 'field'), field) }) };
}

function readThreshold(condition: MapNode): number {
  const operators = condition.entries.filter((entry) => entry.key !== 'field');
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) throw fault(condition, 'a correlation condition needs one of gte and gt');
  if (operator.key !== 'gte' && operator.key !== 'gt') {
    throw fault(operator, `"${operator.key}" in a correlation condition is not supported yet; gte and gt are`);
  }
  const threshold = asNumber(operator.value, operator.key) + (operator.key === 'gt' ? 1 : 0);
  if (Number.isInteger(threshold) && threshold >= 1 && threshold <= maxThreshold) return threshold;
  throw fault(operator, `a correlation counts to a whole number from 1 to ${maxThreshold}`);
}
