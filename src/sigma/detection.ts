import { type Modifiers, readModifiers } from './modifiers.ts';
import { asItems, asText, type Entry, fault, type ListNode, type MapNode, type Node } from './node.ts';
import { allOf, anyOf, type Term } from './term.ts';
import { compileValues } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Compiles one selection of a rule: a map needs all its fields, a list needs one of its items, a field needs one of its
 * values, a bare text is a keyword. Throws `LpError` 78 for what it does not understand.
 * Source: Sigma specification 2.1, "Detection".
 */
export function compileSelection(node: Node, vocabulary: Vocabulary): Term {
  switch (node.kind) {
    case 'map':
      return compileMap(node, vocabulary);
    case 'list':
      return compileList(node, vocabulary);
    case 'scalar':
      return keywords([node], { key: 'keyword', modifiers: readModifiers(['contains'], node), vocabulary });
    default:
      return node satisfies never;
  }
}

function compileList(list: ListNode, vocabulary: Vocabulary): Term {
  if (list.items.length === 0) throw fault(list, 'an empty list matches nothing');
  if (list.items.every((item) => item.kind === 'scalar'))
    return keywords(list.items, { key: 'keywords', modifiers: readModifiers(['contains'], list), vocabulary });
  return anyOf(list.items.map((item) => compileSelection(item, vocabulary)));
}

function compileMap(map: MapNode, vocabulary: Vocabulary): Term {
  if (map.entries.length === 0) throw fault(map, 'an empty map matches everything');
  return allOf(map.entries.map((entry) => compileEntry(entry, vocabulary)));
}

function compileEntry(entry: Entry, vocabulary: Vocabulary): Term {
  const { key } = entry;
  const [name = '', ...names] = key.split('|');
  const modifiers = readModifiers(names, entry);
  const values = asItems(entry.value);
  if (values.length === 0) throw fault(entry, `"${key}" has no values`);
  if (name !== '') return compileValues({ field: vocabulary.field(name, entry), key, modifiers, vocabulary }, values);
  const isFit = modifiers.kind === 're' || (modifiers.kind === 'text' && modifiers.timePart === undefined);
  if (!isFit || modifiers.position === 'startswith' || modifiers.position === 'endswith')
    throw fault(entry, `keywords may stand anywhere and are texts: "${key}" does not go with that`);
  const position = modifiers.kind === 're' ? modifiers.position : 'contains';
  return keywords(values, { key: `keywords${key}`, modifiers: { ...modifiers, position }, vocabulary });
}

interface KeywordQuestion {
  readonly key: string;
  readonly modifiers: Modifiers;
  readonly vocabulary: Vocabulary;
}

/** Keywords are looked for in the whole entry. */
function keywords(nodes: readonly Node[], question: KeywordQuestion): Term {
  for (const node of nodes) asText(node, 'a keyword');
  return compileValues({ field: question.vocabulary.entry, ...question }, nodes);
}
