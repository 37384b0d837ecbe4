import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BoundedTable } from '../../../src/analyze/bounded-table.ts';

function table(entries: number, weight = 1_000): { readonly table: BoundedTable<string>; readonly forgotten: readonly string[] } {
  const forgotten: string[] = [];
  return { table: new BoundedTable({ entries, weight }, (value) => forgotten.push(value)), forgotten };
}

const uses: readonly (readonly [what: string, keys: string, forgotten: string])[] = [
  ['forgets nothing while there is room', 'abcabc', ''],
  ['forgets what was used longest ago', 'abcd', 'a'],
  ['counts each use', 'abcad', 'b'],
  ['counts the use of the newest', 'abccd', 'a'],
  ['counts the use of one in the middle', 'abcbde', 'ac'],
  ['makes what it has forgotten anew', 'abcdabcd', 'abcda'],
];

describe('a bounded table', () => {
  for (const [what, keys, expected] of uses) {
    it(what, () => {
      const { table: bounded, forgotten } = table(3);
      for (const key of keys) {
        assert.equal(
          bounded.use(key, () => key),
          key,
        );
        bounded.weigh(key, 1);
      }
      assert.equal(forgotten.join(''), expected);
    });
  }

  it('forgets by weight, and never the last one', () => {
    const { table: bounded, forgotten } = table(10, 5);
    for (const key of 'abc') bounded.use(key, () => key);
    bounded.weigh('c', 4);
    bounded.weigh('b', 4);
    assert.deepEqual(forgotten, ['a', 'b']);
    bounded.weigh('c', 100);
    assert.equal(bounded.peek('c'), 'c');
  });
});
