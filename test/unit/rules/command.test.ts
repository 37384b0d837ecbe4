import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { LpError } from '../../../src/model/error.ts';
import command from '../../../src/rules/command.ts';
import { testContext } from '../../support/context.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-rules-test-'));
after(() => rmSync(directory, { recursive: true }));

const failing = `title: Page of the shop
name: shop_page
logsource: {category: webserver}
detection: {selection: {cs-uri-stem|startswith: /shop}, condition: selection}
level: medium
`;
const hit = '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /shop/1 HTTP/1.1" 200 5';
const miss = '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /blog HTTP/1.1" 200 5';
const counted = `${failing}---
title: Many pages of the shop
name: shop_scan
correlation: {type: event_count, rules: [shop_page], group-by: [source.ip], timespan: 1m, condition: {gte: 3}}
level: high
tests:
  match:
    - |
      ${hit}
      ${hit}
      ${hit}
  nomatch:
    - |
      ${hit}
      ${hit}
`;

function ruleFile(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const none = { rules: [], expand: [], rule: [], format: undefined, json: false };

async function said(operands: readonly string[], given: Partial<Parameters<typeof command.run>[0]> = {}, input: string[] = []) {
  const context = testContext(input);
  const status = await command.run({ ...none, ...given }, operands, context);
  return { status, lines: context.lines() };
}

describe('lp-rules', () => {
  it('lists the built-in rules, or those that it is given', async () => {
    const built = await said(['list']);
    assert.ok(built.lines.some((line) => /^CRITICAL +lp\.disk_failing +Disk or file system is failing$/.test(line)));
    const own = await said(['list'], { rules: [ruleFile('list.yaml', counted)] });
    assert.deepEqual(own.lines, ['-         shop_page  Page of the shop', 'ERROR     shop_scan  Many pages of the shop']);
  });

  it('lists rules as JSON', async () => {
    const { lines } = await said(['list'], { rule: ['lp.disk_full'], json: true });
    const { name, severity, reporting } = JSON.parse(lines.join());
    assert.deepEqual({ name, severity, reporting }, { name: 'lp.disk_full', severity: 'ERROR', reporting: true });
  });

  it('runs the tests that correlations carry', async () => {
    const { status, lines } = await said(['test'], { rules: [ruleFile('good.yaml', counted)] });
    assert.deepEqual(lines, ['rules: 2, tests: 2, failed: 0, without lines that must match: 0']);
    assert.equal(status, 0);
  });

  it('names tests that fail, and ends with status 78', async () => {
    const path = ruleFile('wrong.yaml', `${failing}tests: {match: ['${miss}'], nomatch: ['${hit}']}\n`);
    const { status, lines } = await said(['test'], { rules: [path] });
    assert.equal(status, 78);
    assert.deepEqual(lines, [
      `${path}:1: shop_page finds nothing in test 1 of match: ${miss}`,
      `${path}:1: shop_page finds something in test 1 of nomatch: ${hit}`,
      'rules: 1, tests: 2, failed: 2, without lines that must match: 0',
    ]);
  });

  it('explains what a line is read as, and what rules make of it', async () => {
    const { lines } = await said(['explain', hit], { rules: [ruleFile('explain.yaml', counted)] });
    assert.ok(lines.includes('    source.ip = "203.0.113.5"'));
    const at = lines.indexOf('  matches shop_page: Page of the shop');
    assert.deepEqual(lines.slice(at + 1, at + 3), [
      '    selection holds: cs-uri-stem|startswith: "/shop"',
      '    counts for shop_scan: ERROR at event_count 3 within 60 s by source.ip',
    ]);
  });

  it('explains why one rule does not match, also one that is about other logs', async () => {
    const rules = [ruleFile('one.yaml', counted)];
    const { lines } = await said(['explain'], { rules, rule: ['shop_page', 'shop_scan', 'lp.disk_failing'] }, [`${miss}\n`]);
    const at = lines.indexOf('  does not match shop_page: Page of the shop');
    assert.equal(lines[at + 1], '    selection does not hold: cs-uri-stem|startswith: "/shop"');
    assert.ok(lines.includes('  does not ask shop_scan: it looks at what shop_page match'));
    assert.ok(lines.includes('  does not ask lp.disk_failing: it is about product linux'));
  });

  it('lets no line reach the terminal with its control characters', async () => {
    const { lines } = await said(['explain', 'a \u001b[31m line']);
    assert.ok(!lines.join('\n').includes('\u001b'));
  });

  it('names all mistakes in rules, not only the first', async () => {
    const first = ruleFile('a.yaml', 'title: a\n');
    const second = ruleFile('b.yaml', failing.replace('startswith', 'begins'));
    const { status, lines } = await said(['lint'], { rules: [first, second] });
    assert.equal(status, 78);
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /a\.yaml:1: error: /);
    assert.match(lines[1] ?? '', /b\.yaml:4: error: .*begins/);
  });

  it('says what a rule lacks', async () => {
    const path = ruleFile('bare.yaml', failing);
    const { status, lines } = await said(['lint'], { rules: [path] });
    assert.equal(status, 0);
    assert.deepEqual(lines, [
      `${path}:1: note: shop_page has no author, description, falsepositives, lp.summary, lp.action, tests.match, tests.nomatch`,
    ]);
  });

  it('finds nothing to say of the built-in rules', async () => {
    assert.deepEqual(await said(['lint']), { status: 0, lines: [] });
  });

  for (const operands of [['show'], ['list', 'x']])
    it(`refuses "${operands.join(' ')}"`, async () => {
      await assert.rejects(said(operands), (thrown: LpError) => thrown.status === 64);
    });

  it('refuses the name of a rule that there is not', async () => {
    await assert.rejects(said(['list'], { rule: ['lp.nothing'] }), /there is no rule "lp\.nothing"/);
  });
});
