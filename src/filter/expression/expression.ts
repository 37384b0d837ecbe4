import { at } from '../../model/decode.ts';
import type { LogRecord } from '../../model/envelope.ts';
import { isAtLeastLevel, isLevel } from '../../model/level.ts';
import { networkTest } from '../../sigma/network.ts';
import type { RegexEngine } from '../../sigma/regex.ts';
import { mistake, type Token, tokensOf } from './tokens.ts';

/** Tells whether a record is one that an expression asks for. */
export type RecordTest = (record: LogRecord) => boolean;

/** Tells whether an expression needs the engine for regular expressions. */
export function hasRegex(source: string): boolean {
  return tokensOf(source).some(({ kind, text }) => kind === 'sign' && (text === '~' || text === '!~'));
}

/**
 * Compiles an expression such as `http.response.status_code >= 500 and not source.ip in 10.0.0.0/8`: fields of a record
 * compared (`=`, `!=`, `<`, `<=`, `>`, `>=`), searched (`contains`, `startswith`, `endswith`, `~` for expressions), looked up
 * (`in` a network or a list) or asked for (`exists`), joined by `and`, `or`, `not` and brackets. Texts are compared in any
 * case. Throws `LpError` 64 that shows where it cannot be read.
 */
export function compileExpression(source: string, regexes: RegexEngine | undefined): Compiled {
  const parser = new Parser(source, regexes);
  return { test: parser.whole(), fields: parser.fields };
}

/** What an expression asks, and the names of fields that it asks about. */
export interface Compiled {
  readonly test: RecordTest;
  readonly fields: ReadonlySet<string>;
}

type ValueTest = (value: unknown) => boolean;

const order: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const searches: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

/** Deepest nesting of brackets and `not`. */
const maxDepth = 100;

/** Reads tokens from left to right; `not` binds closest, then `and`, then `or`. */
class Parser {
  readonly #source: string;
  readonly #regexes: RegexEngine | undefined;
  readonly #tokens: readonly Token[];
  readonly fields = new Set<string>();
  #next = 0;
  #depth = 0;

  constructor(source: string, regexes: RegexEngine | undefined) {
    this.#source = source;
    this.#regexes = regexes;
    this.#tokens = tokensOf(source);
  }

  whole(): RecordTest {
    const test = this.#or();
    if (this.#token.kind !== 'end') throw this.#mistake('"and" or "or" is missing before this');
    return test;
  }

  get #token(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', from: this.#source.length, to: this.#source.length };
  }

  #or(): RecordTest {
    const parts = [this.#and()];
    while (this.#takes('or')) parts.push(this.#and());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : (record) => parts.some((part) => part(record));
  }

  #and(): RecordTest {
    const parts = [this.#not()];
    while (this.#takes('and')) parts.push(this.#not());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : (record) => parts.every((part) => part(record));
  }

  #not(): RecordTest {
    if (++this.#depth > maxDepth) throw this.#mistake('it is nested too deeply');
    let test: RecordTest;
    if (this.#takes('not')) {
      const part = this.#not();
      test = (record) => !part(record);
    } else if (this.#takes('(')) {
      test = this.#or();
      if (!this.#takes(')')) throw this.#mistake('a ")" is missing here');
    } else test = this.#comparison();
    this.#depth--;
    return test;
  }

  #comparison(): RecordTest {
    const name = this.#token;
    if (name.kind !== 'word' || /^(and|or|not|in|exists|contains|startswith|endswith)$/i.test(name.text))
      throw this.#mistake('the name of a field is expected here');
    this.#next++;
    const path = name.text.split('.');
    this.fields.add(name.text);
    const isNegated = this.#takes('not');
    const test = this.#valueTest(name);
    return (record) => holds(at(record, path), test) !== isNegated;
  }

  #valueTest(field: Token): ValueTest {
    const operator = this.#token;
    const text = operator.text.toLowerCase();
    this.#next++;
    if (operator.kind === 'sign' && (text === '=' || text === '==')) return equals(this.#value());
    if (operator.kind === 'sign' && text === '!=') return not(equals(this.#value()));
    if (operator.kind === 'sign' && text === '~') return this.#regex();
    if (operator.kind === 'sign' && text === '!~') return not(this.#regex());
    const compare = Object.hasOwn(order, text) ? order[text] : undefined;
    if (compare !== undefined) return this.#ordered(field, compare);
    if (operator.kind === 'word' && text === 'exists') return (value) => value !== undefined;
    if (operator.kind === 'word' && text === 'in') return this.#member();
    const search = operator.kind === 'word' && Object.hasOwn(searches, text) ? searches[text] : undefined;
    if (search !== undefined) {
      const part = this.#value().text.toLowerCase();
      return (value) => value !== undefined && search(String(value).toLowerCase(), part);
    }
    this.#next--;
    throw this.#mistake('one of =, !=, <, <=, >, >=, ~, in, contains, startswith, endswith and exists is expected here');
  }

  #ordered(field: Token, compare: (a: number, b: number) => boolean): ValueTest {
    const token = this.#value();
    const { text } = token;
    if (field.text === 'log.level') {
      if (!isLevel(text)) throw this.#mistake(`"${text}" is not a level`, token);
      // The more urgent level is the greater one.
      const rank = (level: string): number =>
        isLevel(level) ? Number(isAtLeastLevel(level, text)) - Number(isAtLeastLevel(text, level)) : Number.NaN;
      return (value) => compare(rank(String(value)), 0);
    }
    if (field.text === 'timestamp') {
      const limitMs = Date.parse(text);
      if (Number.isNaN(limitMs)) throw this.#mistake(`"${text}" is not a time such as 2026-11-22T13:36:00Z`, token);
      return (value) => compare(Date.parse(String(value)), limitMs);
    }
    const limit = Number(text);
    if (text.trim() === '' || Number.isNaN(limit)) throw this.#mistake('a number is expected here', token);
    return (value) => value !== undefined && value !== '' && compare(Number(value), limit);
  }

  #member(): ValueTest {
    const isList = this.#takes('(') ? ')' : this.#takes('[') ? ']' : undefined;
    const tests = [this.#memberTest()];
    if (isList !== undefined) {
      while (this.#takes(',')) tests.push(this.#memberTest());
      if (!this.#takes(isList)) throw this.#mistake(`a "," or a "${isList}" is missing here`);
    }
    return (value) => tests.some((test) => test(value));
  }

  #memberTest(): ValueTest {
    const token = this.#value();
    if (token.kind === 'text' || !/^[\da-f.:]+\/\d+$/i.test(token.text)) return equals(token);
    const isInside = networkTest(token.text);
    if (isInside === undefined) throw this.#mistake(`"${token.text}" is not a network such as 10.0.0.0/8`, token);
    return (value) => typeof value === 'string' && isInside(value);
  }

  #regex(): ValueTest {
    const token = this.#value();
    if (this.#regexes === undefined) throw this.#mistake('regular expressions are not loaded', token);
    const matches = this.#regexes.compile(token.text, { flags: new Set(), fault: (what) => this.#mistake(what, token) });
    return (value) => value !== undefined && matches(String(value));
  }

  #value(): Token {
    const token = this.#token;
    if (token.kind !== 'word' && token.kind !== 'text') throw this.#mistake('a value is expected here');
    this.#next++;
    return token;
  }

  #takes(text: string): boolean {
    const { kind, text: found } = this.#token;
    const isThere = kind !== 'text' && found.toLowerCase() === text;
    if (isThere) this.#next++;
    return isThere;
  }

  #mistake(what: string, { from }: Token = this.#token): Error {
    return mistake(this.#source, from, what);
  }
}

/** A list holds what one of its items does; what is absent or an object has no text. */
function holds(value: unknown, test: ValueTest): boolean {
  if (Array.isArray(value)) return value.some((item) => test(item));
  return test(value);
}

function not(test: ValueTest): ValueTest {
  return (value) => !test(value);
}

function equals({ text }: Token): ValueTest {
  const folded = text.toLowerCase();
  return (value) => value !== undefined && String(value).toLowerCase() === folded;
}
