import { readdir } from 'node:fs/promises';
import type { Brand } from '../model/brand.ts';
import type { Kind, RedactPattern } from './pattern.ts';
import { marks, type Pseudonyms, secretMark } from './pseudonyms.ts';
import { isLogWord } from './well-known.ts';

/** Text that may leave the machine: no secret in it, and pseudonyms for names. */
export type RedactedText = Brand<string, 'redacted'>;

/** What may be written into a request: nothing of it is text that was not redacted. */
export type Redactable = RedactedText | number | boolean | readonly Redactable[] | { readonly [name: string]: Redactable };

/** Redacted texts and numbers as JSON, which is redacted too. Names of fields are the program's own. */
export function redactedJson(value: Redactable): RedactedText {
  return settled(JSON.stringify(value));
}

/** Redacted texts one below or beside the other. */
export function redactedLines(lines: readonly RedactedText[], between: '\n' | ' ' = '\n'): RedactedText {
  return settled(lines.join(between));
}

/** How much is taken out: names too, secrets only, or nothing. */
export type Strictness = 'strict' | 'standard' | 'off';

/** Loads the plug-ins of `patterns/` by rank: each file's default export. */
export async function loadPatterns(): Promise<readonly RedactPattern[]> {
  const place = new URL('patterns/', import.meta.url);
  const files = (await readdir(place)).filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.d.ts')).sort();
  const loaded = await Promise.all(
    // A plug-in's type is checked where it is defined, and its behaviour by the contract test that runs its samples.
    files.map(async (file) => ((await import(new URL(file, place).href)) as { default: RedactPattern }).default),
  );
  return loaded.sort((a, b) => a.rank - b.rank);
}

/** What a redactor goes by. */
export interface Redaction {
  readonly patterns: readonly RedactPattern[];
  readonly strictness: Strictness;
  /** Texts that are secrets wherever they stand: the key itself. */
  readonly secrets: readonly string[];
  readonly pseudonyms: Pseudonyms;
}

/** From this rank on patterns find names, and before it secrets. */
const firstNameRank = 20;

/** Shortest name that is looked for in free text: shorter ones are parts of words. Words of logs are not: who calls himself so blinds nobody. */
const minNameLength = 3;

/** Texts as long as this were cut off somewhere, maybe within a secret, of which no pattern knows a half. */
const cutLength = 1_000;
/** Longest secret that has blanks in it, in characters. */
const longestHalf = 64;

/** A stretch of text, and whether it has been settled. */
interface Piece {
  readonly text: string;
  readonly isDone: boolean;
}

/** Takes secrets and names out of texts of one request. The same text twice gives the same, and what it gives stays as it is. */
export class Redactor {
  readonly #redaction: Redaction;
  readonly #patterns: readonly RedactPattern[];

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
    const { patterns, strictness } = redaction;
    this.#patterns = strictness === 'strict' ? patterns : patterns.filter(({ isStrict }) => isStrict !== true);
  }

  /** The text without what must not leave. Linear in its length. */
  redact(text: string): RedactedText {
    const { strictness, secrets } = this.#redaction;
    let pieces: readonly Piece[] = replacedMatches([{ text, isDone: false }], marks, (found) => found);
    for (const secret of secrets) pieces = this.#withoutLiteral(pieces, 'secret', secret);
    if (strictness === 'off') return joined(pieces);
    const [secretly, named] = [
      this.#patterns.filter(({ rank }) => rank < firstNameRank),
      this.#patterns.filter(({ rank }) => rank >= firstNameRank),
    ];
    pieces = pieces.flatMap((piece) => (piece.isDone ? [piece] : withoutSecrets(piece.text, secretly)));
    for (const [kind, name] of this.#redaction.pseudonyms.names()) {
      const isRare = name.length >= minNameLength && !isLogWord(name);
      if (isRare && strictness === 'strict') pieces = this.#withoutLiteral(pieces, kind, name);
    }
    for (const pattern of named) pieces = this.#withoutPattern(pieces, pattern);
    return joined(pieces);
  }

  /** What stands for a name that a field gives: its pseudonym, or itself where names may leave. */
  name(kind: Kind, name: string): RedactedText {
    const { strictness, pseudonyms } = this.#redaction;
    return strictness === 'strict' ? settled(pseudonyms.of(kind, name)) : this.redact(name);
  }

  /** Whether names that fields give have pseudonyms. */
  get isNaming(): boolean {
    return this.#redaction.strictness === 'strict';
  }

  /** The text, which holds no `mark`, with it between its words instead of blanks, and cut in its middle to so many characters. */
  marked(text: string, mark: string, maxLength: number): RedactedText {
    return settled(shortened(this.redact(text), { maxLength, isCut: text.length >= cutLength }).replace(/\s+/g, mark));
  }

  /** The text with the names behind its pseudonyms; those that were never given out stay. */
  restore(text: string): string {
    return text.replace(marks, (mark) => this.#redaction.pseudonyms.nameOf(mark) ?? mark);
  }

  /** Tells whether the text has a pseudonym, an address or a host in it that is not in what was `sent`. */
  hasStranger(text: string, sent: string): boolean {
    const addresses = this.#redaction.patterns.filter(({ kind }) => kind === 'ip' || kind === 'host' || kind === 'email');
    const found = addresses.flatMap(({ find, accepts }) =>
      Array.from(text.matchAll(find), spanOf).flatMap(({ value }) => (accepts?.(value) === false ? [] : [value])),
    );
    return [...(text.match(marks) ?? []), ...found].some((name) => name !== secretMark && !sent.includes(name));
  }

  #withoutLiteral(pieces: readonly Piece[], kind: Kind, literal: string): readonly Piece[] {
    if (!pieces.some(({ text, isDone }) => !isDone && text.includes(literal))) return pieces;
    const escaped = literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    // A name is one only as a whole word; a secret is one anywhere.
    const find = new RegExp(kind === 'secret' ? escaped : `(?<![\\w-])${escaped}(?![\\w-])`, 'g');
    return replacedMatches(pieces, find, () => this.#redaction.pseudonyms.of(kind, literal));
  }

  #withoutPattern(pieces: readonly Piece[], { find, kind, accepts }: RedactPattern): readonly Piece[] {
    return replacedMatches(pieces, find, (value) =>
      accepts?.(value) === false ? undefined : this.#redaction.pseudonyms.of(kind, value),
    );
  }
}

/** Start and end of a redacted text; of one that was cut off, the start, and not what stood at the cut. */
function shortened(text: string, { maxLength, isCut }: { readonly maxLength: number; readonly isCut: boolean }): string {
  if (isCut) return `${text.slice(0, Math.max(0, Math.min(maxLength - 1, text.length - longestHalf)))}…`;
  const half = Math.floor((maxLength - 1) / 2);
  return text.length <= maxLength ? text : `${text.slice(0, half)}…${text.slice(-half)}`;
}

/**
 * Takes out all that any of the patterns finds. Each of them sees the whole text, because what one has taken out may be what
 * another one knows its secret by: `Cookie: a=b passwd = 'x y'`.
 */
function withoutSecrets(text: string, patterns: readonly RedactPattern[]): readonly Piece[] {
  const spans = patterns
    .flatMap(({ find, accepts }) => Array.from(text.matchAll(find), spanOf).filter(({ value }) => accepts?.(value) !== false))
    .filter(({ value }) => value !== '')
    .sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let done = 0;
  for (const { value, start } of spans) {
    if (start > done || pieces.length === 0)
      pieces.push({ text: text.slice(done, start), isDone: false }, { text: secretMark, isDone: true });
    done = Math.max(done, start + value.length);
  }
  return [...pieces, { text: text.slice(done), isDone: false }];
}

/** What of a match is meant: the group that has a value, or all. */
function spanOf(match: RegExpExecArray): { readonly value: string; readonly start: number } {
  const value = Object.values(match.groups ?? {}).find((group) => group !== undefined) ?? match[0];
  return { value, start: match.index + match[0].lastIndexOf(value) };
}

/** Replaces what is found, or the group of it that has a value, in pieces that are not done; undefined leaves it. */
function replacedMatches(
  pieces: readonly Piece[],
  find: RegExp,
  replaced: (value: string) => string | undefined,
): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    if (piece.isDone) {
      result.push(piece);
      continue;
    }
    let done = 0;
    for (const match of piece.text.matchAll(find)) {
      const { value, start } = spanOf(match);
      const replacement = replaced(value);
      if (replacement === undefined || value === '') continue;
      result.push({ text: piece.text.slice(done, start), isDone: false }, { text: replacement, isDone: true });
      done = start + value.length;
    }
    result.push({ text: piece.text.slice(done), isDone: false });
  }
  return result;
}

function joined(pieces: readonly Piece[]): RedactedText {
  return settled(pieces.map(({ text }) => text).join(''));
}

function settled(text: string): RedactedText {
  return text as RedactedText;
}
