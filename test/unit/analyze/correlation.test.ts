import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/analyze/engine.ts';
import type { Finding, LogRecord } from '../../../src/model/envelope.ts';
import { record, rulesFrom } from '../../support/records.ts';

/** Single rules `a`, `b` and `c` for records of those actions, and a correlation. */
function yaml(correlation: string): string {
  const singles = ['a', 'b', 'c'].map(
    (name) => `title: ${name}\nlogsource: {product: linux}\ndetection: {s: {event.action: ${name}}, condition: s}\n`,
  );
  return [...singles, `title: found\ncorrelation: ${correlation}\n`].join('---\n');
}

/** A record of an action at a time in s, with a number of bytes and a user. */
function step(action: string, seconds: number, { pid = 0, user = 'ann' } = {}): LogRecord {
  return record({
    timestamp: new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString(),
    log: { source: 'x', offset: seconds * 10 + action.charCodeAt(0), format: 'syslog' },
    event: { action },
    user: { name: user },
    host: { name: 'web1' },
    process: { pid },
    original: `${action} ${seconds}`,
  });
}

async function found(correlation: string, records: readonly LogRecord[]): Promise<readonly Finding[]> {
  const rules = await rulesFrom(yaml(correlation));
  const findings = new Map<string, Finding>();
  const engine = new Engine(rules, { now: () => new Date(0), emit: (finding) => findings.set(finding.id, finding) });
  for (const entry of records) engine.take(entry);
  engine.end();
  return [...findings.values()].filter(({ rule }) => rule.name === 'found');
}

const of = (text: string): readonly LogRecord[] =>
  text
    .split(' ')
    .map((part) => step(part.charAt(0), Number(part.slice(1).split('=')[0]), { pid: Number(part.split('=')[1] ?? 0) }));

const rows: readonly (readonly [what: string, correlation: string, records: string, counts: readonly number[]])[] = [
  ['gt asks for one more', 'type: event_count, rules: a, condition: {gt: 2}', 'a1 a2', []],
  ['gt is content with one more', 'type: event_count, rules: a, condition: {gt: 2}', 'a1 a2 a3', [3]],
  ['several rules count together', 'type: event_count, rules: [a, b], condition: {gte: 3}', 'a1 b2 c3 a4', [3]],
  ['eq waits until the time is over', 'type: event_count, rules: a, condition: {eq: 2}', 'a1 a2 a3', []],
  ['eq fires when no more have come', 'type: event_count, rules: a, condition: {eq: 2}', 'a1 a2 a70 a71 a72', [2]],
  ['a range', 'type: event_count, rules: a, condition: {gte: 2, lt: 4}', 'a1 a2 a3', [3]],
  ['a range that is passed', 'type: event_count, rules: a, condition: {gte: 2, lt: 4}', 'a1 a2 a3 a4', []],
  ['lte', 'type: event_count, rules: a, condition: {lte: 1}', 'a1 a70 a71', [1]],
  ['neq', 'type: event_count, rules: a, condition: {neq: 2}', 'a1 a2', []],
  [
    'value_count counts each value once',
    'type: value_count, rules: a, condition: {field: process.pid, gte: 3}',
    'a1=1 a2=1 a3=2',
    [],
  ],
  ['value_count', 'type: value_count, rules: a, condition: {field: process.pid, gte: 3}', 'a1=1 a2=1 a3=2 a4=3', [4]],
  ['value_count of few', 'type: value_count, rules: a, condition: {field: process.pid, lte: 1}', 'a1=1 a2=1', [2]],
  [
    'value_count of two fields',
    'type: value_count, rules: a, condition: {field: [process.pid, user.name], gte: 2}',
    'a1=1 a2=1 a3=2',
    [3],
  ],
  ['value_sum', 'type: value_sum, rules: a, condition: {field: process.pid, gte: 100}', 'a1=40 a2=50 a3=10', [3]],
  ['value_sum of too little', 'type: value_sum, rules: a, condition: {field: process.pid, gt: 100}', 'a1=40 a2=50 a3=10', []],
  ['value_sum within the timespan', 'type: value_sum, rules: a, condition: {field: process.pid, gte: 100}', 'a1=60 a90=60', []],
  ['value_avg', 'type: value_avg, rules: a, condition: {field: process.pid, gte: 50}', 'a1=10 a2=90', [2]],
  ['value_avg with an upper limit', 'type: value_avg, rules: a, condition: {field: process.pid, lt: 20}', 'a1=10 a2=90', []],
  [
    'value_percentile is the nearest rank',
    'type: value_percentile, rules: a, condition: {field: process.pid, percentile: 50, gte: 20}',
    'a1=10 a2=10 a3=20 a4=20 a5=20',
    [5],
  ],
  [
    'value_percentile leaves out what is beyond',
    'type: value_percentile, rules: a, condition: {field: process.pid, percentile: 50, gte: 20}',
    'a1=10 a2=10 a3=10 a4=900 a5=900',
    [],
  ],
  ['temporal takes all rules', 'type: temporal, rules: [a, b, c]', 'a1 c2', []],
  ['temporal, in any order', 'type: temporal, rules: [a, b, c]', 'c1 a2 b3', [3]],
  ['temporal with a number of rules', 'type: temporal, rules: [a, b, c], condition: {gte: 2}', 'a1 c2', [2]],
  ['temporal with words', 'type: temporal, condition: a and (b or c)', 'a1 c2', [2]],
  ['temporal with words that do not hold', 'type: temporal, condition: a and (b or c)', 'b1 c2', []],
  ['temporal without what must not be', 'type: temporal, condition: a and not b', 'b1 a2', []],
  ['temporal that is too late', 'type: temporal, rules: [a, b]', 'a1 b70', []],
  ['its longer name', 'type: extended_temporal, rules: [a, b], condition: a or b', 'b1', [1]],
  ['temporal_ordered', 'type: temporal_ordered, rules: [a, b]', 'a1 b2', [2]],
  [
    'temporal_ordered without what came a day later and was read before',
    'type: temporal_ordered, rules: [a, b]',
    'a86400 a1 b2',
    [2],
  ],
  ['temporal_ordered the other way round', 'type: temporal_ordered, rules: [a, b]', 'b1 a2', []],
  ['temporal_ordered with words', 'type: temporal_ordered, rules: [a, b, c], condition: a and (b or c)', 'a1 c2', [2]],
  [
    'temporal_ordered with words, the other way round',
    'type: temporal_ordered, rules: [a, b, c], condition: a and c',
    'c1 a2',
    [],
  ],
];

describe('a correlation', () => {
  for (const [what, correlation, records, counts] of rows) {
    it(`finds what it asks for: ${what}`, async () => {
      const findings = await found(`{${correlation}, group-by: host.name, timespan: 1m}`, of(records));
      assert.deepEqual(
        findings.map(({ count }) => count),
        counts,
      );
    });
  }

  it('groups by a field that has another name in each rule', async () => {
    const correlation = `{type: temporal, rules: [a, b], timespan: 1m, group-by: [who],
      aliases: {who: {a: user.name, b: user.effective.name}}}`;
    const second = (name: string): LogRecord => ({
      ...step('b', 2, { user: 'other' }),
      user: { name: 'x', effective: { name } },
    });
    assert.equal((await found(correlation, [step('a', 1), second('ann')])).length, 1);
    assert.equal((await found(correlation, [step('a', 1), second('bob')])).length, 0);
  });

  it('is about whom the entry names that makes it fire, when those before it name nobody', async () => {
    const correlation = '{type: temporal_ordered, rules: [a, b], group-by: host.name, timespan: 1m}\nlp: {entity: user.name}';
    const { user: _, ...nobody } = step('a', 1);
    const [finding] = await found(correlation, [nobody, step('b', 2, { user: 'bob' })]);
    assert.deepEqual(finding?.entity, { type: 'user', value: 'bob' });
  });

  it('leaves out of a sum what is no number', async () => {
    const correlation = '{type: value_sum, rules: a, timespan: 1m, group-by: host.name, condition: {field: user.name, gte: 5}}';
    const users = ['ann', '2', '', '3'].map((user, index) => step('a', index, { user }));
    assert.deepEqual(
      (await found(correlation, users)).map(({ count }) => count),
      [2],
    );
  });

  it('tells by the clock that a window is over, when it follows the present', async () => {
    const rules = await rulesFrom(yaml('{type: event_count, rules: a, group-by: host.name, timespan: 1m, condition: {eq: 2}}'));
    const start = Date.UTC(2026, 10, 22);
    let nowMs = start + 3_000;
    const findings: Finding[] = [];
    const engine = new Engine(rules, { now: () => new Date(nowMs), emit: (finding) => findings.push(finding) });
    for (const entry of of('a1 a2')) engine.take(entry);
    // A minute for the window, and one for entries that are late.
    nowMs = start + 120_000;
    engine.emitSettled();
    assert.equal(findings.length, 0);
    nowMs = start + 121_000;
    engine.emitSettled();
    assert.deepEqual(
      findings.map(({ count, rule }) => [rule.name, count]),
      [['found', 2]],
    );
    engine.emitSettled();
    engine.end();
    assert.equal(findings.length, 1);
  });

  it('tells by the clock what a run before has left waiting', async () => {
    const rules = await rulesFrom(yaml('{type: event_count, rules: a, group-by: host.name, timespan: 1m, condition: {eq: 2}}'));
    const before = new Engine(rules, { now: () => new Date(Date.UTC(2026, 10, 22)), emit: () => {} });
    for (const entry of of('a1 a2')) before.take(entry);
    const findings: Finding[] = [];
    const engine = new Engine(rules, { now: () => new Date(Date.UTC(2026, 10, 23)), emit: (finding) => findings.push(finding) });
    for (const [key, value] of before.all()) engine.restore(key, structuredClone(value));
    engine.emitSettled();
    assert.equal(findings.length, 1);
  });

  it('does not let the clock end the windows of an archive', async () => {
    const rules = await rulesFrom(yaml('{type: event_count, rules: a, group-by: host.name, timespan: 1m, condition: {eq: 2}}'));
    const findings: Finding[] = [];
    const engine = new Engine(rules, { now: () => new Date(Date.UTC(2026, 11, 1)), emit: (finding) => findings.push(finding) });
    for (const entry of of('a1 a2')) {
      engine.take(entry);
      engine.emitSettled();
    }
    for (const entry of of('a3')) engine.take(entry);
    engine.end();
    assert.equal(findings.length, 0);
  });

  it('tells each window that waits for its end, though the group is forgotten before', async () => {
    const rules = await rulesFrom(yaml('{type: event_count, rules: a, timespan: 1m, group-by: user.name, condition: {lte: 5}}'));
    const users: string[] = [];
    const limits = { entries: 2, weight: 1_000_000 };
    const engine = new Engine(rules, { now: () => new Date(0), emit: ({ entity }) => users.push(entity.value), limits });
    for (const user of ['ann', 'bob', 'eve']) engine.take(step('a', 1, { user }));
    engine.end();
    assert.deepEqual(users, ['ann', 'bob', 'eve']);
  });
});
