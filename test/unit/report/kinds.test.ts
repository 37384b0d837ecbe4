import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finding } from '../../support/findings.ts';
import { rendered } from '../../support/reports.ts';

const rule = { id: 'x', name: 'lp.unknown_errors' };

/** A finding about what no rule knows of a service, by how often each kind came and one of its entries. */
function unknown(service: string, kinds: Readonly<Record<string, number>>, number = 1) {
  const templates = Object.entries(kinds).map(([example, count]) => ({ id: example, text: `${example} <*>`, count, example }));
  const count = templates.reduce((sum, kind) => sum + kind.count, 0);
  const entity = { type: 'process', value: service };
  return finding(number, { severity: 'INFO', title: 'Errors that no rule knows', rule, entity, count, templates });
}

const four = { 'cart lost': 9, 'mail refused': 4, 'table corrupt': 2, 'panic in a': 1 };

describe('what no rule knows', () => {
  it('is shown by an entry of each of its most frequent kinds', async () => {
    const text = await rendered('text', [unknown('shopd', four)]);
    const shown = text.split('\n').filter((line) => line.startsWith('    '));
    assert.deepEqual(shown, [
      '    | 9x cart lost',
      '    | 4x mail refused',
      '    | 2x table corrupt',
      '    | 1 of other kinds (see them with --rule lp.unknown_errors)',
    ]);
  });

  it('is shown on one line where its entry has several', async () => {
    assert.match(
      await rendered('text', [unknown('shopd', { 'Traceback:\n  in add\nKeyError: 7': 2 })]),
      /\| 2x Traceback: in add KeyError: 7\n/,
    );
  });

  it('is shown whole when it is asked for', async () => {
    const text = await rendered('text', [unknown('shopd', four)], { query: { rule: 'lp.unknown_errors' } });
    assert.match(text, /\n {4}\| 1x panic in a\n/);
    assert.doesNotMatch(text, /other kinds/);
  });

  it('is shown of each service before any has a second', async () => {
    const findings = [unknown('shopd', { a: 900, b: 800, c: 700 }), unknown('/var/log/mail', { 'table corrupt': 2 }, 2)];
    assert.match(await rendered('text', findings), /\| 900x shopd: a\n.*\| 800x shopd: b\n.*\| 2x mail: table corrupt\n/);
  });

  it('is shown by its entry where it is of one kind', async () => {
    const evidence = finding(1)
      .evidence.slice(0, 1)
      .map((entry) => ({ ...entry, message: 'quota of shop exhausted' }));
    const one = finding(1, { severity: 'WARNING', count: 3, evidence, template: { id: 'x', text: 'quota of <*> exhausted' } });
    assert.match(await rendered('text', [one]), /\n {4}\| 3x quota of shop exhausted\n/);
  });

  it('is shown in pages and in what is written for tickets', async () => {
    for (const form of ['html', 'markdown']) {
      const text = await rendered(form, [unknown('shopd', four)]);
      assert.match(text, /9x\S* ?\S*cart lost/, form);
    }
  });

  it('is harmless, whatever an entry holds', async () => {
    const hostile = unknown('shopd', { ['\u001b[2J<script>alert(1)</script>\r\nx'.repeat(9)]: 3, ' ': 2 });
    const wrong = finding(2, { severity: 'INFO', title: 'Other', templates: [undefined, 1, { count: '1', example: 2 }] });
    const text = await rendered('text', [hostile, wrong]);
    assert.ok(!text.includes('\u001b') && !text.includes('\r'));
    assert.ok(text.split('\n').every((line) => line.length <= 80));
    assert.doesNotMatch(await rendered('html', [hostile, wrong]), /<script>/);
  });
});
