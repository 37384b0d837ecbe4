import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Engine } from '../../../src/analyze/engine.ts';
import { decodeValue } from '../../../src/model/decode.ts';
import type { Finding, LogRecord } from '../../../src/model/envelope.ts';
import type { RuleSet } from '../../../src/sigma/rule-set.ts';
import { failedLogin, record, request, rulesFrom } from '../../support/records.ts';

const base = `
title: failure
name: failure
logsource: {product: linux, service: sshd}
detection: {s: {event.outcome: failure}, condition: s}
`;
const guessing = `${base}
---
title: Guessing
name: guessing
level: high
correlation: {type: event_count, rules: failure, group-by: source.ip, timespan: 1m, condition: {gte: 3}}
lp: {category: bruteforce, summary: "{entity}: {count} as {users} {span}"}
`;
const names = `${base}
---
title: Names
name: names
correlation: {type: value_count, rules: failure, group-by: source.ip, timespan: 1m, condition: {field: user.name, gte: 3}}
`;
const single = `
title: Probe
name: probe
level: medium
logsource: {category: webserver}
detection: {s: {url.path: /.env}, condition: s}
lp: {timespan: 10m}
`;

/** All that the engine emits for records, and at the end. */
function emitted(rules: RuleSet, records: readonly LogRecord[]): readonly Finding[] {
  const findings: Finding[] = [];
  const engine = new Engine(rules, { now: () => new Date(0), emit: (finding) => findings.push(finding) });
  for (const entry of records) engine.take(entry);
  engine.emitGrown();
  return findings;
}

/** The last state of each finding. */
function found(rules: RuleSet, records: readonly LogRecord[]): readonly Finding[] {
  return [...new Map(emitted(rules, records).map((finding) => [finding.id, finding])).values()];
}

const seconds = (...times: readonly number[]): readonly LogRecord[] => times.map((time) => failedLogin(time));

const counts: readonly (readonly [what: string, times: readonly number[], counts: readonly number[]])[] = [
  ['fires at its threshold', [0, 1, 2], [3]],
  ['does not fire below it', [0, 1], []],
  ['fires when the timespan just holds', [0, 30, 60], [3]],
  ['does not fire when the timespan is over', [0, 30, 61], []],
  ['fires on the right three of many', [0, 40, 80, 95, 99], [4]],
  ['takes in all that follows', [0, 1, 2, 30, 80, 130], [6]],
  ['starts anew after quiet', [0, 1, 2, 63, 64, 65], [3, 3]],
  ['needs its threshold again after quiet', [0, 1, 2, 100, 101], [3]],
  ['accepts lines out of order', [2, 0, 1], [3]],
  ['accepts late lines into the burst', [10, 11, 12, 5, -30], [5]],
  ['reads an archive from its end', [65, 64, 63, 2, 1, 0], [3, 3]],
  ['keeps two streams apart that are an hour apart', [0, 3600, 1, 3601, 2, 3602, 3, 3603], [4, 4]],
];

describe('an event_count', () => {
  for (const [what, times, expected] of counts) {
    it(what, async () => {
      const findings = found(await rulesFrom(guessing), seconds(...times));
      assert.deepEqual(
        findings.map((finding) => finding.count),
        expected,
      );
      for (const finding of findings) assert.ok(finding.first_seen <= finding.last_seen);
    });
  }

  it('counts each group by itself, and no record that lacks its field', async () => {
    const rules = await rulesFrom(guessing);
    const records = [failedLogin(0, '203.0.113.1'), failedLogin(1, '203.0.113.2'), failedLogin(2, '203.0.113.3')];
    assert.deepEqual(emitted(rules, records), []);
    const { source: _, ...nameless } = failedLogin(0);
    assert.deepEqual(emitted(rules, [nameless, nameless, nameless]), []);
  });

  it('emits at once, and again when it has grown, with the same id', async () => {
    const findings = emitted(await rulesFrom(guessing), seconds(0, 1, 2, 3));
    assert.deepEqual(
      findings.map((finding) => finding.count),
      [3, 4],
    );
    assert.equal(new Set(findings.map((finding) => finding.id)).size, 1);
    assert.equal(emitted(await rulesFrom(guessing), seconds(0, 1, 2)).length, 1);
  });
});

describe('other correlations', () => {
  it('value_count counts different values, and all entries belong to the burst', async () => {
    const rules = await rulesFrom(names);
    const by = (...users: readonly string[]): readonly LogRecord[] =>
      users.map((user, index) => failedLogin(index, '203.0.113.5', user));
    assert.deepEqual(found(rules, by('a', 'a', 'a', 'b', 'b')), []);
    const [finding] = found(rules, by('a', 'a', 'b', 'c', 'a'));
    assert.equal(finding?.count, 5);
    assert.deepEqual(finding?.related?.user, ['a', 'b', 'c']);
  });

  const ordered = (type: string): string => `${guessing}
---
title: success
name: success
logsource: {product: linux, service: sshd}
detection: {s: {event.outcome: success}, condition: s}
---
title: Got in
name: got_in
level: critical
correlation: {type: ${type}, rules: [guessing, success], group-by: source.ip, timespan: 5m}
`;
  const success = (time: number): LogRecord => ({
    ...failedLogin(time),
    event: { category: ['authentication'], action: 'ssh_login', outcome: 'success' },
    original: 'Accepted',
  });

  it('temporal_ordered fires when the second comes after the first', async () => {
    const [finding] = found(await rulesFrom(ordered('temporal_ordered')), [...seconds(0, 1, 2, 3), success(60)]);
    assert.equal(finding?.rule.name, 'got_in');
    assert.equal(finding?.count, 5);
    assert.deepEqual(finding?.evidence.at(-1)?.original, 'Accepted');
    assert.deepEqual(finding?.evidence.at(-1)?.event, { outcome: 'success' });
  });

  it('names who was let in, and keeps that entry whatever follows', async () => {
    const rules = await rulesFrom(`${ordered('temporal_ordered')}
lp: {title: "In: {accepted}", summary: "{entity} as {accepted}, of {users}"}
`);
    const failures = (from: number, count: number): readonly LogRecord[] =>
      Array.from({ length: count }, (_, index) => failedLogin(from + index, '203.0.113.5', `user${'x'.repeat(index)}`));
    const accepted = { ...success(60), user: { name: 'backup' } };
    const [finding] = found(rules, [...failures(0, 30), accepted, ...failures(61, 30)]).filter(
      ({ rule }) => rule.name === 'got_in',
    );
    assert.equal(finding?.title, 'In: backup');
    assert.equal(finding?.summary, '203.0.113.5 as backup, of user, userx, userxx and 28 more');
    assert.equal(finding?.evidence.length, 10);
    assert.deepEqual(
      finding?.evidence.filter((entry) => entry.event !== undefined).map((entry) => entry.original),
      ['Accepted'],
    );
  });

  it('temporal_ordered does not fire the other way round, or too late', async () => {
    const rules = await rulesFrom(ordered('temporal_ordered'));
    assert.deepEqual(found(rules, [success(0), ...seconds(1, 2, 3)]), []);
    assert.deepEqual(found(rules, [...seconds(1, 2, 3), success(400)]), []);
  });

  it('temporal fires in any order', async () => {
    const findings = found(await rulesFrom(ordered('temporal')), [success(0), ...seconds(1, 2, 3)]);
    assert.equal(findings.length, 1);
  });

  it('a rule is silent while another tells the same story', async () => {
    const rules = await rulesFrom(`${guessing}
---
title: More
name: more
correlation: {type: event_count, rules: failure, group-by: source.ip, timespan: 1m, condition: {gte: 4}}
lp: {unless: guessing}
`);
    const findings = found(rules, seconds(0, 1, 2, 3, 4));
    assert.deepEqual(
      findings.map((finding) => finding.rule.name),
      ['guessing'],
    );
  });

  const early = `${guessing}
---
title: Early
name: early
correlation: {type: event_count, rules: failure, group-by: source.ip, timespan: 1m, condition: {gte: 2}}
lp: {unless: guessing}
`;

  it('a rule is silent though the better one fires later', async () => {
    const rules = await rulesFrom(early);
    const namesIn = (records: readonly LogRecord[]) => found(rules, records).map((finding) => finding.rule.name);
    assert.deepEqual(namesIn(seconds(0, 1, 2, 3)), ['guessing']);
    assert.deepEqual(namesIn(seconds(0, 1)), ['early']);
    assert.deepEqual(namesIn([...seconds(0, 1), failedLogin(2, '192.0.2.9')]), ['early']);
    assert.deepEqual(namesIn(seconds(0, 1, 500, 501, 502)), ['guessing', 'early']);
  });

  it('a rule with a better one waits in an archive for its end, and else as long as that one may take', async () => {
    const rules = await rulesFrom(early);
    const start = Date.parse(failedLogin(0).timestamp);
    const shownAfter = (openedMs: number, waitedMs: number): number => {
      const findings: Finding[] = [];
      let nowMs = openedMs;
      const engine = new Engine(rules, { now: () => new Date(nowMs), emit: (finding) => findings.push(finding) });
      for (const entry of seconds(0, 1)) engine.take(entry);
      nowMs += waitedMs;
      engine.emitSettled();
      return findings.length;
    };
    assert.equal(shownAfter(start + 2_000, 59_000), 0);
    assert.equal(shownAfter(start + 2_000, 60_000), 1);
    assert.equal(shownAfter(start + 86_400_000, 86_400_000), 0);
  });
});

describe('a rule of single records', () => {
  it('makes one finding for an entity until it was quiet', async () => {
    const at = (minutes: number, ip: string): LogRecord => ({
      ...request('/.env', 200, ip),
      timestamp: new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString(),
      log: { source: 'access.log', offset: minutes, format: 'combined', dataset: 'web.access' },
    });
    const records = [at(0, '192.0.2.1'), at(9, '192.0.2.1'), at(5, '192.0.2.2'), at(18, '192.0.2.1'), at(40, '192.0.2.1')];
    const findings = found(await rulesFrom(single), records);
    assert.deepEqual(
      findings.map((finding) => [finding.entity.value, finding.count]),
      [
        ['192.0.2.1', 3],
        ['192.0.2.2', 1],
        ['192.0.2.1', 1],
      ],
    );
  });

  it('is about the address, else the user, else the host, else the log', async () => {
    const rules = await rulesFrom('{title: t, logsource: {product: linux}, detection: {k: [line], condition: k}}');
    const entities = [
      { source: { ip: '192.0.2.1' }, user: { name: 'u' } },
      { user: { name: 'u' }, host: { name: 'h' } },
      { host: { name: 'h' } },
      {},
    ];
    assert.deepEqual(
      found(
        rules,
        entities.map((fields) => record(fields)),
      ).map((finding) => finding.entity),
      [
        { type: 'ip', value: '192.0.2.1' },
        { type: 'user', value: 'u' },
        { type: 'host', value: 'h' },
        { type: 'source', value: 'test.log' },
      ],
    );
  });
});

describe('a finding', () => {
  it('is what the wire asks for', async () => {
    const [finding] = found(await rulesFrom(guessing), seconds(0, 1, 2));
    assert.ok(finding !== undefined);
    assert.equal(decodeValue(finding).ok, true);
    assert.match(finding.id, /^[\w-]{22}$/);
    assert.deepEqual(Object.keys(finding).slice(0, 2), ['schema', 'type']);
    assert.equal(finding.severity, 'ERROR');
    assert.equal(finding.summary, '203.0.113.5: 3 as root within 2 s');
    assert.deepEqual(finding.source, { ip: '203.0.113.5' });
    assert.deepEqual(finding.log, { source: 'auth.log', dataset: 'sshd' });
    assert.deepEqual(finding.analyzer, { engine: 'rules', rule_severity: 'ERROR' });
    assert.equal(finding.first_seen, '2026-11-22T13:36:00.000Z');
    assert.equal(finding.last_seen, '2026-11-22T13:36:02.000Z');
  });

  it('holds at most ten entries of evidence, the first and the last among them, and fifty users', async () => {
    const records = Array.from({ length: 200 }, (_, index) => failedLogin(index, '203.0.113.5', `user${'x'.repeat(index % 70)}`));
    const [finding] = found(await rulesFrom(guessing), records);
    assert.equal(finding?.count, 200);
    assert.equal(finding?.evidence.length, 10);
    assert.equal(finding?.evidence[0]?.timestamp, '2026-11-22T13:36:00.000Z');
    assert.equal(finding?.evidence.at(-1)?.timestamp, '2026-11-22T13:39:19.000Z');
    assert.equal(finding?.related?.user?.length, 50);
  });

  it('keeps what the attacker writes out of its own words', async () => {
    const records = [0, 1, 2].map((time) => failedLogin(time, '203.0.113.5', `{count}{entity}$&${'y'.repeat(100)}`));
    const [finding] = found(await rulesFrom(guessing), records);
    assert.equal(finding?.summary, `203.0.113.5: 3 as {count}{entity}$&${'y'.repeat(42)}… within 2 s`);
  });

  it('is the same for the same log', async () => {
    const records = seconds(0, 5, 3, 9, 100, 101, 102);
    assert.deepEqual(emitted(await rulesFrom(guessing), records), emitted(await rulesFrom(guessing), records));
  });
});

describe('the engine', () => {
  it('forgets the group that was silent longest when there are too many, and counts it', async () => {
    const findings: Finding[] = [];
    const limits = { entries: 2, weight: 1_000_000 };
    const engine = new Engine(await rulesFrom(guessing), {
      now: () => new Date(0),
      emit: (finding) => findings.push(finding),
      limits,
    });
    for (const ip of ['1', '2', '1', '3', '1']) engine.take(failedLogin(0, `192.0.2.${ip}`));
    assert.equal(engine.forgotten, 1);
    assert.deepEqual(
      findings.map((finding) => finding.entity.value),
      ['192.0.2.1'],
    );
  });

  it('does not count what it forgets when its time was over', async () => {
    const limits = { entries: 2, weight: 1_000_000 };
    const engine = new Engine(await rulesFrom(guessing), { now: () => new Date(0), emit: () => {}, limits });
    for (const ip of [1, 2, 3]) engine.take(failedLogin(100 * ip, `192.0.2.${ip}`));
    assert.equal(engine.forgotten, 0);
    for (const ip of [4, 5]) engine.take(failedLogin(300 + ip, `192.0.2.${ip}`));
    assert.equal(engine.forgotten, 1);
  });

  it('writes the last state of a finding before it forgets it', async () => {
    const findings: Finding[] = [];
    const limits = { entries: 1, weight: 1_000_000 };
    const engine = new Engine(await rulesFrom(guessing), {
      now: () => new Date(0),
      emit: (finding) => findings.push(finding),
      limits,
    });
    for (const entry of [...seconds(0, 1, 2, 3), failedLogin(4, '192.0.2.9')]) engine.take(entry);
    assert.deepEqual(
      findings.map((finding) => finding.count),
      [3, 4],
    );
    assert.equal(engine.forgotten, 0);
  });

  it('keeps no more than it may, what each group takes beside its text counted in', async () => {
    const limits = { entries: 1_000, weight: 11_000 };
    const engine = new Engine(await rulesFrom(guessing), { now: () => new Date(0), emit: () => {}, limits });
    for (let index = 0; index < 20; index++) {
      engine.take({ ...failedLogin(0, `192.0.2.${index}`), original: 'x'.repeat(1_000) });
    }
    assert.equal(engine.forgotten, 14);
  });
});
