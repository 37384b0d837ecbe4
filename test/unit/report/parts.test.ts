import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Summary, schema } from '../../../src/model/envelope.ts';
import { clockFor } from '../../../src/report/clock.ts';
import { digestOf } from '../../../src/report/digest.ts';
import { compareFindings, isAskedFor, talliesOf } from '../../../src/report/select.ts';
import { fitted, widthOf, wrapped } from '../../../src/report/text/layout.ts';
import { tableLines } from '../../../src/report/text/table.ts';
import { readWords } from '../../../src/report/understanding.ts';
import { bodyOf, twoOf } from '../../../src/report/words.ts';
import { finding } from '../../support/findings.ts';

const now = new Date('2026-11-22T15:00:00.000Z');
const input = { summaries: [], hours: [], query: {}, now, maxGroups: 20, latest: undefined };

const rankings = [
  ['severity before risk', { severity: 'WARNING', risk_score: 99 }, { severity: 'ERROR', risk_score: 1 }],
  [
    'risk before time',
    { risk_score: 10, last_seen: '2026-11-22T14:00:00Z' },
    { risk_score: 11, last_seen: '2026-11-22T13:00:00Z' },
  ],
  ['rule before entity', { rule: { id: '1', name: 'b' } }, { rule: { id: '1', name: 'a' }, entity: { type: 'ip', value: 'z' } }],
  ['entity before id', { id: 'a', entity: { type: 'ip', value: 'b' } }, { id: 'b', entity: { type: 'ip', value: 'a' } }],
  ['time before id', { last_seen: '2026-11-22T13:00:00.5Z' }, { last_seen: '2026-11-22T14:00:00+00:00' }],
  ['times by moment and not by letter', { last_seen: '2026-11-22T23:00:00+10:00' }, { last_seen: '2026-11-22T14:00:00Z' }],
] as const;
for (const [title, lower, higher] of rankings) {
  test(`ranks ${title}`, () => {
    const [one, other] = [finding(1, lower), finding(1, higher)];
    assert.deepEqual([one, other].sort(compareFindings), [other, one]);
  });
}

test('groups findings of one rule, title and severity behind the first', () => {
  const findings = [finding(1), finding(2), finding(3, { title: 'Other' }), finding(4, { severity: 'INFO' })];
  const { groups, unlisted, totals } = digestOf({ ...input, findings, tallies: talliesOf(findings) });
  assert.deepEqual(
    groups.map(({ lead, others }) => [lead, ...others]),
    [[findings[0], findings[1]], [findings[2]], [findings[3]]],
  );
  assert.deepEqual(totals, { INFO: 1, WARNING: 0, ERROR: 3, CRITICAL: 0 });
  assert.deepEqual(unlisted, { INFO: 0, WARNING: 0, ERROR: 0, CRITICAL: 0 });
});

const shop = { type: 'process', value: 'shop.service' };
const web1 = { type: 'host', value: 'web1' };
const foldings = [
  ['a warning about the same address', [{ entity: { type: 'ip', value: 'x' } }, 'WARNING', 'recon'], ['ERROR', 'credential'], 1],
  [
    'the guessing before a login that worked',
    [{ entity: { type: 'ip', value: 'x' } }, 'ERROR', 'bruteforce'],
    ['ERROR', 'credential'],
    1,
  ],
  [
    'no other error of the same address',
    [{ entity: { type: 'ip', value: 'x' } }, 'ERROR', 'malware'],
    ['ERROR', 'credential'],
    2,
  ],
  ['an error of the same kind of the same service', [{ entity: shop }, 'ERROR', 'availability'], ['ERROR', 'availability'], 1],
  ['no error of another kind', [{ entity: shop }, 'ERROR', 'malware'], ['ERROR', 'availability'], 2],
  ['no error of the same machine', [{ entity: web1 }, 'ERROR', 'availability'], ['CRITICAL', 'availability'], 2],
  ['no warning of another kind of the same machine', [{ entity: web1 }, 'WARNING', 'dos'], ['ERROR', 'availability'], 2],
  ['a warning of the same kind of the same machine', [{ entity: web1 }, 'WARNING', 'dos'], ['ERROR', 'dos'], 1],
] as const;
for (const [what, [{ entity }, severity, category], [worse, kind], groups] of foldings) {
  test(`a group tells along of ${what}`, () => {
    const findings = [
      finding(1, { entity, severity: worse, category: kind }),
      finding(2, { entity, severity, category, title: 'Other' }),
    ];
    assert.equal(digestOf({ ...input, findings, tallies: [] }).groups.length, groups);
  });
}

test('counts what the limit leaves out', () => {
  const findings = [finding(1), finding(2, { title: 'Other' }), finding(3, { severity: 'INFO' })];
  const { unlisted, hasMoreGroups } = digestOf({ ...input, maxGroups: 1, findings, tallies: talliesOf(findings) });
  assert.deepEqual(unlisted, { INFO: 1, WARNING: 0, ERROR: 1, CRITICAL: 0 });
  assert.equal(hasMoreGroups, true);
});

const hostCases = [
  ['the one host that findings name', [['web1'], ['web1']], 'web1'],
  ['several hosts by name', [['web1'], ['db1']], 'web1, db1'],
  [
    'many hosts by number',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
    '4 hosts',
  ],
  ['the one log when findings name no host', [[]], '/var/log/auth.log'],
] as const;
for (const [title, hosts, expected] of hostCases) {
  test(`the verdict names ${title}`, () => {
    const findings = hosts.map((names, number) => finding(number, { related: { hosts: names } }));
    assert.equal(digestOf({ ...input, findings, tallies: [] }).host, expected);
  });
}

test('the verdict names nobody when nobody is named', () => {
  const findings = ['a', 'b'].map((source, number) => finding(number, { related: {}, log: { source } }));
  assert.equal(digestOf({ ...input, findings, tallies: [] }).host, undefined);
  assert.equal(digestOf({ ...input, findings: [], tallies: [] }).host, undefined);
});

test('orders logs by what was found in them', () => {
  const findings = [
    finding(1, { log: { source: 'b' } }),
    finding(2, { log: { source: 'a' } }),
    finding(3, { log: { source: 'c' }, severity: 'CRITICAL' }),
    finding(4, { log: { source: 'a' }, severity: 'INFO' }),
  ];
  const { logs } = digestOf({ ...input, findings, tallies: talliesOf(findings) });
  assert.deepEqual(
    logs.map(({ source, entries }) => [source, entries]),
    [
      ['c', 10],
      ['a', 20],
      ['b', 10],
    ],
  );
});

test('adds up what lp-parse counted, and only that', () => {
  const summary = (stage: string, source: string, lines: number): Summary => {
    const [start, end] = [now.toISOString(), now.toISOString()];
    return { schema, type: 'summary', stage, log: { source }, start, end, counts: { lines, joined: 3, dead: 1 } };
  };
  const summaries = [summary('parse', 'a', 10), summary('parse', 'a', 20), summary('filter', 'a', 99), summary('parse', 'b', 5)];
  assert.deepEqual(digestOf({ ...input, summaries, findings: [], tallies: [] }).coverage, [
    { source: 'a', lines: 30, joined: 6, unknown: 0, dead: 2 },
    { source: 'b', lines: 5, joined: 3, unknown: 0, dead: 1 },
  ]);
});

test('says what became of each line that was read', () => {
  const log = { source: 'a', lines: 1_200, joined: 0, unknown: 0, dead: 0 };
  assert.equal(readWords([log]), 'Read 1,200 lines of 1 log, 100 % understood');
  assert.equal(
    readWords([log, { source: 'b', lines: 10, joined: 6, unknown: 0, dead: 0 }]),
    'Read 1,210 lines of 2 logs: 1,204 entries and 6 lines that continue an entry; 100 % understood',
  );
  assert.match(readWords([{ source: 'b', lines: 1, joined: 5, unknown: 0, dead: 0 }]), /^Read 1 line of 1 log: 0 entries and 5/);
  assert.equal(
    readWords([{ source: 'b', lines: 10, joined: 1, unknown: 1, dead: 1 }]),
    'Read 10 lines of 1 log: 8 entries, 1 line that continues an entry and 1 line that could not be used; 80 % understood',
  );
});

test('of a log of several sites, an attack is on those that it names', () => {
  const source = '/var/log/apache2/other_vhosts_access.log';
  const requestsOf = (log: string, domain: string): Summary => ({
    schema,
    type: 'summary',
    stage: 'parse',
    log: { source: log },
    url: { domain },
    ...{ start: now.toISOString(), end: now.toISOString() },
    counts: { requests: 10 },
  });
  const summaries = [
    ...['blog.example', 'shop.example'].map((domain) => requestsOf(source, domain)),
    requestsOf('/var/log/nginx/access.log', 'only.example'),
  ];
  const findings = [
    finding(1, { title: 'Elsewhere' }),
    finding(2, { title: 'Web scan', log: { source }, related: { hosts: ['shop.example'] } }),
    finding(3, { title: 'SQL injection', log: { source: '/var/log/nginx/access.log' } }),
  ];
  const { sites } = digestOf({ ...input, summaries, findings, tallies: talliesOf(findings) });
  assert.deepEqual(
    sites.map(({ name, attack }) => [name, attack?.title]),
    [
      ['blog.example', undefined],
      ['only.example', 'SQL injection'],
      ['shop.example', 'Web scan'],
    ],
  );
});

test('a moment counts as since and not as until', () => {
  const found = finding(1, { last_seen: now.toISOString() });
  assert.equal(isAskedFor(found, { since: now }), true);
  assert.equal(isAskedFor(found, { until: now }), false);
});

const spans: readonly (readonly [zone: string, first: string, last: string, said: string])[] = [
  ['UTC', '2026-11-22T13:36:00Z', '2026-11-22T13:36:59Z', 'today 13:36'],
  ['UTC', '2026-11-22T13:36:00Z', '2026-11-22T13:41:10Z', 'today 13:36 to 13:41 (5 min)'],
  ['UTC', '2026-11-21T23:59:00Z', '2026-11-22T04:00:00Z', 'yesterday 23:59 to today 04:00 (4 h)'],
  ['UTC', '2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z', '1 Nov 00:00 to 20 Nov 00:00 (19 days)'],
  ['UTC', '2025-12-31T23:00:00Z', '2026-01-01T01:00:00Z', '31 Dec 2025 23:00 to 1 Jan 01:00 (2 h)'],
  ['UTC', '2026-09-01T00:00:00Z', '2026-09-01T00:00:00Z', '1 Sep 00:00'],
  ['Asia/Tokyo', '2026-11-22T14:59:00Z', '2026-11-22T15:00:00Z', 'yesterday 23:59 to today 00:00 (1 min)'],
];
for (const [zone, first, last, said] of spans) {
  test(`says "${said}" in ${zone}`, () => {
    assert.equal(clockFor(zone, now).span(new Date(first), new Date(last)), said);
  });
}

test('says the whole date once', () => {
  assert.equal(clockFor('Europe/Berlin', now).full(now), 'Sun 22 Nov 2026 16:00');
});

const fits: readonly (readonly [title: string, text: string, columns: number, line: string])[] = [
  ['keeps what fits', 'abcde', 5, 'abcde'],
  ['cuts what does not', 'abcdef', 5, 'abcd…'],
  ['counts wide characters twice', '漢字漢字', 5, '漢字…'],
  ['counts escapes as they are shown', '\u001b[31mred', 6, '\\x1b[…'],
];
for (const [title, text, columns, line] of fits) {
  test(`a line ${title}`, () => {
    assert.equal(fitted(text, columns), line);
    assert.ok(widthOf(line) <= columns);
  });
}

const wraps: readonly (readonly [title: string, text: string, lines: readonly string[]])[] = [
  ['breaks between words', 'one two three', ['one two', 'three']],
  ['breaks long words', 'abcdefghijklmnop', ['abcdefgh', 'ijklmnop']],
  ['ends after so many lines', 'one two three four five six seven', ['one two', 'three', 'four fi…']],
  ['of nothing is nothing', '', []],
];
for (const [title, text, lines] of wraps) test(`wrapped text ${title}`, () => assert.deepEqual(wrapped(text, 8, 3), lines));

test('a table gives way in its first column', async () => {
  const rows = [['/var/log/a-very-long-name.log', '1', '20'] as const, ['b', '1,000', '3'] as const];
  assert.deepEqual(await tableLines({ head: ['Log', 'ERROR', 'INFO'], rows }, 24), [
    'Log          ERROR  INFO',
    '…g-name.log      1    20',
    'b            1,000     3',
  ]);
});

const entryOf = (original: string) => ({ timestamp: '2026-11-22T13:36:00.000Z', log: { source: 'a.log', offset: 0 }, original });
const request = '203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /.env HTTP/1.1" 200 512 "-" "curl/8"';
const said = '203.0.113.5 "GET /.env HTTP/1.1" 200 512 "-" "curl/8"';
const containers = [
  ['Docker', JSON.stringify({ log: `${request}\n`, stream: 'stdout', time: '2026-11-22T13:36:00.1Z' }), said],
  ['Fluent Bit', JSON.stringify({ stream: 'stdout', log: `${request}\n` }), said],
  ['Kubernetes', `2026-11-22T13:36:00.123456789Z stdout F ${request}`, said],
  ['Kubernetes, in two parts', '2026-11-22T13:36:00.1+01:00 stderr P one\n2026-11-22T13:36:00.1+01:00 stderr F two', 'one\ntwo'],
  ['JSON that is cut off', '{"log":"one', '{"log":"one'],
  ['JSON of another kind', '{"log":{"level":"error"}}', '{"log":{"level":"error"}}'],
] as const;
for (const [title, original, body] of containers) {
  test(`shows an entry without what its container's log puts around it: ${title}`, () => {
    assert.equal(bodyOf(entryOf(original)), body);
  });
}

test('shows what was asked for before a message that does not tell it', () => {
  assert.equal(bodyOf({ ...entryOf('{}'), message: 'request completed', url: { path: '/.env' } }), '/.env: request completed');
});

test('shows the request that was answered in another way than the first', () => {
  const login = (time: string, status: number, size: number) =>
    entryOf(`203.0.113.5 - - [22/Nov/2026:${time} +0000] "POST /wp-login.php HTTP/1.1" ${status} ${size} "-" "-"`);
  const [first, next, last] = [login('13:36:00', 200, 512), login('13:36:03', 200, 77), login('13:36:40', 302, 0)];
  assert.deepEqual(twoOf([first, next, last]), [first, last]);
  assert.deepEqual(twoOf([first, next]), [first]);
});
