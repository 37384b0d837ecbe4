import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogRecord } from '../../../src/model/envelope.ts';
import { record, request, rulesFrom } from '../../support/records.ts';

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

  it('are told from many others, however often these come', async () => {
    const actions = Array.from({ length: 20 }, (_, index) => `a${index}`);
    const rule = (name: string, detection: string): string =>
      `{title: ${name}, name: ${name}, logsource: {product: linux}, detection: {a: {${detection}}, condition: a}}`;
    const set = await rulesFrom(
      [
        ...actions.map((action) => rule(action, `event.action: ${action}`)),
        rule('key', 'event.reason: key'),
        rule('long', 'event.reason: a reason of many words'),
        rule('web', 'event.category: web'),
        rule('run', 'process.command_line|contains: rm'),
      ].join('\n---\n'),
    );
    const entries = [...actions, ...actions.slice(0, 3), ...[...actions].reverse()].flatMap(
      (action): (readonly [LogRecord, string])[] => [
        [record({ event: { action } }), action],
        [record({ event: { action, reason: 'key' } }), `${action} key`],
        [record({ event: { action, reason: 'a reason of many words' } }), `${action} long`],
        [record({ event: { action, category: ['session'] } }), action],
        [record({ event: { action, category: ['session', 'web'] } }), `${action} web`],
        [record({ event: { action }, process: { command_line: 'rm -r /' } }), `${action} run`],
      ],
    );
    for (const [entry, expected] of entries)
      assert.equal(
        set
          .matching(set.subjectOf(entry))
          .map(({ name }) => name)
          .join(' '),
        expected,
      );
  });

  it('are noise where rules ask for nothing that bytes tell of', async () => {
    const rule = (detection: string): string =>
      `{title: t, logsource: {product: linux}, detection: {a: {event.action: x}, ${detection}}}`;
    const entry = (action: string, reason?: string): LogRecord =>
      record({ message: 'm', event: { action, ...(reason !== undefined && { reason }) } });
    const cases: readonly (readonly [detection: string, entry: LogRecord, isNoise: boolean])[] = [
      ['condition: a', entry('x'), false],
      ['condition: a', entry('y'), true],
      ['condition: not a', entry('y'), false],
      ['b: {message|contains: word}, condition: a and b', entry('x'), false],
      ['b: {message|contains: a longer word}, condition: a and b', entry('x'), true],
      ['b: {message|contains: word}, condition: a or b', entry('y'), true],
      ['b: {message|contains: word}, condition: a and not b', entry('x'), false],
      ['b: {event.reason: key}, condition: a and not b', entry('x', 'key'), true],
      ['b: {event.reason: key}, condition: a and not b', entry('x', 'other'), false],
      ['b: {event.reason: key}, condition: a and b', entry('x', 'a reason of many words'), false],
      ['b: {event.reason: key}, condition: a and b', entry('x', ''), false],
    ];
    for (const [detection, one, isNoise] of cases)
      assert.equal((await rulesFrom(rule(detection))).isSurelyNoise(one), isNoise, detection);
  });

  it('are none where only rules for other logs ask for the same, which may not be looked for in them', async () => {
    const rule = (source: string, name: string, detection: string): string =>
      `{title: t, name: ${name}, logsource: {${source}}, detection: {${detection}}}`;
    const asking = (source: string): string =>
      [
        rule('category: webserver', 'one', 'a: {sc-status: 418}, keywords: [qz, jx], condition: a and keywords'),
        rule(source, 'other', 'keywords: [qz, jx], condition: keywords'),
      ].join('\n---\n');
    const teapot = request('/', 418);
    assert.equal((await rulesFrom(asking('category: webserver'))).isSurelyNoise(teapot), true);
    assert.equal((await rulesFrom(asking('product: linux'))).isSurelyNoise(teapot), false);
  });

  it('are told from those that have an empty list', async () => {
    const detection = '{a: {event.category|exists: true}, b: {event.action: x}, condition: a and b}';
    const set = await rulesFrom(`{title: t, logsource: {product: linux}, detection: ${detection}}`);
    const entries = [record({ event: { action: 'x' } }), record({ event: { action: 'x', category: [] } })];
    assert.deepEqual(
      [...entries, ...entries].map((entry) => set.isRelevant(entry)),
      [false, true, false, true],
    );
  });

  it('are of use where the message holds all that a rule still asks for', async () => {
    const cases: readonly (readonly [detection: string, message: string, parts: readonly string[] | undefined])[] = [
      ['b: {message|contains: Word}, condition: a and b', 'a WORD', ['word']],
      ['b: {message|contains|all: [one, two]}, c: {event.action: y}, condition: c or (a and b)', 'Two, one', ['one', 'two']],
      ['b: {message|contains|all: [one, two]}, condition: a and b', 'one', undefined],
      ['b: {message|contains: [one, two]}, condition: a and b', 'one', undefined],
      ['b: {message|startswith: one}, condition: a and b', 'one', undefined],
      ['b: {message|contains: o*e}, condition: a and b', 'one', undefined],
      ['b: {message|contains|cased: one}, condition: a and b', 'one', undefined],
      ["b: {message|contains: 'a\"b'}, condition: a and b", 'a"b', undefined],
      ['b: {host.name|contains: one}, condition: a and b', 'one', undefined],
      ['b: {message|contains: one}, condition: a and not b', 'one', undefined],
      ['b: {event.action: y}, c: {message|contains: one}, condition: b and c', 'one', undefined],
    ];
    for (const [detection, message, parts] of cases) {
      const rules = await rulesFrom(`{title: t, logsource: {product: linux}, detection: {a: {event.action: x}, ${detection}}}`);
      const found = rules.sufficientParts(record({ message, host: { name: 'one' }, event: { action: 'x' } }));
      assert.deepEqual(found, parts, detection);
    }
  });
});
