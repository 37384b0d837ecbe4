import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { type Palette, palettes } from '../../../src/report/html/style.ts';
import { finding } from '../../support/findings.ts';
import { everything, now, rendered } from '../../support/reports.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: { 'no-trailing-whitespace': 'off', 'void-style': 'off', 'doctype-style': 'off', 'require-sri': 'off' },
});

const severities = ['CRITICAL', 'ERROR', 'WARNING', 'INFO'] as const;
const threat = { tactic: [{ id: 'TA0006', name: 'Credential Access' }], technique: [{ id: 'T1110', name: 'Brute Force' }] };
const rules = ['lp.ssh_bruteforce', 'lp.web_scan', 'lp.web_sqli', 'lp.sudo_denied', 'lp.service_failed'];

/** What a bad week of a busy server gives: some rules, many entities. */
const many = Array.from({ length: 1_000 }, (_, number) => {
  const name = rules[number % rules.length] ?? '';
  return finding(number, {
    threat,
    severity: severities[number % 4] ?? 'INFO',
    title: `Finding of ${name}`,
    rule: { id: name, name },
  });
});

const pages: readonly (readonly [title: string, page: () => Promise<string>])[] = [
  ['with all that a report can say', () => rendered('html', many.slice(0, 12), everything(many.slice(3, 8), 'web "1" <x>'))],
  ['with nothing found', () => rendered('html', [])],
  ['with one finding', () => rendered('html', [finding(1)])],
];
for (const [title, page] of pages) {
  test(`a page ${title} is valid HTML`, async () => {
    const { results } = await validator.validateString(await page());
    assert.deepEqual(
      results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`)),
      [],
    );
  });
}

test('a page of a thousand findings stays below 300 kB, and names each rule', async () => {
  const page = await rendered('html', many, { maxGroups: 250 });
  assert.ok(Buffer.byteLength(page) < 300_000, `${Buffer.byteLength(page)} bytes`);
  for (const name of rules) assert.ok(page.includes(`Finding of ${name}`));
});

test('a page of a thousand findings that are all different stays below 300 kB', async () => {
  const different = many.map((found, number) => ({ ...found, title: `Trouble ${number}` }));
  const page = await rendered('html', different, { maxGroups: 250 });
  assert.ok(Buffer.byteLength(page) < 300_000, `${Buffer.byteLength(page)} bytes`);
  assert.match(page, /Not listed: /);
});

test('a page of a thousand different findings with long texts lists each and stays below 300 kB', async () => {
  const long = many.map((found, number) => ({
    ...found,
    ...{ title: `Trouble ${number} `.padEnd(60, 'x'), summary: '<'.repeat(2_000), action: 'Do this. '.repeat(200) },
  }));
  const page = await rendered('html', long, { maxGroups: 1_000 });
  assert.ok(Buffer.byteLength(page) < 300_000, `${Buffer.byteLength(page)} bytes`);
  assert.equal(new Set(page.match(/Trouble \d+/g)).size, 1_000);
  assert.match(page, /<h3>Trouble \d+ x+<\/h3>.*<strong>Do:<\/strong> Do this/s);
  const { valid } = await validator.validateString(page);
  assert.equal(valid, true);
});

for (const character of ["'", '\u202e', '\u{1f600}', '\u{e0041}']) {
  const name = `U+${character.codePointAt(0)?.toString(16)}`;
  test(`a page of a thousand findings with names of nothing but ${name} lists each and stays below 300 kB`, async () => {
    const hostile = many.map((found, number) => ({
      ...found,
      ...{
        title: `Trouble ${number} ${character.repeat(300)}`,
        entity: { type: 'user', value: `${number}${character.repeat(300)}` },
      },
    }));
    const page = await rendered('html', hostile, { maxGroups: 1_000 });
    assert.ok(Buffer.byteLength(page) < 300_000, `${Buffer.byteLength(page)} bytes`);
    assert.equal(new Set(page.match(/Trouble \d+/g)).size, 1_000);
  });
}

test('a page of ten thousand findings still shows the worst whole', async () => {
  const different = Array.from({ length: 10_000 }, (_, number) => finding(number, { title: `Trouble ${number}` }));
  assert.match(await rendered('html', different, { maxGroups: 10_000 }), /<h3>Trouble \d+<\/h3>/);
});

test('a page lets nothing be loaded or run, and carries no script and no style but its own', async () => {
  const page = await rendered('html', many.slice(0, 8));
  assert.match(
    page,
    /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; /,
  );
  assert.doesNotMatch(page, /<script|<link|<img|<iframe| style=| on\w+=|https?:\/\//);
});

test('a page says when entries came, who is behind them and how far they got', async () => {
  const page = await rendered('html', [finding(1, { threat })]);
  assert.match(page, /aria-label="10 entries behind the findings, by time; at most 10 in one column"/);
  assert.match(page, /aria-label="Busiest hour of the day: 0:00, with 10 entries"/);
  assert.match(page, /<li class="error">Credential Access<b>1<\/b><\/li>/);
});

test('a page about one entity tells its story in order', async () => {
  const [early, late] = [finding(1), finding(5_000, { title: 'Second' })];
  const page = await rendered('html', [late, early], { query: { entity: '203.0.0.1' }, now });
  const told = page.slice(page.indexOf('In order: 203.0.0.1'));
  assert.ok(told.indexOf('SSH password guessing') < told.indexOf('Second'));
});

/** Contrast of two colours. Source: WCAG 2.2, relative luminance. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function pairsOf({ ground, card, code, text, muted, good, severity, tint }: Palette): readonly (readonly [string, string])[] {
  const grounds = [ground, card, code];
  const texts = [text, muted, good].flatMap((color) => grounds.map((below) => [color, below] as const));
  return [...texts, ...severities.flatMap((name) => [card, tint[name]].map((below) => [severity[name], below] as const))];
}

for (const [theme, palette] of Object.entries(palettes)) {
  test(`text has enough contrast on each ground in the ${theme} theme`, () => {
    for (const [color, ground] of pairsOf(palette)) assert.ok(contrast(color, ground) >= 4.5, `${color} on ${ground}`);
  });
}
