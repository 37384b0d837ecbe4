import { encodedForms } from './encodings.ts';
import { holdsAny, literalOf } from './literals.ts';
import { fault, type Node, type Place } from './node.ts';
import type { Question, Value } from './question.ts';
import { allOf, anyOf, type FieldTerm, type Need, type Term } from './term.ts';
import { anyMatches, testOf } from './value-test.ts';
import type { Vocabulary } from './vocabulary.ts';
import { escapedLiteral, type Position, type TextTest } from './wildcard.ts';

/**
 * The term of one field for the values of a rule. Words share a test when one of them is enough. Throws `LpError` 78 when a
 * value does not suit the modifiers.
 */
export function compileValues(question: Question, nodes: readonly Node[]): Term {
  const { isAll, isNegated } = question.modifiers;
  const values = nodes.map((node) => valuesOf(question, node));
  // Of the forms of one value, one is enough, whatever `all` says of the values.
  const terms = isAll ? values.map((forms) => anyOf(termsOf(question, forms))) : termsOf(question, values.flat());
  const joined = isAll ? allOf(terms) : anyOf(terms);
  // Not equal to a list means equal to none of it.
  return isNegated ? { kind: 'not', part: joined } : joined;
}

function valuesOf({ modifiers, vocabulary }: Question, node: Node): readonly Value[] {
  const { isExpanded, encodings } = modifiers;
  if (node.kind !== 'scalar') throw fault(node, 'a value must be a text, a number, true, false or null');
  if (node.value === undefined) return [{ node, pattern: undefined }];
  const texts = isExpanded ? filledIn(String(node.value), vocabulary.placeholders, node) : [String(node.value)];
  if (encodings.length === 0) return texts.map((pattern) => ({ node, pattern }));
  return texts.flatMap((text) => {
    // Dashes may be changed in a pattern, but only a literal text has bytes.
    if (encodings.every((encoding) => encoding === 'windash'))
      return encodedForms(text, encodings, node).map((pattern) => ({ node, pattern }));
    const literal = literalOf(text);
    if (literal === undefined) throw fault(node, `"${encodings.join('|')}" takes a value without wildcards, not "${text}"`);
    return encodedForms(literal, encodings, node).map((form) => ({ node, pattern: escapedLiteral(form) }));
  });
}

/** Source: Sigma specification 2.1, "Placeholders". */
function filledIn(text: string, placeholders: Vocabulary['placeholders'], place: Place): readonly string[] {
  const found = /%([^%\s]+)%/.exec(text);
  const name = found?.[1];
  if (found === null || name === undefined) return [text];
  const values = placeholders.get(name);
  if (values === undefined)
    throw fault(place, `nothing says what the placeholder %${name}% stands for: give it as --expand ${name}=VALUE`);
  const start = text.slice(0, found.index);
  const rests = filledIn(text.slice(found.index + found[0].length), placeholders, place);
  return values.flatMap((value) => rests.map((rest) => start + value + rest));
}

/** Literal words, which nearly all values are, as one term; each other value as a term of its own. */
function termsOf(question: Question, values: readonly Value[]): readonly Term[] {
  const { kind, isCased, timePart } = question.modifiers;
  if (kind !== 'text' || isCased || timePart !== undefined) return values.map((value) => termOf(question, value));
  const words: string[] = [];
  const terms: Term[] = [];
  for (const value of values) {
    const word = value.pattern === undefined ? undefined : literalOf(value.pattern.toLowerCase());
    if (word === undefined || word === '') terms.push(termOf(question, value));
    else words.push(word);
  }
  return words.length === 0 ? terms : [wordsTerm(question, words), ...terms];
}

function wordsTerm(question: Question, words: readonly string[]): FieldTerm {
  const { field, modifiers } = question;
  const matches = oneOf(words, modifiers.position);
  const [part] = words;
  return {
    ...(modifiers.position === 'contains' && words.length === 1 && part !== undefined && { part }),
    kind: 'field',
    label: labelOf(question, words),
    fields: [field],
    matches: (subject) => anyMatches(subject.forms(field), matches),
    needs: words.map((text): Need => ({ kind: modifiers.position === 'exact' ? 'value' : 'part', field, text })),
  };
}

function termOf(question: Question, value: Value): FieldTerm {
  const { matches, needs, others = [] } = testOf(question, value);
  return { kind: 'field', label: labelOf(question, [value.pattern]), fields: [question.field, ...others], matches, needs };
}

/** Most values that a label shows. */
const maxShown = 4;

function labelOf({ key }: Question, values: readonly (string | undefined)[]): string {
  const more = values.length > maxShown ? ` or one of ${values.length - maxShown} more` : '';
  const shown = values.slice(0, maxShown).map((value) => (value === undefined ? 'null' : JSON.stringify(value)));
  return `${key}: ${shown.join(', ')}${more}`;
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
