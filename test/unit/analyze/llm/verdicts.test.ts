import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Verdicts } from '../../../../src/analyze/llm/verdicts.ts';
import type { Finding } from '../../../../src/model/envelope.ts';
import { finding } from '../../../support/findings.ts';

test('of findings with long entries, so many are remembered as fit into memory, the newest', () => {
  const verdicts = new Verdicts();
  const entry = { timestamp: '2026-11-22T13:36:00.000Z', log: { source: '/a', offset: 0 }, original: 'x'.repeat(2_048) };
  const older = (number: number): Finding => finding(number, { count: 1, evidence: Array.from({ length: 10 }, () => entry) });
  for (let number = 0; number < 2_000; number++) verdicts.see({ ...older(number), count: 2 });
  const counts = Array.from({ length: 2_000 }, (_, number) => verdicts.newestOf(older(number)).count);
  assert.equal(counts.at(-1), 2);
  assert.equal(counts[0], 1);
  assert.ok(counts.filter((count) => count === 2).length > 500);
});
