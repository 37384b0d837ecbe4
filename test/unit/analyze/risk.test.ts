import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type RiskFactors, riskScore } from '../../../src/analyze/risk.ts';

const plain: RiskFactors = { severity: 'WARNING', count: 1, successes: 0, spread: 1, isNew: false };
const worst = { count: 1e9, successes: 9, spread: 1e6, isNew: true };

describe('the risk score', () => {
  it('ranks by severity first: no volume outranks the next one', () => {
    assert.ok(riskScore({ ...worst, severity: 'INFO' }) < riskScore({ ...plain, severity: 'WARNING' }));
    assert.ok(riskScore({ ...worst, severity: 'WARNING' }) < riskScore({ ...plain, severity: 'ERROR' }));
    assert.ok(riskScore({ ...worst, severity: 'ERROR' }) < riskScore({ ...plain, severity: 'CRITICAL' }));
  });

  it('stays within 100', () => {
    assert.ok(riskScore({ ...worst, severity: 'CRITICAL' }) <= 100);
  });

  for (const [what, factors, score] of [
    ['a single try that was refused', plain, 30],
    ['the same from somebody who was not there before', { ...plain, isNew: true }, 33],
    ['a hundred tries of one account', { ...plain, count: 100 }, 34],
    ['a hundred tries of 32 accounts', { ...plain, count: 100, spread: 33 }, 39],
    ['one that was let in', { ...plain, count: 100, spread: 33, successes: 1 }, 47],
    ['a trusted scanner', { ...plain, severity: 'INFO', count: 10_000, isNew: true }, 14],
    ['a server that is taken over', { ...plain, severity: 'CRITICAL', successes: 1, isNew: true }, 91],
  ] as const)
    it(`of ${what} is ${score}`, () => {
      assert.equal(riskScore(factors), score);
    });

  it('rises with success, volume, spread and novelty', () => {
    const score = riskScore(plain);
    assert.ok(riskScore({ ...plain, successes: 1 }) > score);
    assert.ok(riskScore({ ...plain, count: 100 }) > score);
    assert.ok(riskScore({ ...plain, spread: 8 }) > score);
    assert.ok(riskScore({ ...plain, isNew: true }) > score);
  });
});
