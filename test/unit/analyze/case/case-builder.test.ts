import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Case } from '../../../../src/analyze/case/case.ts';
import { CaseBuilder } from '../../../../src/analyze/case/case-builder.ts';
import { savedCase } from '../../../../src/analyze/case/saved-case.ts';
import { TemplateMiner } from '../../../../src/analyze/template/miner.ts';
import type { LogRecord } from '../../../../src/model/envelope.ts';
import { record } from '../../../support/records.ts';

/** The entry of an attacker with this text. */
function entry(message: string): LogRecord {
  return record({ message, original: message, source: { ip: '203.0.113.5' } });
}

/** The case of these entries, those of a rule told from the others. */
function caseOf(entries: readonly (readonly [message: string, isKnown: boolean])[]): Case {
  const cases: Case[] = [];
  const context = { now: () => new Date(0), miner: new TemplateMiner(), emit: (given: Case) => void cases.push(given) };
  const builder = new CaseBuilder(context);
  for (const [message, isKnown] of entries) builder.take(entry(message), isKnown);
  builder.end();
  return cases[0] ?? assert.fail('no case');
}

const letters = (number: number): string => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
/** Entries of a hundred kinds that no rule knows. */
const flood = Array.from(
  { length: 100 },
  (_, index) => [`opened ${'very '.repeat(index % 10)}w${letters(index)}z page`, false] as const,
);

describe('a case', () => {
  it('has what a rule knows as its first sample, however much came before', () => {
    const given = caseOf([...flood, ['GET /shell.php is known', true], ...flood]);
    assert.equal(given.samples[0]?.text, 'GET /shell.php is known');
    assert.equal(given.samples.length, 3);
  });

  it('counts the kind that a rule knows, though it came after a flood of kinds', () => {
    const given = caseOf([...flood, ['shell was found here', true], ['shell was found here', true]]);
    const known = [...given.occurrences.values()].filter(({ isKnown }) => isKnown === true);
    assert.deepEqual(
      known.map(({ template, count }) => [template.text, count]),
      [['shell was found here', 2]],
    );
    assert.equal(given.occurrences.size, 40);
    const counted = [...given.occurrences.values()].reduce((sum, { count }) => sum + count, 0);
    assert.equal(counted + given.uncounted, given.count);
  });

  it('has three samples at the most, one of each kind that rules know', () => {
    const known = ['alpha beta one', 'gamma delta epsilon two', 'zeta eta theta iota three', 'one two kappa lambda mu four'];
    const given = caseOf([...known, ...known].map((message) => [message, true] as const));
    assert.deepEqual(
      given.samples.map(({ text }) => text),
      known.slice(0, 3),
    );
  });

  it('still knows what a rule knows when it was kept', () => {
    const given = caseOf([['shell was found here', true]]);
    assert.equal([...savedCase(given).occurrences.values()][0]?.isKnown, true);
    assert.equal(savedCase(given).samples[0]?.isKnown, true);
  });
});
