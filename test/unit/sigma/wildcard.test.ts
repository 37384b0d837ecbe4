import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { literalOf } from '../../../src/sigma/literals.ts';
import { compilePattern, type Position } from '../../../src/sigma/wildcard.ts';

const rows: readonly (readonly [
  what: string,
  pattern: string,
  position: Position,
  yes: readonly string[],
  no: readonly string[],
])[] = [
  ['a plain text is the whole text', 'abc', 'exact', ['abc'], ['abcd', 'zabc', '']],
  ['* stands for any run, the empty one too', 'a*c', 'exact', ['ac', 'abc', 'axxc', 'acc'], ['a', 'ab', 'zac', 'acd']],
  ['runs do not overlap', 'ab*ba', 'exact', ['abba', 'ab-ba'], ['aba']],
  ['? stands for exactly one unit', 'a?c', 'exact', ['abc', 'a*c'], ['ac', 'abbc']],
  ['? and * work together', '*a?c*', 'exact', ['abc', 'xxaxcxx'], ['ac', 'xxacxx']],
  ['the middle must come in order', '*one*two*', 'exact', ['one two', 'zone-two'], ['two one', 'onetw']],
  ['escaped wildcards are themselves', 'a\\*b\\?', 'exact', ['a*b?'], ['aXb?', 'a*bX']],
  ['an escaped backslash is a backslash', 'a\\\\*', 'exact', ['a\\', 'a\\b'], ['a', 'ab']],
  ['a backslash before another character is itself', 'c:\\win', 'exact', ['c:\\win'], ['c:win']],
  ['contains looks anywhere', 'b', 'contains', ['abc', 'b'], ['ac']],
  ['contains takes wildcards', 'b*d', 'contains', ['abcde', 'bd'], ['db']],
  ['startswith looks at the start', 'ab', 'startswith', ['ab', 'abc'], ['cab']],
  ['endswith looks at the end', 'bc', 'endswith', ['abc', 'bc'], ['bcd']],
  ['endswith takes ?', 'b?', 'endswith', ['abc'], ['ab', 'abcd']],
  ['* alone is anything', '*', 'exact', ['', 'x'], []],
  ['the empty text is empty', '', 'exact', [''], ['x']],
];

describe('a pattern', () => {
  for (const [what, pattern, position, yes, no] of rows) {
    it(`${what}: ${position} ${pattern}`, () => {
      const matches = compilePattern(pattern, position);
      for (const text of yes) assert.equal(matches(text), true, `${text} should match`);
      for (const text of no) assert.equal(matches(text), false, `${text} should not match`);
    });
  }

  it('takes time linear in a hostile text', () => {
    const matches = compilePattern('*a*a*a*a*a*a*a*a*b', 'exact');
    const start = performance.now();
    assert.equal(matches('a'.repeat(200_000)), false);
    assert.ok(performance.now() - start < 1_000);
  });

  it('is a literal only without wildcards', () => {
    assert.equal(literalOf('a.b'), 'a.b');
    assert.equal(literalOf('a\\\\b'), 'a\\b');
    assert.equal(literalOf('a\\*b'), 'a*b');
    for (const pattern of ['a*', '?', 'a\\\\*']) assert.equal(literalOf(pattern), undefined);
  });
});
