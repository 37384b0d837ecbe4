import { allOf, anyOf } from './detection.ts';
import { fault, type Place } from './node.ts';
import type { Predicate } from './subject.ts';

/** Deepest nesting of brackets and `not`; no rule that a person wrote comes near. */
const maxDepth = 100;

/**
 * Compiles a condition over named selections: `and`, `or`, `not`, brackets, `1 of x*`, `all of x*`, `1 of them`,
 * `all of them`. Throws `LpError` 78 for anything else, saying what. Source: Sigma specification 2.1, "Condition".
 */
export function compileCondition(text: string, selections: ReadonlyMap<string, Predicate>, place: Place): Predicate {
  const tokens: readonly string[] = text.match(/[()|]|[^\s()|]+/g) ?? [];
  if (tokens.includes('|')) {
    throw fault(place, 'a condition with "|" is not supported: count with a correlation rule instead');
  }
  const parser = new Parser(tokens, selections, place);
  return parser.whole();
}

/** Reads tokens from left to right; `not` binds closest, then `and`, then `or`. */
class Parser {
  readonly #tokens: readonly string[];
  readonly #selections: ReadonlyMap<string, Predicate>;
  readonly #place: Place;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly string[], selections: ReadonlyMap<string, Predicate>, place: Place) {
    this.#tokens = tokens;
    this.#selections = selections;
    this.#place = place;
  }

  whole(): Predicate {
    const predicate = this.#or();
    const left = this.#tokens[this.#next];
    if (left !== undefined) throw this.#fault(`"${left}" is not expected after "${this.#tokens[this.#next - 1]}"`);
    return predicate;
  }

  #or(): Predicate {
    const parts = [this.#and()];
    while (this.#take('or')) parts.push(this.#and());
    return anyOf(parts);
  }

  #and(): Predicate {
    const parts = [this.#not()];
    while (this.#take('and')) parts.push(this.#not());
    return allOf(parts);
  }

  #not(): Predicate {
    if (++this.#depth > maxDepth) throw this.#fault('it is nested too deeply');
    const predicate = this.#take('not') ? negated(this.#not()) : this.#operand();
    this.#depth--;
    return predicate;
  }

  #operand(): Predicate {
    if (this.#take('(')) {
      const inner = this.#or();
      if (!this.#take(')')) throw this.#fault('a ")" is missing');
      return inner;
    }
    const word = this.#word();
    if (this.#take('of')) return this.#quantified(word);
    const predicate = this.#selections.get(word);
    if (predicate === undefined) throw this.#fault(`there is no selection "${word}"`);
    return predicate;
  }

  #quantified(quantity: string): Predicate {
    const pattern = this.#word();
    const predicates = this.#named(pattern);
    if (predicates.length === 0) throw this.#fault(`no selection is called "${pattern}"`);
    const lower = quantity.toLowerCase();
    if (lower === '1' || lower === 'any') return anyOf(predicates);
    if (lower === 'all') return allOf(predicates);
    throw this.#fault(`"${quantity} of" is not supported; "1 of" and "all of" are`);
  }

  #named(pattern: string): readonly Predicate[] {
    const all = [...this.#selections];
    // Names that start with _ are left out of "them", so that helpers can stand among the selections.
    if (pattern === 'them') return all.filter(([name]) => !name.startsWith('_')).map(([, predicate]) => predicate);
    const star = pattern.indexOf('*');
    if (star < 0) return all.filter(([name]) => name === pattern).map(([, predicate]) => predicate);
    if (pattern.indexOf('*', star + 1) >= 0) throw this.#fault(`"${pattern}" may have one "*" only`);
    const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
    const isNamed = (name: string): boolean =>
      name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
    return all.filter(([name]) => isNamed(name)).map(([, predicate]) => predicate);
  }

  #word(): string {
    const word = this.#tokens[this.#next];
    if (word === undefined || word === '(' || word === ')' || /^(and|or|not|of)$/i.test(word)) {
      throw this.#fault(word === undefined ? 'it ends too early' : `"${word}" is not expected there`);
    }
    this.#next++;
    return word;
  }

  #take(token: string): boolean {
    const isThere = this.#tokens[this.#next]?.toLowerCase() === token;
    if (isThere) this.#next++;
    return isThere;
  }

  #fault(what: string): Error {
    return fault(this.#place, `the condition "${this.#tokens.join(' ')}" cannot be read: ${what}`);
  }
}

function negated(predicate: Predicate): Predicate {
  return (subject) => !predicate(subject);
}
