import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { printable } from '../../src/io/printable.ts';
import type { Finding, Summary } from '../../src/model/envelope.ts';
import { schema } from '../../src/model/envelope.ts';
import { severities } from '../../src/model/severity.ts';
import { rendererNames } from '../../src/report/renderer.ts';
import { finding } from '../support/findings.ts';
import { now, rendered } from '../support/reports.ts';

const hostileTexts: readonly (readonly [title: string, text: string])[] = [
  ['terminal escapes', '\u001b[2J\u001b]0;owned\u0007\u009b31mred'],
  ['direction and invisible characters', 'a\u202eb\u2066c\u200bd\ufeffe\u00adf\u061cg\u{e0041}h'],
  ['new lines and other separators', 'one\ntwo\r\nthree\u2028four\u2029five\vsix\u0085seven'],
  ['NUL and lone surrogates', '\u0000\ud800x\udc00'],
  ['a word of 64 KiB', 'A'.repeat(65_536)],
  ['wide characters', '漢字カナ한글🙂'.repeat(2_000)],
  ['a pile of combining marks', `e${'\u0301'.repeat(50_000)}`],
  ['percent signs and braces', '%s %d {red x} {{y}} `z` <b>'],
  ['an empty text', ''],
];

function hostile(text: string): Finding {
  return finding(1, {
    title: text,
    summary: text,
    action: text,
    entity: { type: text, value: text },
    related: { hosts: [text] },
    rule: { id: text, name: text, author: text, license: text },
    log: { source: text, dataset: text },
    evidence: [
      { timestamp: now.toISOString(), log: { source: text, offset: 0 }, original: text },
      { timestamp: now.toISOString(), log: { source: text, offset: 1 }, original: `${text} last` },
    ],
  });
}

/** A mail with its parts decoded; other forms as they are. */
function readable(name: string, output: string): string {
  return name === 'mail' ? output.replace(/=\n/g, '') : output;
}

/** Widths as a terminal counts them, apart from the code under test: wide characters of these texts take two columns. */
function columnsOf(line: string): number {
  return [...line].reduce((sum, character) => sum + (/[漢字カナ한글🙂]/u.test(character) ? 2 : 1), 0);
}

for (const file of readdirSync(new URL('../../src/report/renderers/', import.meta.url))) {
  const name = file.replace(/\.ts$/, '');
  describe(`renderer ${name}`, () => {
    test('is found by its name', () => {
      assert.ok(rendererNames.includes(name));
    });

    for (const [title, text] of hostileTexts) {
      test(`makes ${title} harmless`, async () => {
        const severe = (['CRITICAL', 'WARNING', 'INFO'] as const).map((severity) => ({ ...hostile(text), severity }));
        const other = finding(2, {
          title: text,
          rule: hostile(text).rule,
          severity: 'CRITICAL',
          entity: { type: 'user', value: text },
        });
        const coverage: Summary = {
          ...{ schema, type: 'summary', stage: 'parse', log: { source: text } },
          ...{ start: now.toISOString(), end: now.toISOString(), counts: { lines: 10, dead: 9 } },
        };
        const output = await rendered(name, [...severe, other], { summaries: [coverage] });
        assert.ok(output.endsWith('\n'));
        for (const line of output.split('\n')) assert.equal(printable(line), line);
      });
    }

    test('gives the same output for the same input', async () => {
      const findings = Array.from({ length: 50 }, (_, number) => finding(number));
      assert.equal(await rendered(name, findings), await rendered(name, findings));
    });

    test('bears findings whose optional fields have the wrong type', async () => {
      const odd = { ...finding(1), action: 7, related: { hosts: 5 }, rule: { id: 'x', name: 'y', author: {} }, source: [] };
      const [one, other] = [odd, { ...odd, related: 'x' }] as unknown as readonly [Finding, Finding];
      assert.match(
        readable(name, await rendered(name, [one, other])),
        name === 'prometheus' ? /"ERROR"\} 2/ : /SSH password guessing/,
      );
    });
  });
}

describe('text', () => {
  for (const [title, text] of hostileTexts) {
    test(`fits 80 columns with ${title}`, async () => {
      const findings = (['CRITICAL', 'ERROR', 'WARNING', 'INFO'] as const).map((severity) => ({ ...hostile(text), severity }));
      const output = await rendered('text', findings);
      for (const line of output.split('\n')) assert.ok(columnsOf(line) <= 80, `${columnsOf(line)} columns: ${line}`);
      assert.ok(output.split('\n').length < 60);
    });
  }

  test('says that nothing was found', async () => {
    assert.match(await rendered('text', []), /^Nothing found\n/);
  });

  test('says who, how often, when, where and what to do', async () => {
    const [, , , ...lines] = (await rendered('text', [finding(1)])).split('\n');
    assert.deepEqual(lines, [
      ' 1. ERROR  SSH password guessing',
      '    203.0.0.1, 10 entries, today 00:00, /var/log/auth.log',
      '    | 00:00:01 Nov 22 13:36:00 web1 sshd[801]: Failed password for root from 20…',
      '    Do: Block the address, and switch password logins off.',
      '',
    ]);
  });

  const login = (seconds: number, message: string, outcome?: 'success') => ({
    timestamp: `2026-11-22T13:36:0${seconds}.000Z`,
    log: { source: '/var/log/auth.log', offset: seconds },
    ...(outcome !== undefined && { event: { outcome } }),
    message,
    original: `Nov 22 13:36:0${seconds} web1 sshd[801]: ${message}`,
  });
  const attack = [login(1, 'Failed one'), login(2, 'Accepted two', 'success'), login(3, 'Failed three')];

  test('shows entries by time and message, the first and what was let in', async () => {
    const seen = { first_seen: '2026-11-22T13:36:01.000Z', last_seen: '2026-11-22T13:36:03.000Z' };
    const output = await rendered('text', [finding(1, { ...seen, evidence: attack })]);
    assert.match(output, /\n {4}\| 13:36:01 Failed one\n {4}\| 13:36:02 Accepted two\n {4}Do:/);
  });

  test('shows entries with their day when there are several', async () => {
    const seen = { first_seen: '2026-11-20T13:36:00.000Z', last_seen: '2026-11-22T13:36:03.000Z' };
    const output = await rendered('text', [finding(1, { ...seen, evidence: attack })]);
    assert.match(output, /\n {4}\| 22 Nov 13:36:01 Failed one\n/);
  });

  test('shows requests without the time that stands before them', async () => {
    const original = '192.0.2.1 - - [22/Nov/2026:13:36:00 +0000] "GET /x HTTP/1.1" 404 5 "-" "curl"';
    const evidence = [{ timestamp: '2026-11-22T13:36:00.000Z', log: { source: 'a', offset: 0 }, original }];
    assert.match(await rendered('text', [finding(1, { evidence })]), /\| 13:36:00 192\.0\.2\.1 "GET \/x HTTP\/1\.1" 404/);
  });

  test('ends advice with a whole sentence', async () => {
    const action = `Look at it. ${'Then read this in full. '.repeat(12)}`;
    const output = await rendered('text', [finding(1, { severity: 'CRITICAL', action })]);
    assert.match(output, / {4}Do: Look at it\. [^…]*in full\.\n$/);
    const long = `${'word '.repeat(40)}end`;
    assert.match(await rendered('text', [finding(1, { severity: 'CRITICAL', action: long })]), /word end\n$/);
  });

  test('names a log once when the finding is about it, and counts the others', async () => {
    const source = '/var/log/nginx/access.log';
    const [about, other] = [
      { entity: { type: 'source', value: source }, log: { source } },
      { log: { source: '/var/log/syslog' } },
    ];
    assert.match(await rendered('text', [finding(1, about)]), /\n {4}\/var\/log\/nginx\/access\.log, 10 entries, today 00:00\n/);
    assert.match(await rendered('text', [finding(1, other)]), /, \/var\/log\/syslog and 1\s+more log\n/);
  });

  test('says the time that it is about on a line of its own where the verdict is long', async () => {
    const hosts = ['a-long-name-of-a-machine.and-of-its-customer.hosting.example'];
    const findings = severities.map((severity, number) => finding(number, { severity, related: { hosts } }));
    const query = { since: new Date('2025-01-01T00:00:00.000Z'), until: new Date('2025-12-31T10:00:00.000Z') };
    const output = await rendered('text', findings, { query });
    assert.match(output, /^\S+ 1 CRITICAL, 1 ERROR, 1 WARNING, 1 INFO\nfrom 1 Jan 2025 00:00 to 31 Dec 2025 10:00\nSun 22 Nov/);
    for (const line of output.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('says when the same entity did it again', async () => {
    const entity = { type: 'ip', value: '192.0.2.1' };
    const output = await rendered('text', [finding(1, { entity }), finding(2, { entity })]);
    assert.match(output, /Also: 192\.0\.2\.1 \(10 entries, today 00:00\)\n/);
  });

  test('counts all severities in the verdict', async () => {
    const output = await rendered('text', [finding(1, { severity: 'CRITICAL' }), finding(2), finding(3, { severity: 'INFO' })]);
    assert.match(output, /^web1: 1 CRITICAL, 1 ERROR, 1 INFO\n/);
  });

  test('names the others of a group and counts the rest', async () => {
    const findings = Array.from({ length: 9 }, (_, number) => finding(number));
    assert.match(await rendered('text', findings), /Also: 203.0.0.1 \(10 entries\), 203.0.0.2 \(10\),.* and 4 others/s);
  });

  test('says how much it does not list', async () => {
    const findings = Array.from({ length: 33 }, (_, number) => finding(number, { title: `Trouble ${number}` }));
    assert.match(await rendered('text', findings), /Not listed: 13 ERROR \(see more with --limit 50\)/);
  });

  test('says how to see the rest on a line of its own where there is much that it does not list', async () => {
    const tallies = severities.map((severity) => ({ severity, source: '/a', findings: 1_234, entries: 9_999 }));
    const output = await rendered('text', [finding(1)], { tallies });
    assert.match(output, /\nNot listed: .* 1,234 INFO\n {2}\(see all with --format json\)\n/);
    for (const line of output.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('names the authors of rules and not lp', async () => {
    const rule = { id: '1', name: 'public', author: 'Jane Doe', license: 'DRL 1.1' };
    const output = await rendered('text', [finding(1, { rule }), finding(2, { rule: { ...rule, author: 'lp' } })]);
    assert.match(output, /\nRules by Jane Doe \(1 rule, DRL 1.1\)\.\n$/);
  });
});

describe('json', () => {
  test('writes each finding as it came, harmless and equal', async () => {
    const findings = hostileTexts.map(([, text]) => hostile(text));
    const lines = (await rendered('json', findings)).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      findings,
    );
  });

  test('writes nothing for nothing', async () => {
    assert.equal(await rendered('json', []), '');
  });
});

describe('ocsf', () => {
  const [access, theft] = [
    { id: 'TA0001', name: 'Initial Access' },
    { id: 'TA0006', name: 'Credential Access' },
  ];
  const techniques = [
    { id: 'T1078', name: 'Valid Accounts' },
    { id: 'T1110.001', name: 'Password Guessing' },
  ];
  const written = async (changes: object) => JSON.parse(await rendered('ocsf', [finding(1, changes)]));
  const attacksOf = async (tactic: readonly unknown[], technique: readonly unknown[]) =>
    (await written({ threat: { tactic, technique } })).finding_info.attacks;

  test('pairs techniques with a tactic only where there is but one', async () => {
    const [tactic, version] = [{ uid: 'TA0001', name: 'Initial Access' }, '17.1'];
    const technique = { uid: 'T1078', name: 'Valid Accounts' };
    const part = { technique: { uid: 'T1110' }, sub_technique: { uid: 'T1110.001', name: 'Password Guessing' } };
    assert.deepEqual(await attacksOf([access], techniques), [
      { tactic, technique, version },
      { tactic, ...part, version },
    ]);
    assert.deepEqual(await attacksOf([access, theft], techniques), [
      { tactic, version },
      { tactic: { uid: 'TA0006', name: 'Credential Access' }, version },
      { technique, version },
      { ...part, version },
    ]);
  });

  test('leaves out what is no tactic', async () => {
    assert.equal(await attacksOf(JSON.parse('[null, 5, {"id": 7}]'), JSON.parse('[null]')), undefined);
  });

  test('says that somebody has taken a finding on', async () => {
    const { status_id, status } = await written({ status: 'acknowledged' });
    assert.deepEqual([status_id, status], [2, 'In Progress']);
  });
});

describe('prometheus', () => {
  test('has each label once, however alike the names are that somebody asked for', async () => {
    const name = 'a'.repeat(200);
    const requestsOf = (domain: string): Summary => ({
      ...{ schema, type: 'summary', stage: 'parse', log: { source: '/a' }, url: { domain } },
      ...{ start: now.toISOString(), end: now.toISOString(), counts: { lines: 2, records: 2, requests: 2 } },
    });
    const names = [`${name}1`, `${name}2`, '\u001b', '\\x1b'];
    const output = await rendered('prometheus', [], { summaries: names.map(requestsOf) });
    const samples = output.split('\n').filter((line) => line.startsWith('lp_site_requests'));
    assert.deepEqual(samples.sort(), [`lp_site_requests{site="\\\\x1b"} 4`, `lp_site_requests{site="${name}"} 4`]);
  });
});
