import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipped } from '../../../src/analyze/clipped.ts';

const cases: readonly (readonly [what: string, text: string, result: string])[] = [
  ['a short text stays', 'abc', 'abc'],
  ['a text that just fits stays', 'abcdefghij', 'abcdefghij'],
  ['a longer one is cut and marked', 'abcdefghijk', 'abcdefg…'],
  ['bytes are counted, not characters', 'ääääää', 'äää…'],
  ['wide characters that just fit stay', 'äääää', 'äääää'],
  ['a character of four bytes is never halved', 'abcde😀😀😀', 'abcde…'],
  ['a long text of wide characters is cut between them', '漢'.repeat(100), '漢漢…'],
];
for (const [what, text, result] of cases) {
  test(`of what must fit into ten bytes, ${what}`, () => {
    assert.equal(clipped(text, 10), result);
    assert.ok(Buffer.byteLength(clipped(text, 10)) <= 10);
  });
}
