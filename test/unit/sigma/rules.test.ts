import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { threatOf } from '../../../src/sigma/attack.ts';
import { failedLogin, record, request, rulesFrom } from '../../support/records.ts';

const sources: readonly (readonly [logsource: string, dataset: string | undefined, isRead: boolean])[] = [
  ['service: sshd', 'sshd', true],
  ['{product: linux, service: sshd}', 'sudo', false],
  ['{product: linux, service: auth}', 'sudo', true],
  ['{product: linux}', 'kernel', true],
  ['{product: nginx}', 'nginx.error', true],
  ['{product: nginx}', 'apache.error', false],
  ['{product: nginx, service: error}', 'nginx.error', true],
  ['{category: application, product: python}', undefined, true],
  ['{category: database}', 'mysql.error', true],
  ['{category: database}', 'mysqlx', false],
];

describe('a log source', () => {
  for (const [logsource, dataset, isRead] of sources) {
    it(`${logsource} ${isRead ? 'reads' : 'does not read'} records of ${dataset ?? 'no dataset'}`, async () => {
      const text = logsource.startsWith('{') ? logsource : `{${logsource}}`;
      const rules = await rulesFrom(`{title: t, logsource: ${text}, detection: {k: [line], condition: k}}`);
      const log = { source: '-', offset: 0, format: 'syslog', ...(dataset !== undefined && { dataset }) };
      assert.equal(rules.isRelevant(record({ log })), isRead);
    });
  }

  it('webserver reads requests and nothing else', async () => {
    const rules = await rulesFrom('{title: t, logsource: {category: webserver}, detection: {k: [e], condition: k}}');
    assert.equal(rules.isRelevant(request('/')), true);
    assert.equal(rules.isRelevant(failedLogin(0)), false);
    const log = { source: '-', offset: 0, format: 'nginx_error', dataset: 'nginx.error' };
    assert.equal(rules.isRelevant({ ...request('/'), log }), false);
  });
});

describe('a rule', () => {
  it('keeps what it says of itself', async () => {
    const { rules } = await rulesFrom(`
title: T
id: 6a9b3c1e-0000-4000-8000-000000000000
name: x.y
author: Ann
license: MIT
references: [https://example.org/]
falsepositives: [None]
tags: [attack.credential-access, attack.t1110.001, cve.2020-1]
level: critical
logsource: {product: linux}
detection: {s: {message: x}, condition: s}
lp: {entity: user.name, category: bruteforce, summary: s, action: a, timespan: 5m, unless: x.y}
tests: {match: [a], nomatch: [b, c]}
`);
    const [rule] = rules;
    assert.ok(rule?.kind === 'single');
    assert.equal(rule.severity, 'CRITICAL');
    assert.equal(rule.author, 'Ann');
    assert.equal(rule.entity?.name, 'user.name');
    assert.equal(rule.timespanMs, 300_000);
    assert.deepEqual(rule.unless, ['x.y']);
    assert.deepEqual(rule.tests, { match: ['a'], nomatch: ['b', 'c'] });
    assert.deepEqual(rule.threat, {
      tactic: [{ id: 'TA0006', name: 'Credential Access' }],
      technique: [{ id: 'T1110.001', name: 'Password Guessing' }],
    });
  });

  it('is called by its title, and is a warning, when it says no more', async () => {
    const { rules } = await rulesFrom('{title: Some Rule, logsource: {product: linux}, detection: {k: [x], condition: k}}');
    assert.deepEqual([rules[0]?.name, rules[0]?.id, rules[0]?.severity], ['Some Rule', 'Some Rule', 'WARNING']);
  });

  it('that a correlation refers to makes no findings of its own, unless it says generate', async () => {
    const yaml = (generate: boolean): string => `
title: base
logsource: {product: linux}
detection: {k: [x], condition: k}
---
title: c
correlation: {type: event_count, rules: base, timespan: 1m, condition: {gt: 1}, generate: ${generate}}
`;
    for (const generate of [true, false]) {
      const set = await rulesFrom(yaml(generate));
      const [base, correlation] = set.rules;
      assert.ok(base !== undefined && correlation?.kind === 'correlation');
      assert.equal(set.isReporting(base), generate);
      assert.equal(correlation.condition.threshold, 2);
      assert.deepEqual(set.readersOf(base), [{ reader: correlation, ruleIndex: 0 }]);
    }
  });

  it('without ATT&CK tags has no threat, and an unknown technique is called by its id', () => {
    assert.equal(threatOf(['cve.2021-44228']), undefined);
    assert.deepEqual(threatOf(['attack.t9999', 'attack.privilege_escalation']), {
      tactic: [{ id: 'TA0004', name: 'Privilege Escalation' }],
      technique: [{ id: 'T9999', name: 'T9999' }],
    });
  });
});
