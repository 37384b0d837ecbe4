import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sightingOf } from '../../../src/analyze/sighting.ts';
import { StateTable } from '../../../src/analyze/state-table.ts';
import { FieldIndex } from '../../../src/sigma/fields.ts';
import { record, rulesFrom } from '../../support/records.ts';

const rule = (name: string): string => `
title: ${name}
name: ${name}
logsource: {product: linux, service: sshd}
detection: {s: {event.outcome: failure}, condition: s}
`;
const { rules } = await rulesFrom([rule('x'), rule('y')].join('---'));

/** States by two letters: of a rule and of a group. */
function table(
  entries: number,
  weight = 1_000,
): { use(word: string): string; has(word: string): boolean; forgotten: string[]; all(): string } {
  const forgotten: string[] = [];
  const nameOf = (state: { rule: { name: string }; group: { key: string } }): string => state.rule.name + state.group.key;
  const states = new StateTable({ entries, weight }, (state) => forgotten.push(nameOf(state)));
  const ruleOf = (word: string): (typeof rules)[number] => {
    const found = rules.find(({ name }) => name === word[0]);
    assert.ok(found);
    return found;
  };
  return {
    forgotten,
    use(word) {
      const key = word.slice(1);
      const state = states.use(ruleOf(word), { key, entity: { type: 'ip', value: key } });
      states.weigh(state, 1);
      return nameOf(state);
    },
    has: (word) => states.peek(ruleOf(word), word.slice(1)) !== undefined,
    all: () => [...states.all()].map(nameOf).join(' '),
  };
}

const uses: readonly (readonly [what: string, words: string, forgotten: string, kept: string])[] = [
  ['forgets nothing while there is room', 'xa ya xb', '', 'xa ya xb'],
  ['forgets what was used longest ago', 'xa xb xc xd', 'xa', 'xb xc xd'],
  ['counts each use', 'xa xb xc xa xd', 'xb', 'xc xa xd'],
  ['counts the use of the newest', 'xa xb xc xc xd', 'xa', 'xb xc xd'],
  ['keeps a group for the use of any of its rules', 'xa ya xb ya xc', 'xb', 'xa ya xc'],
  ['forgets all rules of a group together', 'xa ya xa xb yb', 'xa ya', 'xb yb'],
  ['makes what it has forgotten anew', 'xa ya xb yb xa ya', 'xa ya xb yb', 'xa ya'],
];

describe('a table of states', () => {
  for (const [what, words, forgotten, kept] of uses) {
    it(what, () => {
      const states = table(3);
      for (const word of words.split(' ')) assert.equal(states.use(word), word);
      assert.equal(states.forgotten.join(' '), forgotten);
      assert.equal(states.all(), kept);
      for (const word of kept.split(' ')) assert.ok(states.has(word));
      assert.ok(!states.has('yz'));
    });
  }

  it('forgets by weight', () => {
    const states = table(10, 2);
    for (const word of ['xa', 'ya', 'xb']) states.use(word);
    assert.deepEqual(states.forgotten, ['xa', 'ya']);
  });

  it('keeps the group in use, however much it holds', () => {
    const states = table(1);
    for (const word of ['xa', 'ya']) states.use(word);
    assert.deepEqual(states.forgotten, []);
    assert.equal(states.all(), 'xa ya');
  });

  it('makes the states of a seed when one of them is used, before those that were made since, and counts them all along', () => {
    const [x, y] = rules;
    assert.ok(x !== undefined && y !== undefined);
    const forgotten: string[] = [];
    const states = new StateTable(
      { entries: 3, weight: 1_000_000 },
      ({ rule: { name }, group }) => forgotten.push(name + group.key),
      ({ run }, key) => forgotten.push(`${run.moves.map(({ rule: { name } }) => name).join('')} of ${key}`),
    );
    const names = (): string => [...states.all()].map(({ rule: { name }, group }) => name + group.key).join(' ');
    const run = { moves: [x, y].map((rule) => ({ rule, ruleIndex: 0 })), lazyBy: new FieldIndex().entry };
    const seed = { run, sighting: sightingOf(record()), values: [undefined, 'v'] };
    states.sow('a', seed);
    states.sow('b', seed);
    assert.deepEqual([names(), forgotten.join()], ['xb yb', 'xy of a']);
    assert.ok(states.has('b') && !states.has('a') && states.peek(y, 'b') === undefined);
    const state = states.use(y, { key: 'b', entity: { type: 'ip', value: 'b' } });
    assert.deepEqual([state.onlyValue, state.only, names()], ['v', seed.sighting, 'xb yb']);
    states.sow('c', seed);
    assert.deepEqual([names(), forgotten.join()], ['xc yc', 'xy of a,xb,yb']);
    assert.deepEqual([...states.grown()], []);
  });
});
