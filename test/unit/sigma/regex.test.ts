import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { literalIn, loadRegexEngine, type RegexFlag } from '../../../src/sigma/regex.ts';

const none: ReadonlySet<RegexFlag> = new Set();

const rows: readonly (readonly [expression: string, literal: string])[] = [
  ['abc', 'abc'],
  ['ABC', 'abc'],
  ['a.bcd', 'bcd'],
  ['abc?d', 'ab'],
  ['abc*', 'ab'],
  ['abc+d', 'abc'],
  ['ab{2,345}c', 'a'],
  ['abc|def', ''],
  ['x(abc|def)yz', 'yz'],
  ['(abcdef)?xy', 'xy'],
  ['[abcdef]xy', 'xy'],
  ['[]abcdef]xy', 'xy'],
  ['[[:alpha:]abc]xy', 'xy'],
  ['\\$\\{jndi:', '${jndi:'],
  ['\\d+abc\\x41', 'abc'],
  ['\\Qab.c\\E', ''],
  ['^abc$', 'abc'],
  ['(?i)pass', 'pa'],
];

describe('the literal in an expression', () => {
  for (const [expression, literal] of rows) {
    it(`of ${expression} is "${literal}"`, () => assert.equal(literalIn(expression, none), literal));
  }

  it('is no letter that has capitals beyond ASCII, when case does not count', () => {
    assert.equal(literalIn('abs', new Set(['i'])), 'ab');
  });
});

describe('an expression', () => {
  it('takes time linear in a hostile text', async () => {
    const engine = await loadRegexEngine();
    const start = performance.now();
    for (const expression of ['^(a+)+$', '(a|a)*b', '(.*a){12}b']) {
      assert.equal(
        engine.compile(expression, { flags: none, fault: Error })('a'.repeat(50_000)) && expression !== '^(a+)+$',
        false,
      );
    }
    assert.ok(performance.now() - start < 4_000);
  });
});
