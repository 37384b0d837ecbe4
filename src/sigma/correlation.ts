import { readCorrelationCondition } from './correlation-condition.ts';
import {
  allowOnly,
  asBoolean,
  asItems,
  asMap,
  asText,
  asTexts,
  asTimespan,
  fault,
  find,
  type MapNode,
  type Node,
} from './node.ts';
import { type Alias, type CorrelationRule, correlationTypes } from './rule.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the `correlation` part of a rule says. */
export type Correlation = Pick<CorrelationRule, 'type' | 'rules' | 'groupBy' | 'timespanMs' | 'condition' | 'isGenerating'>;

const keys = ['type', 'rules', 'group-by', 'timespan', 'condition', 'generate', 'aliases'];

/** The names that types with a condition of words also go by. */
const extended: Readonly<Record<string, Correlation['type']>> = {
  extended_temporal: 'temporal',
  extended_temporal_ordered: 'temporal_ordered',
};

/**
 * Reads the `correlation` part of a rule. Throws `LpError` 78 for mistakes and for what is not supported, by name.
 * Source: Sigma correlation rules specification 2.1.
 */
export function readCorrelation(node: Node, vocabulary: Vocabulary): Correlation {
  const map = asMap(node, 'correlation');
  allowOnly(map, keys, 'a correlation');
  const type = readType(required(map, 'type'));
  const condition = find(map, 'condition');
  const named = find(map, 'rules');
  const rules = named === undefined ? namesIn(condition, map) : asTexts(named, 'rules');
  if (rules.length === 0) throw fault(named ?? map, 'a correlation needs at least one rule');
  const generate = find(map, 'generate');
  const aliases = aliasesOf(map, rules, vocabulary);
  const groupBy = find(map, 'group-by');
  const fieldOf = (name: Node): Alias => {
    const text = asText(name, 'a field');
    return aliases.get(text) ?? { name: text, fields: rules.map(() => vocabulary.field(text, name)) };
  };
  return {
    type,
    rules,
    groupBy: groupBy === undefined ? [] : asItems(groupBy).map(fieldOf),
    timespanMs: asTimespan(required(map, 'timespan'), 'timespan'),
    isGenerating: generate !== undefined && asBoolean(generate, 'generate'),
    condition: readCorrelationCondition(condition, { type, rules, fieldOf, place: map }),
  };
}

function required(map: MapNode, key: string): Node {
  const node = find(map, key);
  if (node === undefined) throw fault(map, `a correlation needs "${key}"`);
  return node;
}

function readType(node: Node): Correlation['type'] {
  const text = asText(node, 'type');
  const type = Object.hasOwn(extended, text) ? extended[text] : correlationTypes.find((known) => known === text);
  if (type === undefined)
    throw fault(node, `the correlation type "${text}" is not supported; there are ${correlationTypes.join(', ')}`);
  return type;
}

/** The rules that a condition of words names, when `rules` does not say. */
function namesIn(condition: Node | undefined, map: MapNode): readonly string[] {
  if (condition?.kind !== 'scalar') throw fault(map, 'a correlation needs "rules"');
  const words = asText(condition, 'condition').match(/[^\s()]+/g) ?? [];
  return [...new Set(words.filter((word) => !/^(and|or|not)$/i.test(word)))];
}

/** Fields that have another name for each rule. Source: as above, "Field Name Aliases". */
function aliasesOf(map: MapNode, rules: readonly string[], vocabulary: Vocabulary): ReadonlyMap<string, Alias> {
  const node = find(map, 'aliases');
  const aliases = new Map<string, Alias>();
  if (node === undefined) return aliases;
  for (const { key: name, value } of asMap(node, 'aliases').entries) {
    const byRule = asMap(value, `the alias "${name}"`);
    allowOnly(byRule, rules, `the alias "${name}" of this correlation`);
    const fields = rules.map((rule) => {
      const field = find(byRule, rule);
      if (field === undefined) throw fault(byRule, `the alias "${name}" does not say which field it is in "${rule}"`);
      return vocabulary.field(asText(field, `the field of "${rule}"`), field);
    });
    aliases.set(name, { name, fields });
  }
  return aliases;
}
