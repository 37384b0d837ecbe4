import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { settledSeverity, type Verdict, withJudgement } from '../../../../src/analyze/llm/verdict.ts';
import { severities, severityRank } from '../../../../src/model/severity.ts';
import { finding } from '../../../support/findings.ts';
import { fc } from '../../../support/generated.ts';

const given: Verdict = {
  severity: 'INFO',
  category: 'other',
  summary: 'It happened.',
  action: 'Look.',
  evidence: [],
  confidence: 'medium',
  isInjection: false,
};
const verdicts = fc.record({
  severity: fc.constantFrom(...severities),
  confidence: fc.constantFrom<Verdict['confidence']>('low', 'medium', 'high'),
  evidence: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }),
  isInjection: fc.boolean(),
});

describe('the severity after a verdict', () => {
  it('is never below that of the rules, and never two steps above it without two kinds of evidence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...severities), verdicts, (floor, parts) => {
        const settled = severityRank(settledSeverity(floor, { ...given, ...parts }).severity) - severityRank(floor);
        assert.ok(settled >= 0 && settled <= (new Set(parts.evidence).size >= 2 && parts.confidence === 'high' ? 2 : 1));
      }),
    );
  });

  const rows = [
    ['WARNING', { severity: 'CRITICAL' }, 'ERROR', true],
    ['WARNING', { severity: 'CRITICAL', confidence: 'high', evidence: ['a', 'b'] }, 'ERROR', true],
    ['ERROR', { severity: 'CRITICAL' }, 'CRITICAL', false],
    ['INFO', { severity: 'ERROR', confidence: 'high', evidence: ['a', 'b'] }, 'ERROR', false],
    ['INFO', { severity: 'ERROR', confidence: 'low' }, 'INFO', true],
    ['WARNING', { severity: 'ERROR', isInjection: true }, 'WARNING', true],
    ['CRITICAL', { severity: 'INFO' }, 'CRITICAL', false],
  ] as const;
  for (const [floor, changes, severity, needsReview] of rows) {
    it(`of ${JSON.stringify(changes)} on ${floor} is ${severity}`, () => {
      assert.deepEqual(settledSeverity(floor, { ...given, ...changes }), { severity, needsReview });
    });
  }
});

describe('a finding with a verdict', () => {
  const judgement = { verdict: given, engine: 'llm', model: 'm', costUsd: 0.1, tokens: { input: 1, output: 2 } } as const;

  it('keeps its id, its facts and the words of the rules', () => {
    const before = finding(1);
    const after = withJudgement(before, judgement);
    assert.deepEqual({ ...after, summary: before.summary, analyzer: before.analyzer }, before);
    assert.equal(after.summary, `${before.summary} Model: It happened.`);
    assert.equal(after.analyzer.rule_severity, 'ERROR');
    assert.equal(after.analyzer['model_severity'], 'INFO');
  });

  it('of a visitor that somebody trusts stays what it is', () => {
    const trusted = finding(1, { severity: 'INFO', analyzer: { engine: 'rules', rule_severity: 'ERROR' } });
    assert.equal(withJudgement(trusted, { ...judgement, verdict: { ...given, severity: 'CRITICAL' } }).severity, 'INFO');
  });
});
