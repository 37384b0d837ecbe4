import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { automatonFor, wordsIn } from '../../../src/sigma/automaton.ts';
import { fc } from '../../support/generated.ts';

function found(words: readonly string[], text: string): readonly string[] {
  const numbers = wordsIn(text, automatonFor(words)) ?? new Set();
  return words.filter((_, number) => numbers.has(number));
}

describe('an automaton', () => {
  it('finds words that end in each other, overlap and repeat', () => {
    assert.deepEqual(found(['he', 'she', 'hers', 'his'], 'ushers'), ['he', 'she', 'hers']);
    assert.deepEqual(found(['aa', 'aaa', 'b'], 'aaaa'), ['aa', 'aaa']);
  });

  it('finds nothing in an empty text, and no words in any', () => {
    assert.deepEqual(found(['a'], ''), []);
    assert.deepEqual(found([], 'abc'), []);
  });

  it('finds a long word by its beginning', () => {
    assert.deepEqual(found(['abcdefghijklmnop'], 'abcdefghijkl'), ['abcdefghijklmnop']);
  });

  it('finds words in any case, beyond ASCII too', () => {
    assert.deepEqual(found(['kelvin', 'ärger', 'x'], 'ÄRGER in \u212aELVIN'), ['kelvin', 'ärger']);
  });

  it('finds just what includes finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ß', '☃'), maxLength: 30 });
    const words = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'ß', '☃'), minLength: 1, maxLength: 5 }));
    fc.assert(
      fc.property(words, text, (list, whole) => {
        assert.deepEqual(
          found(list, whole),
          list.filter((word) => whole.includes(word)),
        );
      }),
    );
  });
});
