import { fault, type Place } from './node.ts';
import { allOf, anyOf, type Term } from './term.ts';

/** Deepest nesting of brackets and `not`; no rule that a person wrote comes near. */
const maxDepth = 100;

/**
 * Compiles a condition over named selections: `and`, `or`, `not`, brackets, `1 of x*`, `all of x*`, `1 of them`,
 * `all of them`. Throws `LpError` 78 for anything else, saying what. Source: Sigma specification 2.1, "Condition".
 */
export function compileCondition(text: string, selections: ReadonlyMap<string, Term>, place: Place): Term {
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
  readonly #selections: ReadonlyMap<string, Term>;
  readonly #place: Place;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly string[], selections: ReadonlyMap<string, Term>, place: Place) {
    this.#tokens = tokens;
    this.#selections = selections;
    this.#place = place;
  }

  whole(): Term {
    const term = this.#or();
    const left = this.#tokens[this.#next];
    if (left !== undefined) throw this.#fault(`"${left}" is not expected after "${this.#tokens[this.#next - 1]}"`);
    return term;
  }

  #or(): Term {
    const parts = [this.#and()];
    while (this.#take('or')) parts.push(this.#and());
    return anyOf(parts);
  }

  #and(): Term {
    const parts = [this.#not()];
    while (this.#take('and')) parts.push(this.#not());
    return allOf(parts);
  }

  #not(): Term {
    if (++this.#depth > maxDepth) throw this.#fault('it is nested too deeply');
    const term: Term = this.#take('not') ? { kind: 'not', part: this.#not() } : this.#operand();
    this.#depth--;
    return term;
  }

  #operand(): Term {
    if (this.#take('(')) {
      const inner = this.#or();
      if (!this.#take(')')) throw this.#fault('a ")" is missing');
      return inner;
    }
    const word = this.#word();
    if (this.#take('of')) return this.#quantified(word);
    const term = this.#selections.get(word);
    if (term === undefined) throw this.#fault(`there is no selection "${word}"`);
    return term;
  }

  #quantified(quantity: string): Term {
    const pattern = this.#word();
    const terms = this.#named(pattern);
    if (terms.length === 0) throw this.#fault(`no selection is called "${pattern}"`);
    const lower = quantity.toLowerCase();
    if (lower === '1' || lower === 'any') return anyOf(terms);
    if (lower === 'all') return allOf(terms);
    throw this.#fault(`"${quantity} of" is not supported; "1 of" and "all of" are`);
  }

  #named(pattern: string): readonly Term[] {
    const all = [...this.#selections];
    // Names that start with _ are left out of "them", so that helpers can stand among the selections.
    if (pattern === 'them') return all.filter(([name]) => !name.startsWith('_')).map(([, term]) => term);
    const star = pattern.indexOf('*');
    if (star < 0) return all.filter(([name]) => name === pattern).map(([, term]) => term);
    if (pattern.indexOf('*', star + 1) >= 0) throw this.#fault(`"${pattern}" may have one "*" only`);
    const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
    const isNamed = (name: string): boolean =>
      name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
    return all.filter(([name]) => isNamed(name)).map(([, term]) => term);
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
