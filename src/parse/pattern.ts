import type { FieldName, NumberField, TextField } from './fields.ts';
import type { StampShape } from './time/shapes.ts';

/** Values that a pattern gives to fields by itself when it matches. */
export type Constants = Readonly<Partial<Record<FieldName, string | number | boolean | readonly string[]>>>;

/**
 * How far a piece of text reaches: to the first or last place where what follows stands, over a word or blanks, to a
 * quote, over the structured data of RFC 5424, or to the end.
 */
export type Reach = 'first' | 'last' | 'word' | 'blanks' | 'quote' | 'structured' | 'rest';

/** The pieces that a pattern is made of. */
export type Element =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'text'; readonly field: FieldName | undefined; readonly reach: Reach; readonly inside?: Pattern }
  | { readonly kind: 'stops'; readonly field: FieldName | undefined; readonly stops: string; readonly inside?: Pattern }
  | { readonly kind: 'pairs'; readonly keys: ReadonlyMap<string, Pattern>; readonly parting: Parting }
  | { readonly kind: 'number'; readonly field: NumberField | undefined }
  | { readonly kind: 'address'; readonly side: Side; readonly isStrict: boolean; readonly reach: Reach }
  | { readonly kind: 'url'; readonly reach: Reach }
  | { readonly kind: 'stamp'; readonly shape: StampShape }
  | { readonly kind: 'words'; readonly table: WordTable; readonly reach: Reach }
  | { readonly kind: 'oneOf'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'not'; readonly pattern: Pattern }
  | { readonly kind: 'set'; readonly constants: Constants }
  | { readonly kind: 'priority' }
  | { readonly kind: 'recall'; readonly key: NumberField | TextField }
  | { readonly kind: 'dataset' }
  | { readonly kind: 'end' };

/** What stands between the pairs of a run: blanks (any other white space too), or one of `,`, `;`, `|` and `&` with blanks around it. */
export type Parting = ' ' | ',' | ';' | '|' | '&';

/** Which end of a connection an address belongs to. */
export type Side = 'source' | 'destination';

/** What each word of a small vocabulary means; `isOpen` lets other words pass. */
export interface WordTable {
  readonly words: ReadonlyMap<string, Constants>;
  readonly isOpen: boolean;
}

/** How a line, or a part of one, is written: pieces in order. */
export type Pattern = readonly Element[];

/**
 * A pattern that looks like the line it reads: literal text with fields in it. A pattern is read from left to right in
 * one go; only `oneOf` and `optional` go back, and only to where they stand.
 *
 *     pattern`${address('source')} port ${number('source.port')}`
 */
export function pattern(literals: TemplateStringsArray, ...parts: readonly (Element | Pattern)[]): Pattern {
  return literals.flatMap((text, index): Element[] => {
    const literal: Element[] = text === '' ? [] : [{ kind: 'literal', text }];
    const part = parts[index];
    if (part === undefined) return literal;
    return 'kind' in part ? [...literal, part] : [...literal, ...part];
  });
}

/** Text up to the first place where the pattern's next literal stands; at a pattern's end, all the rest. */
export function text(field: TextField): Element {
  return { kind: 'text', field, reach: 'first' };
}

/** Text up to the last place where the next literal stands: for what the writer of the line does not control. */
export function longest(field: TextField): Element {
  return { kind: 'text', field, reach: 'last' };
}

/** One or more bytes that are not spaces. */
export function word(field: TextField): Element {
  return { kind: 'text', field, reach: 'word' };
}

/** Text up to a `"` that has no backslash before it. Escapes stay as the server wrote them. */
export function quoted(field: TextField): Element {
  return { kind: 'text', field, reach: 'quote' };
}

/** All the rest. */
export function rest(field?: TextField): Element {
  return { kind: 'text', field, reach: 'rest' };
}

/** Text that no field takes, as far as `reach` says. */
export function skip(reach: Reach = 'first'): Element {
  return { kind: 'text', field: undefined, reach };
}

/** Reads a stretch of text, as far as `reach` says, by a pattern of its own, and goes on behind it. */
export function within(reach: Reach, inside: Pattern, field?: TextField): Element {
  return { kind: 'text', field, reach, inside };
}

/** One or more bytes, up to the first that is one of `stops`, or to the end. */
export function upTo(stops: string, field?: TextField): Element {
  return { kind: 'stops', field, stops };
}

/** The same stretch, read by a pattern of its own. */
export function withinUpTo(stops: string, inside: Pattern, field?: TextField): Element {
  return { kind: 'stops', field, stops, inside };
}

/**
 * A run of `key=value` to the end of the line or stretch, in any order. Values may stand in quotes, single or double, with
 * escapes. The value of a key in `keys` is read by its pattern, and passed over where that does not match; so are others,
 * and words that are no pair. The first pair of a key counts where both would fill the same field.
 */
export function pairs(keys: Readonly<Record<string, Pattern>>, parting: Parting = ' '): Element {
  return { kind: 'pairs', keys: new Map(Object.entries(keys)), parting };
}

/** A whole number of at most 15 digits, or `-` for none. */
export function number(field?: NumberField): Element {
  return { kind: 'number', field };
}

/** The name or IP address of one end of a connection: `source.ip` where it is one, else `source.domain`. */
export function address(side: Side, reach: Reach = 'word'): Element {
  return { kind: 'address', side, isStrict: false, reach };
}

/** An IP address; the pattern does not match where anything else stands. */
export function ip(side: Side, reach: Reach = 'word'): Element {
  return { kind: 'address', side, isStrict: true, reach };
}

/** A request's target: `url.original`, with `url.path`, `url.query` and `url.domain` out of it. */
export function url(reach: Reach): Element {
  return { kind: 'url', reach };
}

/** A moment, in one of the shapes that servers write. */
export function stamp(shape: StampShape): Element {
  return { kind: 'stamp', shape };
}

/** A word of a small vocabulary, and what each means; other words do not match. */
export function oneWord(words: Readonly<Record<string, Constants>>, reach: Reach = 'word'): Element {
  return { kind: 'words', table: { words: new Map(Object.entries(words)), isOpen: false }, reach };
}

/** A word, and what it means if it is one of these. */
export function anyWord(words: Readonly<Record<string, Constants>>, reach: Reach = 'word'): Element {
  return { kind: 'words', table: { words: new Map(Object.entries(words)), isOpen: true }, reach };
}

/** The first of these patterns that matches here; what it has read stands, even if what follows it does not match. */
export function oneOf(...patterns: readonly Pattern[]): Element {
  return { kind: 'oneOf', patterns };
}

/** A pattern that may be missing. */
export function optional(inside: Pattern): Element {
  return { kind: 'oneOf', patterns: [inside, []] };
}

/** Matches, without reading anything, where `inside` does not. */
export function not(inside: Pattern): Element {
  return { kind: 'not', pattern: inside };
}

/** Gives fields values that the line does not spell out. */
export function set(constants: Constants): Element {
  return { kind: 'set', constants };
}

/** Syslog's `<PRI>` number: `log.syslog.priority`, and `log.level` from its lower three bits. Source: RFC 5424 §6.2.1. */
export function priority(): Element {
  return { kind: 'priority' };
}

/**
 * Fills in the address of an earlier line that has the same value of this field: a process id, a queue id. It says so in
 * `source.derived`. An address that stands in this line is kept for later ones. Stands behind what reads both.
 */
export function recall(key: NumberField | TextField): Element {
  return { kind: 'recall', key };
}

/** The message, read by the dataset that `process.name` belongs to, as far as one knows it. Comes last. */
export function message(): Element {
  return { kind: 'dataset' };
}

/** The end of the line, or of the stretch that `within` reads. */
export function end(): Element {
  return { kind: 'end' };
}
