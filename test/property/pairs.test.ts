import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planFor } from '../../src/parse/structured/plan-for.ts';
import { fc } from '../support/generated.ts';
import { name, text } from '../support/members.ts';
import { parseLines } from '../support/parse-lines.ts';

const key = fc.oneof(
  { weight: 6, arbitrary: name.filter((one) => /^[\w.@-]{1,64}$/.test(one)) },
  fc.constantFrom('time', 'ts', 't', 'level', 'lvl', 'severity', 'a b', '"', 'k'.repeat(64), 'k'.repeat(65), '_-', ''),
);
const value = fc.oneof(
  { weight: 4, arbitrary: text.map((one) => JSON.stringify(one)) },
  { weight: 2, arbitrary: text.map((one) => one.replace(/[\s"]/g, '')) },
  fc.constantFrom('"', '"cut', '""', '"a"b', 'a"b', '"\\é"', '"a\\\\"', '"\ta"', 'a=b', 'é', 'a\u00a0b', '"\\\u2028"', '{}'),
);
const parting = fc.oneof({ weight: 8, arbitrary: fc.constant(' ') }, fc.constantFrom('  ', '\t', '\u00a0', ',', '\f', ''));
const pair = fc.tuple(key, value, parting).map(([first, second, third]) => `${first}=${second}${third}`);
const head = fc.constantFrom(
  '',
  ' ',
  'time=2026-11-22T13:36:00.5Z ',
  'level=warn ',
  'ts=1795354560.25 ',
  'a="\\" t=1 b" ',
  'word ',
);

test('the kernel reads pairs as code does, whatever their keys and values', async () => {
  await fc.assert(
    fc.asyncProperty(
      head,
      fc.array(pair, { maxLength: 12 }),
      fc.array(value, { minLength: 12 }),
      async (start, pairs, others) => {
        const line = `${start}${pairs.join('')}`;
        const other = `${start}${pairs.map((one, index) => one.replace(/=.*/s, `=${others[index]} `)).join('')}`;
        const lines = [line, line, other, line, ` ${line}\t`].filter((one) => !/[\r\n]/.test(one));
        const { counts } = await parseLines(lines, { kind: 'raw' });
        assert.equal(counts.lines, lines.length);
      },
    ),
    { numRuns: 600 },
  );
});

test('pairs are read by a plan where a time or a level stands among the first nine', () => {
  const others = Array.from({ length: 8 }, (_, index) => `k${index}=s`).join('');
  assert.ok(planFor(`=${others}level=s`));
  assert.equal(planFor(`=${others}k8=slevel=s`), undefined);
  assert.equal(planFor('=a=sb=s'), undefined);
  assert.equal(planFor('=level=s'), undefined, 'one pair is no line of logfmt');
});
