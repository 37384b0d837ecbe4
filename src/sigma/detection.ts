import type { FieldIndex } from './fields.ts';
import { anyMatches, compileText, compileValues, type Modifiers, readModifiers } from './modifiers.ts';
import { asItems, asText, type Entry, fault, type ListNode, type MapNode, type Node } from './node.ts';
import type { Predicate } from './subject.ts';

/**
 * Compiles one selection of a rule: a map needs all its fields, a list needs one of its items, a field needs one of its
 * values, a bare text is a keyword. Throws `LpError` 78 for what it does not understand.
 * Source: Sigma specification 2.1, "Detection".
 */
export function compileSelection(node: Node, fields: FieldIndex): Predicate {
  switch (node.kind) {
    case 'map':
      return compileMap(node, fields);
    case 'list':
      return compileList(node, fields);
    case 'scalar':
      return compileKeyword(node, keyword);
    default:
      return node satisfies never;
  }
}

const keyword: Modifiers = { kind: 'text', position: 'contains', isAll: false, isCased: false, isNegated: false };

function compileList(list: ListNode, fields: FieldIndex): Predicate {
  if (list.items.length === 0) throw fault(list, 'an empty list matches nothing');
  return anyOf(list.items.map((item) => compileSelection(item, fields)));
}

function compileMap(map: MapNode, fields: FieldIndex): Predicate {
  if (map.entries.length === 0) throw fault(map, 'an empty map matches everything');
  return allOf(map.entries.map((entry) => compileEntry(entry, fields)));
}

function compileEntry(entry: Entry, fields: FieldIndex): Predicate {
  const [name = '', ...names] = entry.key.split('|');
  const modifiers = readModifiers(names, entry);
  const values = asItems(entry.value);
  if (values.length === 0) throw fault(entry, `"${entry.key}" has no values`);
  if (name === '') return joined(modifiers.isAll, keywordsOf(entry, modifiers, values));
  const field = fields.field(name, entry);
  const tests = compileValues(field, modifiers, values);
  // Not equal to a list means equal to none of it.
  return joined(modifiers.isAll || modifiers.isNegated, tests);
}

function keywordsOf(entry: Entry, modifiers: Modifiers, values: readonly Node[]): readonly Predicate[] {
  if (
    modifiers.kind !== 'text' ||
    modifiers.isNegated ||
    modifiers.isCased ||
    modifiers.position === 'startswith' ||
    modifiers.position === 'endswith'
  ) {
    throw fault(entry, `keywords take only the modifiers "all" and "contains", not "${entry.key}"`);
  }
  return values.map((value) => compileKeyword(value, keyword));
}

function compileKeyword(node: Node, modifiers: Modifiers): Predicate {
  const matches = compileText(asText(node, 'a keyword'), modifiers);
  return (subject) => anyMatches(subject.keywordForms(), matches);
}

function joined(isAll: boolean, tests: readonly Predicate[]): Predicate {
  return isAll ? allOf(tests) : anyOf(tests);
}

/** A predicate that needs all of `tests`, asked in order. */
export function allOf(tests: readonly Predicate[]): Predicate {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (subject) => {
    for (const test of tests) if (!test(subject)) return false;
    return true;
  };
}

/** A predicate that needs one of `tests`, asked in order. */
export function anyOf(tests: readonly Predicate[]): Predicate {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (subject) => {
    for (const test of tests) if (test(subject)) return true;
    return false;
  };
}
