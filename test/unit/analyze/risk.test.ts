import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type RiskFactors, riskScore } from '../../../src/analyze/risk.ts';

const plain: RiskFactors = { severity: 'WARNING', count: 1, successes: 0, spread: 1 };
const worst = { count: 1e9, successes: 9, spread: 1e6 };

describe('the risk score', () => {
  it('ranks by severity first: no volume outranks the next one', () => {
    assert.ok(riskScore({ ...worst, severity: 'INFO' }) < riskScore({ ...plain, severity: 'WARNING' }));
    assert.ok(riskScore({ ...worst, severity: 'WARNING' }) < riskScore({ ...plain, severity: 'ERROR' }));
    assert.ok(riskScore({ ...worst, severity: 'ERROR' }) < riskScore({ ...plain, severity: 'CRITICAL' }));
  });

  it('stays within 100', () => {
    assert.ok(riskScore({ ...worst, severity: 'CRITICAL' }) <= 100);
  });

  it('rises with success, volume and spread', () => {
    const score = riskScore(plain);
    assert.ok(riskScore({ ...plain, successes: 1 }) > score);
    assert.ok(riskScore({ ...plain, count: 100 }) > score);
    assert.ok(riskScore({ ...plain, spread: 8 }) > score);
  });
});
