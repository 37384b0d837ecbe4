import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requiredText } from '../../../src/sigma/wildcard.ts';
import { record, request, rulesFrom } from '../../support/records.ts';

const patterns: readonly (readonly [pattern: string, text: string])[] = [
  ['plain', 'plain'],
  ['<*onload*=', 'onload'],
  ['a?c*de', 'de'],
  ['***', ''],
  ['c\\*d*e', 'c*d'],
];
for (const [pattern, text] of patterns) {
  it(`"${text}" must stand in what ${pattern} matches`, () => assert.equal(requiredText(pattern), text));
}

describe('what is remembered of texts', () => {
  const rule =
    '{title: t, logsource: {category: webserver}, detection: {s: {cs-uri-query|contains: [evil, wicked, bad]}, condition: s}}';

  it('does not change what rules find, however many different texts come', async () => {
    const rules = await rulesFrom(rule);
    const targets = Array.from({ length: 9_000 }, (_, number) => `/${number % 7 === 0 ? 'ev%69l' : 'fine'}/${number % 3_000}`);
    for (const target of [...targets, ...targets.slice(0, 10)]) {
      assert.equal(rules.isRelevant(request(target)), target.includes('ev%69l'), target);
    }
  });

  it('keeps records of one dataset apart that take different routes', async () => {
    const rules = await rulesFrom(`
{title: r, logsource: {category: webserver}, detection: {k: [line], condition: k}}
---
{title: a, logsource: {category: authentication}, detection: {k: [line], condition: k}}
---
{title: p, logsource: {category: process_creation}, detection: {k: [line], condition: k}}
`);
    const log = { source: 'x', offset: 0, format: 'json', dataset: 'app' };
    const shapes = [
      record({ log }),
      record({ log, http: { response: { status_code: 200 } } }),
      record({ log, event: { category: ['authentication'] } }),
      record({ log, process: { command_line: 'id' }, http: { request: {} } }),
    ];
    const titles = (): readonly string[] =>
      shapes.map((entry) => {
        const matching = rules.matching(rules.subjectOf(entry));
        return matching.map((rule) => rule.title).join('');
      });
    assert.deepEqual(titles(), ['', 'r', 'a', 'rp']);
    assert.deepEqual(titles(), ['', 'r', 'a', 'rp']);
  });

  it('keeps a value apart from the same value of another field', async () => {
    const rules = await rulesFrom(
      '{title: t, logsource: {product: linux}, detection: {s: {user.name: root, process.name: su}, condition: s}}',
    );
    assert.equal(rules.isRelevant(record({ user: { name: 'su' }, process: { name: 'root' } })), false);
    assert.equal(rules.isRelevant(record({ user: { name: 'root' }, process: { name: 'su' } })), true);
  });
});
