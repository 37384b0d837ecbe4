import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from '../../../src/model/envelope.ts';
import { record, rulesFrom } from '../../support/records.ts';

type Test = (action: string | undefined, message: string) => boolean;

/** Rules of which a few short values decide all, a part or nothing. */
const rules: readonly (readonly [name: string, detection: string, test: Test])[] = [
  ['either', '{a: {event.action: x}, m: {message|contains: word}, condition: a or m}', (a, m) => a === 'x' || m === 'a word'],
  ['value', '{a: {event.action: [x, y]}, condition: a}', (a) => a === 'x' || a === 'y'],
  ['both', '{a: {event.action: x}, m: {message|contains: word}, condition: a and m}', (a, m) => a === 'x' && m === 'a word'],
  ['but', '{a: {event.action: x}, m: {message|contains: word}, condition: m and not a}', (a, m) => a !== 'x' && m === 'a word'],
  ['none', '{a: {event.action: x}, m: {event.outcome: success}, condition: not a and not m}', (a) => a !== 'x'],
  ['absent', '{a: {event.action: null}, condition: a}', (a) => a === undefined],
];

describe('records in which the same decides', () => {
  const records = ['x', 'y', undefined, 'x 1:y'].flatMap((action) =>
    ['a word', 'nothing', 'a word', 'nothing'].map((message): [LogRecord, string | undefined, string] => [
      record({ message, event: { category: ['session'], ...(action !== undefined && { action }) } }),
      action,
      message,
    ]),
  );

  it('are told apart by what else rules ask for', async () => {
    const documents = rules.map(
      ([name, detection]) => `{title: ${name}, name: ${name}, logsource: {product: linux}, detection: ${detection}}`,
    );
    const set = await rulesFrom(documents.join('\n---\n'));
    for (const [entry, action, message] of [...records, ...[...records].reverse()]) {
      const expected = rules.filter(([, , test]) => test(action, message)).map(([name]) => name);
      const found = set.matching(set.subjectOf(entry)).map(({ name }) => name);
      assert.deepEqual(found, expected, `${action} ${message}`);
      assert.equal(set.isRelevant(entry), expected.length > 0);
    }
  });
});
