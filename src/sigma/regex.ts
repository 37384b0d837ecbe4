import type { RE2JS } from 're2js';
import { reasonOf } from '../model/error.ts';
import type { TextTest } from './wildcard.ts';

/** Makes tests of regular expressions that take time linear in the text. */
export interface RegexEngine {
  /** The test whether the expression is found in a text. Throws what `fault` gives for one that cannot be run in linear time. */
  compile(expression: string, { flags, fault }: RegexOptions): TextTest;
}

/** How an expression is read, and what to throw when that cannot be. */
export interface RegexOptions {
  readonly flags: ReadonlySet<RegexFlag>;
  readonly fault: (what: string) => Error;
  /** True when it is known to be one that can be run: it is not made before it is first asked. */
  readonly isProven?: boolean;
}

/** `i` for any case, `m` for lines, `s` for a dot that takes line ends. */
export type RegexFlag = 'i' | 'm' | 's';

/** Loads the engine: RE2, which has no way to go back, so that no text is slow. */
export async function loadRegexEngine(): Promise<RegexEngine> {
  // Costs 12 ms to load: only runs whose rules have expressions pay it.
  const { RE2JS: Engine } = await import('re2js');
  const bits: Readonly<Record<RegexFlag, number>> = { i: Engine.CASE_INSENSITIVE, m: Engine.MULTILINE, s: Engine.DOTALL };
  return {
    compile(expression, { flags, fault, isProven = false }) {
      const made = (): RE2JS => {
        try {
          return Engine.compile(
            expression,
            [...flags].reduce((sum, flag) => sum | bits[flag], Engine.LOOKBEHINDS),
          );
        } catch (thrown) {
          const what = reasonOf(thrown).replace(/^error parsing regexp: /, '');
          throw fault(`the regular expression "${expression}" is not supported: ${what}; look-ahead and back references are not`);
        }
      };
      let compiled = isProven ? undefined : made();
      return (text) => {
        compiled ??= made();
        return compiled.test(text);
      };
    },
  };
}

/** What ends a run of literal characters. */
const special = /[\\^$.|?*+()[\]{}]/;

/**
 * The longest text, in lower case, that stands in whatever the expression finds; empty when there is none that is plain to
 * see. It looks at the outermost level alone.
 */
export function literalIn(expression: string, flags: ReadonlySet<RegexFlag>): string {
  const isFolded = flags.has('i') || /\(\?[a-zA-Z-]*i/.test(expression);
  // In any case, `s` is also U+017F, which is no capital; and beyond ASCII there is more of that kind.
  const runs = isFolded ? runsIn(expression).flatMap((run) => run.split(/[s\u0080-\uffff]/i)) : runsIn(expression);
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '').toLowerCase();
}

function runsIn(expression: string): readonly string[] {
  const runs: string[] = [''];
  let depth = 0;
  for (let at = 0; at < expression.length; at++) {
    const character = expression.charAt(at);
    if (character === '|' && depth === 0) return [];
    const [literal, length] = literalAt(expression, at);
    at += length - 1;
    const last = runs.length - 1;
    if (character === '[') at = endOfClass(expression, at);
    if (character === '{') at = Math.max(at, expression.indexOf('}', at));
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (literal === undefined || depth > 0) runs.push('');
    else if (/[?*{]/.test(expression.charAt(at + 1))) runs.push('');
    else if (expression.charAt(at + 1) === '+') {
      runs[last] += literal;
      runs.push('');
    } else runs[last] += literal;
  }
  return runs;
}

/** The character that stands at a place of an expression, if it stands for itself, and how many characters that takes. */
function literalAt(expression: string, at: number): readonly [literal: string | undefined, length: number] {
  const character = expression.charAt(at);
  if (character !== '\\') return [special.test(character) ? undefined : character, 1];
  const next = expression.charAt(at + 1);
  if (/[a-zA-Z0-9]/.test(next)) return [undefined, escapeLength(expression, at)];
  return [next === '' ? undefined : next, 2];
}

/** How long an escape such as `\d`, `\x7F`, `\x{10FFFF}`, `\p{L}` or `\Q…\E` is; what is not sure goes to the end. */
function escapeLength(expression: string, at: number): number {
  const rest = expression.slice(at);
  if (rest.startsWith('\\Q')) return rest.length;
  return /^\\(?:[xpPu]\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[pP][A-Z]|[0-7]{1,3}|.)/s.exec(rest)?.[0].length ?? rest.length;
}

function endOfClass(expression: string, start: number): number {
  let at = start + 1;
  if (expression.charAt(at) === '^') at++;
  if (expression.charAt(at) === ']') at++;
  for (; at < expression.length; at++) {
    if (expression.charAt(at) === '\\') at++;
    else if (expression.startsWith('[:', at)) at = Math.max(at, expression.indexOf(':]', at) + 1);
    else if (expression.charAt(at) === ']') return at;
  }
  return expression.length;
}
