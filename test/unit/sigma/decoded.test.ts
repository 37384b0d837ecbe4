import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldedForms } from '../../../src/sigma/decoded.ts';

const rows: readonly (readonly [what: string, text: string, form: string])[] = [
  ['keeps the text as written, in lower case', '/A%20B', '/a%20b'],
  ['undoes percent encoding', '/a%27b', "/a'b"],
  ['undoes it twice', '/a%2527b', "/a'b"],
  ['reads + as a blank', '/?q=a+b', '/?q=a b'],
  ['folds after decoding', '/%41%42', '/ab'],
  ['reads the bytes that nginx writes as \\x', '/\\x3Cscript', '/<script'],
  ['reads the encoding of IIS', '/%u003cscript', '/<script'],
  ['reads HTML entities', '/&#x3c;b&#62;', '/<b>'],
  ['takes comments as blanks', 'union/**/select', 'union select'],
  ['takes what MySQL runs in a comment', 'union/*!50000select*/1', 'union select 1'],
  ['squeezes blanks', 'union%09%0a select', 'union select'],
  ['leaves broken encoding alone', '/100%&x=%zz', '/100%&x=%zz'],
];

describe('the forms of a text', () => {
  for (const [what, text, form] of rows) {
    it(what, () => {
      assert.ok(foldedForms(text).includes(form), JSON.stringify(foldedForms(text)));
    });
  }

  it('are one when there is nothing to decode', () => {
    assert.deepEqual(foldedForms('/Shop/Cart?id=5'), ['/shop/cart?id=5']);
  });

  it('come in linear time from hostile text', () => {
    const start = performance.now();
    foldedForms('/*'.repeat(50_000));
    foldedForms('%25'.repeat(50_000));
    foldedForms(' '.repeat(100_000));
    assert.ok(performance.now() - start < 1_000);
  });
});
