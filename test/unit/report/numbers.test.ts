import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matterOf } from '../../../src/report/groups.ts';
import { finding } from '../../support/findings.ts';
import { now, rendered } from '../../support/reports.ts';

test('the text counts what it lists from the top down, also where an error that goes on stands below a new one', async () => {
  const lasting = finding(1, { title: 'Guessing', risk_score: 70 });
  const fresh = finding(2, { title: 'Web shell', risk_score: 60, rule: { id: 'shell', name: 'lp.web_shell' } });
  const known = new Set([matterOf(lasting.rule.name, lasting.entity)]);
  const earlier = { since: new Date(now.getTime() - 86_400_000), known, gone: [], open: [], isTriaged: true };
  const text = await rendered('text', [lasting, fresh, finding(3, { severity: 'INFO', title: 'Note' })], { earlier });
  const listed = text.match(/^ ?\d+\. [A-Z]+ {2}\w+/gm) ?? [];
  assert.deepEqual(listed, [' 1. ERROR  Web', ' 2. ERROR  Guessing', ' 3. INFO  Note']);
});

test('the head says under how many numbers the findings are listed that it counts', async () => {
  const alike = [finding(1), finding(2), finding(3, { title: 'Other', rule: { id: 'o', name: 'own.other' } })];
  for (const [findings, limit, words] of [
    [alike, 20, 'times in UTC; 3 findings in 2 groups'],
    [alike, 1, 'times in UTC; 2 of 3 findings in 1 group'],
    [alike.slice(1), 20, 'times in UTC'],
  ] as const) {
    const text = await rendered('text', findings, { maxGroups: limit });
    assert.equal(text.split('\n')[1]?.replace(/^.*(?=times)/, ''), words);
    for (const form of ['html', 'markdown'])
      assert.ok((await rendered(form, findings, { maxGroups: limit })).includes(words), form);
  }
});

test('a line that tells of several says how many entries they have together, and when the last of them was', async () => {
  const warning = { severity: 'WARNING', title: 'Scan' } as const;
  const [one, other] = [
    finding(1, { ...warning, count: 7 }),
    finding(2, { ...warning, count: 5, last_seen: '2026-11-22T14:30:00Z' }),
  ];
  assert.match(await rendered('text', [one, other]), / 1\. WARNING {2}Scan: 203\.0\.0\.1 and 1 more, 12x, today 14:30\n/);
  assert.match(await rendered('html', [one, other]), />12 × today 14:30</);
});
