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
