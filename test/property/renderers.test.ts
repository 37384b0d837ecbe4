import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from '../../src/io/printable.ts';
import type { Finding } from '../../src/model/envelope.ts';
import { rendererNames } from '../../src/report/renderer.ts';
import { finding } from '../support/findings.ts';
import { fc } from '../support/generated.ts';
import { everything, now, rendered } from '../support/reports.ts';

/** Pieces that mean something to one reader or another; texts are made of them and of any characters. */
const pieces = [
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    '</style>',
    '<!--',
    ']]>',
    '&lt;',
    '&#60;',
  ],
  ...[
    '\u001b[31m',
    '\u001b]8;;http://evil.example\u0007',
    '\u202e',
    '\u2066',
    '\u0000',
    '\u0085',
    '\u2028',
    '\ud800',
    '\r\n',
    '\n',
    '\t',
  ],
  ...['=1+1', '+cmd|calc', '-2', '@SUM(1)', '\uff1d1', '|x', '"', ',', ';', "'"],
  ...[
    '[click](http://evil.example)',
    '![x](//evil.example/a.png)',
    '<http://evil.example>',
    'https://evil.example',
    'www.evil.example',
  ],
  ...['`', '```', '``', '# head', '- item', '1. one', '> quote', '***', '___', '| a | b |', '~~x~~', '\\', '$x$', '@team'],
  ...['\nBcc: all@evil.example\n\n', '\n.\n', 'From me', '=?utf-8?B?eA==?=', '--lp-', '{a="b"} 1\n', '# HELP x', '%s', '{{x}}'],
  ...['漢字', '🙂', 'e\u0301', ' ', '', 'A'.repeat(65_536), 'word '.repeat(3_000)],
];
const hostileText = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary' })), { maxLength: 5 })
  .map((parts) => parts.join(''));

const severity = fc.constantFrom('CRITICAL', 'ERROR', 'WARNING', 'INFO' as const);
const hostileFinding = fc
  .record({ text: hostileText, other: hostileText, severity, type: fc.constantFrom('ip', 'user', 'source') })
  .map(
    ({ text, other, severity, type }): Finding =>
      finding(1, {
        severity,
        title: text,
        summary: other,
        action: text,
        entity: { type, value: other },
        related: { ip: [text], user: [other], hosts: [text] },
        rule: { id: text, name: other, author: text, license: other },
        threat: {
          tactic: [
            { id: 'TA0001', name: text },
            { id: other, name: other },
          ],
          technique: [{ id: text, name: text }],
        },
        log: { source: text, dataset: other },
        evidence: [
          { timestamp: now.toISOString(), log: { source: other, offset: 0 }, original: text },
          { timestamp: now.toISOString(), log: { source: text, offset: 1 }, message: other, original: `${text} last` },
        ],
      }),
  );

/** What must hold of a report in this form, whatever the logs say. */
const laws: Readonly<Record<string, (output: string) => unknown>> = {
  html: assertSafeHtml,
  csv: assertSafeCsv,
  markdown: assertSafeMarkdown,
  mail: assertSafeMail,
  json: (output) => lines(output).every((line) => JSON.parse(line)),
  ocsf: (output) => assert.ok(lines(output).every((line) => JSON.parse(line).class_uid === 2004)),
  prometheus: assertSafePrometheus,
  text: assertFits,
  table: assertFits,
};

for (const name of rendererNames) {
  test(`no text of a log does harm in a report as ${name}`, async () => {
    const check = laws[name];
    assert.ok(check, `there is no law for ${name}: write one`);
    const property = fc.asyncProperty(fc.array(hostileFinding, { maxLength: 3 }), hostileText, async (findings, text) => {
      const output = await rendered(name, findings, everything(findings, text));
      for (const line of output.split('\n')) assert.equal(printable(line), line);
      check(output);
    });
    await fc.assert(property, { numRuns: 40 });
  });
}

function lines(output: string): readonly string[] {
  return output.split('\n').filter((line) => line !== '');
}

function assertFits(output: string): void {
  // Wide characters take two columns, so that no line has more characters than columns.
  for (const line of lines(output)) assert.ok([...line].length <= 80, line);
}

const tags =
  /^(?:html|head|meta|title|body|main|header|h[123]|p|div|b|span|figure|figcaption|svg|g|rect|section|ul|ol|li|article|strong|code|time|details|summary|table|thead|tbody|tr|t[hd]|footer)$/;
const attributes =
  /^(?:lang|charset|http-equiv|content|name|class|viewBox|preserveAspectRatio|role|aria-label|aria-hidden|x|y|width|height|rx|fill-opacity|datetime|scope)$/;

function assertSafeHtml(output: string): void {
  const body = output.replace('<!DOCTYPE html>', '').replace(/<style>[^<]*<\/style>/, '');
  const text = body.replace(/<\/?([a-z0-9]+)((?: [a-zA-Z-]+="[^"<>]*")*)\/?>/g, (tag, name: string, given: string) => {
    assert.match(name, tags, tag);
    for (const [, attribute = ''] of given.matchAll(/ ([a-zA-Z-]+)="/g)) assert.match(attribute, attributes, tag);
    return '';
  });
  assert.doesNotMatch(text, /[<>"]/);
  assert.doesNotMatch(text.replace(/&(?:amp|lt|gt|quot|#39);/g, ''), /&/);
}

function assertSafeCsv(output: string): void {
  const rows = lines(output).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)]);
  const [head = []] = rows;
  for (const [number, row] of rows.entries()) {
    assert.equal(row.map(([cell]) => cell).join(''), lines(output)[number]);
    assert.equal(row.length, head.length);
    for (const [, quoted, bare] of row) assert.doesNotMatch(quoted ?? bare ?? '', /^\s*[=+\-@|＝＋－＠]/);
  }
}

/** What is neither code nor escaped must not be a mark; code ends with as many backticks as it begins with. */
function assertSafeMarkdown(output: string): void {
  const text = output.replace(/\\[!-/:-@[-`{-~]|(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, (found) =>
    found.startsWith('`') ? 'code' : '',
  );
  const own = text
    .replace(/^\| .* \|$/gm, '')
    .replace(/^\*\*Do:\*\*/gm, '')
    .replace(/^#{1,2} /gm, '')
    .replace(/^- /gm, '');
  assert.doesNotMatch(own, /[[\]<>`*_~|#@]|:\/\/|\bwww\./i);
}

function assertSafeMail(output: string): void {
  const [head = '', ...parts] = output.split('\n\n');
  const headers = head.replace(/\n /g, ' ').split('\n');
  for (const header of headers) assert.match(header, /^(?:Subject|Date|Auto-Submitted|MIME-Version|Content-Type): /);
  assert.equal(headers.filter((header) => header.startsWith('Content-Type')).length, 1);
  for (const line of output.split('\n')) assert.match(line, /^[\x20-\x7e]{0,200}$/);
  assert.doesNotMatch(parts.join('\n\n'), /^\.$|^From /m);
  const [, html = ''] = /Content-Transfer-Encoding: base64\n\n([\w+/=\n]+?)\n--/.exec(output) ?? [];
  assertSafeHtml(Buffer.from(html, 'base64').toString());
}

function assertSafePrometheus(output: string): void {
  const label = '[a-z_]+="(?:[^"\\\\]|\\\\["\\\\n])*"';
  const sample = new RegExp(`^lp_[a-z_]+(?:\\{${label}(?:,${label})*\\})? -?\\d+(?:\\.\\d+)?$`);
  for (const line of lines(output)) if (!/^# (?:HELP|TYPE) lp_[a-z_]+ [\w .,]+$/.test(line)) assert.match(line, sample);
}
