import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorWords, isErrorLike } from '../../../../src/analyze/errors/error-like.ts';
import { Silence } from '../../../../src/analyze/errors/silence.ts';
import { UnknownErrors } from '../../../../src/analyze/errors/unknown-errors.ts';
import { TemplateMiner } from '../../../../src/analyze/template/miner.ts';
import { defaultKeywords } from '../../../../src/filter/keywords.ts';
import type { Finding, LogRecord } from '../../../../src/model/envelope.ts';
import { failedLogin, record, request } from '../../../support/records.ts';

const startMs = Date.UTC(2026, 10, 20);
const dayS = 86_400;
const now = (): Date => new Date(startMs);

/** An entry of a service, so many seconds after the start. */
function entry(seconds: number, message: string, fields: Partial<LogRecord> = {}): LogRecord {
  return record({
    timestamp: new Date(startMs + seconds * 1000).toISOString(),
    log: { source: '/var/log/shop.log', offset: seconds, format: 'app' },
    process: { name: 'shopd' },
    message,
    original: message,
    ...fields,
  });
}

/** The last state of each finding about these records. */
function findingsIn(records: readonly LogRecord[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  const errors = new UnknownErrors({ now, miner: new TemplateMiner(), emit: (finding) => found.set(finding.id, finding) });
  for (const each of records) errors.take(each);
  errors.emitGrown();
  return [...found.values()];
}

function told(findings: readonly Finding[]): readonly (readonly [string, number])[] {
  return findings.map(({ rule, count }) => [rule.name, count] as const);
}

describe('an entry looks like an error', () => {
  const rows: readonly (readonly [string, LogRecord, boolean])[] = [
    ['by its level', entry(0, 'the cart is gone', { log: { source: '-', offset: 0, format: 'app', level: 'critical' } }), true],
    ['by its words where there is no level', entry(0, 'Connection refused by database'), true],
    [
      'not when its level says otherwise',
      entry(0, 'failed', { log: { source: '-', offset: 0, format: 'app', level: 'info' } }),
      false,
    ],
    ['not when it tells of none', entry(0, 'backup done, 0 errors'), false],
    ['not when it counts none', entry(0, 'ok=3 failed=0'), false],
    ['not when it is a login', failedLogin(0), false],
    ['not when it is a request', request('/error', 500), false],
    [
      'not when it quotes a command',
      entry(0, 'COMMAND=fail2ban-client', { process: { command_line: 'fail2ban-client' } }),
      false,
    ],
    [
      'not when it names a package',
      entry(0, 'status installed libgpg-error0:amd64 1.46-1', { event: { category: ['package'] } }),
      false,
    ],
    ['not without words', entry(0, 'backup done'), false],
  ];
  for (const [what, given, isOne] of rows) it(what, () => assert.equal(isErrorLike(given), isOne));

  it('by words that lp-filter keeps', () => {
    for (const word of errorWords)
      assert.ok(
        defaultKeywords.some((keyword) => word.includes(keyword)),
        word,
      );
  });
});

describe('errors that no rule knows', () => {
  it('of one service make one finding with the most frequent kind', () => {
    const records = [1, 2, 3].map((second) => entry(second, `cart of customer ${second} failed`));
    const [finding, ...others] = findingsIn([...records, entry(9, 'mail was refused')]);
    assert.deepEqual(others, []);
    assert.equal(finding?.severity, 'INFO');
    assert.deepEqual(finding?.entity, { type: 'process', value: 'shopd' });
    assert.equal(
      finding?.summary,
      'shopd wrote 4 error-like entries, within 8 s: 2 kinds; most often “cart of customer <*> failed”.',
    );
  });

  it('are listed by kind, each with its first entry', () => {
    const [finding] = findingsIn(
      [1, 2, 3].flatMap((n) => [entry(n, `cart c${n} failed`), ...(n === 2 ? [entry(n, 'mail was refused')] : [])]),
    );
    const kinds = finding?.['templates'];
    assert.ok(Array.isArray(kinds));
    assert.deepEqual(
      kinds.map(({ text, count, example }) => [text, count, example]),
      [
        ['cart <*> failed', 3, 'cart c1 failed'],
        ['mail was refused', 1, 'mail was refused'],
      ],
    );
  });

  it('are counted anew by kind in each finding, and no more than ten kinds are listed', () => {
    const kinds = 'abcdefghijkl'
      .split('')
      .map((name, index) => entry(index, `module ${name}${name} crashed ${'x'.repeat(2_000)}`));
    const [first, second] = findingsIn([...kinds, entry(3 * dayS, 'module aa crashed')]).map((finding) => finding['templates']);
    assert.ok(Array.isArray(first) && Array.isArray(second));
    assert.equal(first.length, 10);
    assert.ok(first.every(({ example }) => example.length <= 512));
    assert.deepEqual(
      second.map(({ count, example }) => [count, example]),
      [[1, 'module aa crashed']],
    );
  });

  it('keep their kinds through a restart', () => {
    const found: Finding[] = [];
    const context = { now, miner: new TemplateMiner(), emit: (finding: Finding) => found.push(finding) };
    const before = new UnknownErrors(context);
    for (const second of [1, 2]) before.take(entry(second, `cart c${second} failed`));
    const after = new UnknownErrors(context);
    for (const [key, value] of before.all()) after.restore(key, JSON.parse(JSON.stringify(value)));
    after.take(entry(3, 'cart c3 failed'));
    after.emitGrown();
    const kinds = found.at(-1)?.['templates'];
    assert.ok(Array.isArray(kinds));
    assert.deepEqual(
      kinds.map(({ count, example }) => [count, example]),
      [[3, 'cart c1 failed']],
    );
  });

  it('accuse no address', () => {
    const [finding] = findingsIn([entry(0, 'upstream failed', { source: { ip: '192.0.2.1' } })]);
    assert.equal(finding?.source, undefined);
    assert.equal(finding?.related?.ip, undefined);
  });

  it('are a burst when one kind comes much more often than before', () => {
    const usual = Array.from({ length: 10 }, (_, hour) => entry(hour * 3_600, `cart c${hour} failed`));
    const burst = Array.from({ length: 30 }, (_, second) => entry(50_000 + second, `cart c${second} failed`));
    assert.deepEqual(told(findingsIn([...usual, ...burst])), [
      ['lp.unknown_errors', 29],
      ['lp.error_burst', 30],
    ]);
  });

  it('are no burst when they come as often as ever', () => {
    const steady = Array.from({ length: 600 }, (_, index) => entry(index * 20, `cart c${index} failed`));
    const names = new Set(told(findingsIn(steady)).map(([name]) => name));
    assert.deepEqual([...names], ['lp.unknown_errors']);
  });

  it('are new when a service known for a day has not written their kind before', () => {
    const known = Array.from({ length: 30 }, (_, index) => entry(index * 3_600, `cart c${index} failed`));
    const found = findingsIn([...known, entry(2 * dayS, 'disk quota exhausted for shop')]);
    assert.deepEqual(told(found), [
      ['lp.unknown_errors', 30],
      ['lp.new_error', 1],
    ]);
    assert.match(found[1]?.summary ?? '', /“disk quota exhausted for shop”\.$/);
  });

  it('are not new on the first day of a log', () => {
    const names = 'abcdefghijklmnopqrstuvwxyz'.split('');
    const found = findingsIn(names.map((name, index) => entry(index, `module ${name}${name} crashed`)));
    assert.deepEqual(told(found), [['lp.unknown_errors', 26]]);
  });

  it('are told of three times a day and service at most', () => {
    const known = Array.from({ length: 30 }, (_, index) => entry(index * 3_600, `cart c${index} failed`));
    const names = 'abcdefghijklmnopqrstuvwxyz'.split('');
    const fresh = names.map((name, index) => entry(2 * dayS + index, `module ${name}${name} crashed`));
    const news = told(findingsIn([...known, ...fresh])).filter(([name]) => name === 'lp.new_error');
    assert.equal(news.length, 3);
  });

  it('of more services than are kept are told of when they are forgotten', () => {
    const found: Finding[] = [];
    const errors = new UnknownErrors({
      now,
      miner: new TemplateMiner(),
      emit: (finding) => found.push(finding),
      limits: { entries: 2, weight: 1e9 },
    });
    for (const name of ['a', 'b', 'c']) errors.take(entry(0, 'it failed', { process: { name } }));
    assert.deepEqual(
      found.map(({ entity }) => entity.value),
      ['a'],
    );
  });

  it('have the same ids whenever the log is read', () => {
    const records = Array.from({ length: 50 }, (_, second) => entry(second, `cart c${second} failed`));
    assert.deepEqual(findingsIn(records), findingsIn(records));
  });
});

describe('a silent service', () => {
  function silentIn(records: readonly LogRecord[]): readonly Finding[] {
    const found: Finding[] = [];
    const silence = new Silence(3_600_000, { now, emit: (finding) => found.push(finding) });
    for (const each of records) silence.take(each);
    silence.look();
    return found;
  }
  const shop = Array.from({ length: 60 }, (_, minute) => entry(minute * 60, 'sold'));
  const others = (from: number, to: number): readonly LogRecord[] =>
    Array.from({ length: to - from }, (_, minute) => entry((from + minute) * 60, 'tick', { process: { name: 'cron' } }));

  it('is told of once, with its last entry', () => {
    const [finding, ...rest] = silentIn([...shop, ...others(60, 200)]);
    assert.deepEqual(rest, []);
    assert.equal(finding?.entity.value, 'shopd');
    assert.equal(finding?.last_seen, shop.at(-1)?.timestamp);
  });

  it('is not told of while it writes, or when all are silent', () => {
    assert.deepEqual(silentIn([...shop, ...others(60, 100)]), []);
    assert.deepEqual(silentIn(shop), []);
  });

  it('is not told of when it seldom wrote', () => {
    assert.deepEqual(silentIn([...shop.slice(0, 20), ...others(60, 300)]), []);
  });
});
