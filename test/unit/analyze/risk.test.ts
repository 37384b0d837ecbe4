import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasHappened, type RiskFactors, riskScore } from '../../../src/analyze/risk.ts';

const plain: RiskFactors = { severity: 'WARNING', count: 1, hasHappened: false, spread: 1, isNew: false };
const worst = { count: 1e9, hasHappened: true, spread: 1e6, isNew: true };

describe('the risk score', () => {
  it('ranks by severity first: no volume outranks the next one', () => {
    assert.ok(riskScore({ ...worst, severity: 'INFO' }) < riskScore({ ...plain, severity: 'WARNING' }));
    assert.ok(riskScore({ ...worst, severity: 'WARNING' }) < riskScore({ ...plain, severity: 'ERROR' }));
    assert.ok(riskScore({ ...worst, severity: 'ERROR' }) < riskScore({ ...plain, severity: 'CRITICAL' }));
  });

  it('ranks what has happened above what was only tried, however often and by however many', () => {
    for (const severity of ['INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const)
      assert.ok(riskScore({ ...worst, hasHappened: false, severity }) < riskScore({ ...plain, hasHappened: true, severity }));
  });

  for (const [what, category, successes, expected] of [
    ['a login that was accepted', 'credential', 1, true],
    ['a login that was refused', 'credential', 0, false],
    ['sudo by a user who may not', 'privilege', 0, false],
    ['an exploit that was answered with success', 'exploit', 1, true],
    ['a wrong password that was answered with a page', 'bruteforce', 9, false],
    ['a service that failed', 'availability', 0, true],
    ['a crontab of a service that was changed', 'malware', 0, true],
  ] as const)
    it(`takes ${what} for ${expected ? 'a fact' : 'a try'}`, () => assert.equal(hasHappened(category, successes), expected));

  it('stays within 100', () => {
    assert.ok(riskScore({ ...worst, severity: 'CRITICAL' }) <= 100);
  });

  for (const [what, factors, score] of [
    ['a single try that was refused', plain, 30],
    ['the same from somebody who was not there before', { ...plain, isNew: true }, 33],
    ['a hundred tries of one account', { ...plain, count: 100 }, 32],
    ['a hundred tries of 32 accounts', { ...plain, count: 100, spread: 33 }, 35],
    ['one that was let in', { ...plain, count: 100, spread: 33, hasHappened: true }, 47],
    ['a trusted scanner', { ...plain, severity: 'INFO', count: 10_000, isNew: true }, 12],
    ['a server that is taken over', { ...plain, severity: 'CRITICAL', hasHappened: true, isNew: true }, 95],
  ] as const)
    it(`of ${what} is ${score}`, () => {
      assert.equal(riskScore(factors), score);
    });

  it('rises with success, volume, spread and novelty', () => {
    const score = riskScore(plain);
    assert.ok(riskScore({ ...plain, hasHappened: true }) > score);
    assert.ok(riskScore({ ...plain, count: 100 }) > score);
    assert.ok(riskScore({ ...plain, spread: 8 }) > score);
    assert.ok(riskScore({ ...plain, isNew: true }) > score);
  });
});
