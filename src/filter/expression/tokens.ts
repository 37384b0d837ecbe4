import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';

/** One word of an expression. */
export interface Token {
  readonly kind: 'word' | 'text' | 'sign' | 'end';
  /** What it stands for: a text without its quotes. */
  readonly text: string;
  /** Where it begins and ends in the expression. */
  readonly from: number;
  readonly to: number;
}

const blank = /\s*/y;
const sign = /[!<>]=|==|!~|[()[\],=<>~]/y;
const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y;
const word = /[^\s()[\],=<>!~"']+/y;

/** The words of an expression, and its end. Throws `LpError` 64 that shows where it cannot be read. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = lengthAt(blank, source, 0);
  while (at < source.length) {
    const token = signAt(source, at) ?? textAt(source, at) ?? wordAt(source, at);
    if (token === undefined)
      throw mistake(source, at, /["']/.test(source.charAt(at)) ? 'this text does not end' : 'this is not expected');
    tokens.push(token);
    at = token.to + lengthAt(blank, source, token.to);
  }
  return [...tokens, { kind: 'end', text: '', from: source.length, to: source.length }];
}

function signAt(source: string, from: number): Token | undefined {
  const length = lengthAt(sign, source, from);
  return length === 0 ? undefined : { kind: 'sign', text: source.slice(from, from + length), from, to: from + length };
}

function textAt(source: string, from: number): Token | undefined {
  quoted.lastIndex = from;
  const found = quoted.exec(source);
  if (found === null) return undefined;
  const text = (found[1] ?? found[2] ?? '').replace(/\\(.)/gs, '$1');
  return { kind: 'text', text, from, to: from + found[0].length };
}

function wordAt(source: string, from: number): Token | undefined {
  const length = lengthAt(word, source, from);
  return length === 0 ? undefined : { kind: 'word', text: source.slice(from, from + length), from, to: from + length };
}

function lengthAt(shape: RegExp, source: string, from: number): number {
  shape.lastIndex = from;
  return shape.exec(source)?.[0].length ?? 0;
}

/** The error for a mistake in an expression, which it shows with a caret under the place. */
export function mistake(source: string, at: number, what: string): LpError {
  return new LpError(`--where cannot be read: ${what}`, exitStatus.usage, { details: [source, `${' '.repeat(at)}^`] });
}
