import { type FieldName, fieldNames, fieldTypes, isFieldName } from '../fields.ts';
import type { Element } from '../pattern.ts';
import { stampShapes } from '../time/shapes.ts';

/** What is wrong with a part of somebody's format, or undefined. */
type Fault = string | undefined;
type Check = (value: unknown) => Fault;
type Shape = Readonly<Record<string, Check>>;

const isText: Check = (value) => (typeof value === 'string' ? undefined : 'must be text');
const isTrueOrFalse: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const isFunction: Check = (value) => (typeof value === 'function' ? undefined : 'must be a function');
const isNumber: Check = (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a number');
const isName: Check = (value) =>
  typeof value === 'string' && /^[a-z][a-z0-9_]*$/.test(value) ? undefined : 'must be a word of small letters, digits and _';

function maybe(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

function among(words: readonly string[]): Check {
  return (value) => (typeof value === 'string' && words.includes(value) ? undefined : `must be one of ${words.join(', ')}`);
}

function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    for (const [index, item] of value.entries()) {
      const fault = check(item);
      if (fault !== undefined) return `[${index}] ${fault}`;
    }
    return undefined;
  };
}

/** Words, and what each leads to. */
function mapOf(check: Check): Check {
  return (value) => {
    if (!(value instanceof Map)) return 'must be a Map';
    for (const [key, item] of value) {
      const fault = typeof key === 'string' ? check(item) : 'must have texts as keys';
      if (fault !== undefined) return `"${String(key)}" ${fault}`;
    }
    return undefined;
  };
}

const field: Check = (value) =>
  typeof value === 'string' && isFieldName(value) ? undefined : `must be a field; known are ${fieldNames.join(', ')}`;
const numberField: Check = (value) =>
  typeof value === 'string' && isFieldName(value) && fieldTypes[value] === 'number' ? undefined : 'must be a field for numbers';
const reach = among(['first', 'last', 'word', 'blanks', 'quote', 'structured', 'rest']);

const constants: Check = (value) => {
  if (!isRecord(value)) return 'must be an object of fields';
  for (const [name, constant] of Object.entries(value)) {
    const fault = isFieldName(name) ? wrongValue(name, constant) : `names no field: ${name}`;
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** What is wrong with a value for a field, or undefined. */
export function wrongValue(name: FieldName, value: unknown): Fault {
  const type = fieldTypes[name];
  if (type === 'number') return isNumber(value) === undefined ? undefined : `${name} must be a number`;
  if (type === 'flag') return typeof value === 'boolean' ? undefined : `${name} must be true or false`;
  if (type === 'list') return listOf(isText)(value) === undefined ? undefined : `${name} must be a list of texts`;
  return typeof value === 'string' ? undefined : `${name} must be text`;
}

const table: Check = (value) => {
  if (!isRecord(value)) return 'must be a table of words';
  return mapOf(constants)(value['words']) ?? isTrueOrFalse(value['isOpen']);
};

const pattern: Check = (value) => listOf(element)(value);
const elements: { readonly [Kind in Element['kind']]: Shape } = {
  literal: { text: isText },
  text: { field: maybe(field), reach, inside: maybe(pattern) },
  stops: { field: maybe(field), stops: isText, inside: maybe(pattern) },
  pairs: { keys: mapOf(pattern), parting: among([' ', ',', ';', '|', '&']) },
  number: { field: maybe(numberField) },
  address: { side: among(['source', 'destination']), isStrict: isTrueOrFalse, reach },
  url: { reach },
  stamp: { shape: among(stampShapes) },
  words: { table, reach },
  oneOf: { patterns: listOf(pattern) },
  not: { pattern },
  set: { constants },
  priority: {},
  recall: { key: field },
  dataset: {},
  end: {},
};

function element(value: unknown): Fault {
  if (!isRecord(value)) return 'must be a piece of a pattern';
  const kinds = Object.entries(elements);
  const shape = kinds.find(([kind]) => kind === value['kind'])?.[1];
  if (shape === undefined) return `has a kind that is none of ${kinds.map(([kind]) => kind).join(', ')}`;
  return wrongKey(value, shape);
}

function wrongKey(value: Readonly<Record<string, unknown>>, shape: Shape): Fault {
  for (const [key, check] of Object.entries(shape)) {
    const fault = check(value[key]);
    if (fault !== undefined) return `${key} ${fault}`;
  }
  return undefined;
}

const joins: Check = (value) => (value === 'unread' ? undefined : listOf(isText)(value));
const dataset: Check = (value) =>
  isText(value) && mapOf(isText)(value) && 'must be a text, or a text for each word in the name of a source';
const format: Shape = {
  name: isName,
  title: maybe(isText),
  source: maybe(isText),
  rank: maybe(isNumber),
  joins: maybe(joins),
  dataset: maybe(dataset),
  pattern: maybe(pattern),
  read: maybe(isFunction),
  begins: maybe(isText),
  guard: maybe(pattern),
  samples: maybe(listOf((value) => (isRecord(value) ? undefined : 'must be an object'))),
};

/** What is wrong with the export of a format file, or undefined. */
export function wrongFormat(value: unknown): Fault {
  if (!isRecord(value)) return 'its default export must be a format, or a function that makes one';
  const stranger = Object.keys(value).find((key) => !Object.hasOwn(format, key));
  if (stranger !== undefined) return `"${stranger}" is no part of a format; known are ${Object.keys(format).join(', ')}`;
  if ((value['pattern'] === undefined) === (value['read'] === undefined))
    return 'it must have either a pattern or a read function';
  return wrongKey(value, format);
}

/** Tells whether a value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
