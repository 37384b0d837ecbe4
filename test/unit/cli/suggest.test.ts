import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editDistance, nearest, suggestion } from '../../../src/cli/suggest.ts';

const distances: readonly (readonly [from: string, to: string, distance: number, shows: string])[] = [
  ['level', 'level', 0, 'the same word'],
  ['leve', 'level', 1, 'a letter is missing'],
  ['levell', 'level', 1, 'a letter is too many'],
  ['lefel', 'level', 1, 'a letter is wrong'],
  ['lveel', 'level', 1, 'two letters are swapped'],
  ['', 'abc', 3, 'there is nothing in common'],
  ['kitten', 'sitting', 3, 'several things at once'],
];
for (const [from, to, distance, shows] of distances) {
  test(`editDistance counts ${distance} when ${shows}`, () => assert.equal(editDistance(from, to), distance));
}

const words: readonly (readonly [word: string, found: string | undefined, shows: string])[] = [
  ['min-leve', 'min-level', 'finds a near word'],
  ['MIN-LEVEL', 'min-level', 'does not mind capitals'],
  ['foramt', 'format', 'takes the nearest of several'],
  ['output', undefined, 'offers nothing when nothing is near'],
  ['x', undefined, 'offers nothing for a single letter'],
];
for (const [word, found, shows] of words) {
  test(`nearest ${shows}`, () => assert.equal(nearest(word, ['min-level', 'format', 'formal-x']), found));
}

test('suggestion is a clause that can follow an error, or nothing', () => {
  assert.equal(suggestion('jsno', ['text', 'json']), '; did you mean json?');
  assert.equal(suggestion('banana', ['text', 'json']), '');
});
