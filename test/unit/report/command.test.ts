import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from '../../../src/database/open.ts';
import type { Finding } from '../../../src/model/envelope.ts';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { nobody, noNobody } from '../../support/nobody.ts';
import { run } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-report-'));
after(() => rmSync(directory, { recursive: true }));

const database = join(directory, 'lp.db');
const hourMs = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * hourMs).toISOString();

const findings: readonly Finding[] = [
  finding(1, { severity: 'CRITICAL', title: 'Intrusion', first_seen: hoursAgo(3), last_seen: hoursAgo(2), risk_score: 90 }),
  finding(2, { first_seen: hoursAgo(5), last_seen: hoursAgo(4), risk_score: 50 }),
  finding(3, { first_seen: hoursAgo(5), last_seen: hoursAgo(3), risk_score: 50, entity: { type: 'user', value: 'deploy' } }),
  finding(4, {
    severity: 'WARNING',
    title: 'Old',
    first_seen: hoursAgo(50),
    last_seen: hoursAgo(49),
    related: { user: ['backup'], hosts: ['web1'] },
  }),
  finding(5, { severity: 'INFO', title: 'Note', last_seen: hoursAgo(1), rule: { id: 'note-id', name: 'lp.note' } }),
];

before(async () => {
  assert.equal((await run('store', ['--db', database], ndjsonOf(...findings.toReversed()))).status, 0);
});

async function idsOf(operands: readonly string[], input?: string): Promise<readonly number[]> {
  const { status, output, errors } = await run('report', ['--format', 'json', ...operands], input);
  assert.equal(status, 0, errors);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(JSON.parse(line).id.replace('finding', '')));
}

const selections: readonly (readonly [title: string, operands: readonly string[], ids: readonly number[]])[] = [
  ['ranks by severity, risk and time', ['--since', '60h'], [1, 3, 2, 4, 5]],
  ['--severity takes that one and worse', ['--since', '60h', '--severity', 'error'], [1, 3, 2]],
  ['--until leaves out what was seen then or later', ['--since', '60h', '--until', '150m'], [3, 2, 4]],
  ['--until without --since means the day before it', ['--until', '40h'], [4]],
  ['--entity takes one entity', ['--since', '60h', '--entity', 'deploy'], [3]],
  ['--entity takes what the finding names besides', ['--since', '60h', '--entity', 'backup'], [4]],
  ['--rule takes a name', ['--since', '60h', '--rule', 'lp.note'], [5]],
  ['--rule takes an id', ['--since', '60h', '--rule', 'note-id'], [5]],
  ['--limit takes the worst', ['--since', '60h', '--limit', '2'], [1, 3]],
  ['--limit 0 takes none', ['--since', '60h', '--limit', '0'], []],
];
for (const [title, operands, ids] of selections) {
  test(`${title}, from the database and from standard input`, async () => {
    assert.deepEqual(await idsOf(['--db', database, ...operands]), ids);
    if (!title.includes('without --since')) assert.deepEqual(await idsOf(['-', ...operands], ndjsonOf(...findings)), ids);
  });
}

test('takes the last day from the database and everything from standard input', async () => {
  assert.deepEqual(await idsOf(['--db', database]), [1, 3, 2, 5]);
  assert.deepEqual(await idsOf(['-'], ndjsonOf(...findings)), [1, 3, 2, 4, 5]);
});

test('says the same from the database as from standard input', async () => {
  const operands = ['--since', '60h', '--tz', 'UTC'];
  const [stored, piped] = await Promise.all([
    run('report', ['--db', database, ...operands]),
    run('report', ['-', ...operands], ndjsonOf(...findings)),
  ]);
  assert.match(stored.output, /^web1: 1 CRITICAL, 2 ERROR, 1 WARNING, 1 INFO since /);
  const withoutClock = (text: string): string => text.split('\n').slice(2).join('\n');
  assert.equal(withoutClock(stored.output), withoutClock(piped.output));
});

test('of several findings with one id the last one counts', async () => {
  const { output } = await run('report', ['-'], ndjsonOf(finding(1, { count: 10 }), finding(1, { count: 1234 })));
  assert.match(output, / 1,234 entries/);
  assert.match(output, /1 ERROR/);
});

test('counts bad lines and records, and reports the rest', async () => {
  const record = { schema: 'lp/1', type: 'line', log: { source: '-', offset: 0 }, original: 'x' };
  const { status, output, errors } = await run('report', ['-'], `bad\n\n${ndjsonOf(record, finding(1))}{"half`);
  assert.equal(status, 0);
  assert.match(output, /1 ERROR/);
  assert.match(errors, /2 lines are no findings and were left out; first: standard input, line 1: not JSON/);
  assert.match(errors, /1 line or record was left out: .*lp-analyze/);
});

test('a database that is missing ends with status 66 and words that help', async () => {
  const { status, errors } = await run('report', ['--db', join(directory, 'none.db')]);
  assert.equal(status, 66);
  assert.match(errors, /^lp-report: there is no database .*none\.db \(lp-store makes it/);
});

test('a database that may not be read ends with status 77', { skip: noNobody }, async () => {
  const hidden = join(directory, 'hidden.db');
  writeFileSync(hidden, '', { mode: 0o000 });
  chmodSync(directory, 0o755);
  const { status, errors } = await run('report', ['--db', hidden], '', nobody);
  assert.equal(status, 77);
  assert.match(errors, /^lp-report: cannot read the database .*hidden\.db/);
});

test('an empty database is no news', async () => {
  writeFileSync(join(directory, 'empty.db'), '');
  const { status, output } = await run('report', ['--db', join(directory, 'empty.db')]);
  assert.equal(status, 0);
  assert.match(output, /^Nothing has been stored yet\n(?:.*\n)*No finding is in this database, and no run/);
});

test('a database in which no run found anything says when the last run was', async () => {
  const path = join(directory, 'calm.db');
  assert.equal((await run('store', ['--db', path])).status, 0);
  const { output } = await run('report', ['--db', path]);
  assert.match(output, /^Nothing found; last run (?:today|yesterday) \d\d:\d\d\n(?:.*\n)*No finding is in this database\.\n/);
});

const emptyChoices: readonly (readonly [title: string, operands: readonly string[], said: RegExp])[] = [
  [
    'a rule that found nothing ever is no calm',
    ['--rule', 'lp.nte'],
    /^No finding of the rule "lp\.nte"\n(?:.*\n)*There are other findings/,
  ],
  ['an entity that is nowhere is no calm', ['--entity', 'x'], /^No finding about "x"\n/],
  ['a rule that found something of less severity is calm', ['--rule', 'lp.note', '--severity', 'ERROR'], /^Nothing found/],
  [
    'a rule that found something earlier is calm',
    ['--rule', 'lp.note', '--since', '1m'],
    /^Nothing found(?:.*\n)*.*latest finding of these was/,
  ],
];
for (const [title, operands, said] of emptyChoices) {
  test(`${title}, from the database and from standard input`, async () => {
    assert.match((await run('report', ['--db', database, ...operands])).output, said);
    assert.match((await run('report', ['-', ...operands], ndjsonOf(...findings))).output, said);
  });
}

test('the latest finding of which it tells is one that was asked for', async () => {
  const { output } = await run('report', ['--db', database, '--severity', 'CRITICAL', '--since', '1m', '--tz', 'UTC']);
  const seen = new Date(findings[0]?.last_seen ?? '').toISOString().slice(11, 16);
  assert.match(output, new RegExp(`The latest finding of these was seen \\w+ ${seen}; see it with --since 1d`));
});

test('a directory is no database', async () => {
  const { status, errors } = await run('report', ['--db', directory]);
  assert.equal(status, 66);
  assert.match(errors, /is a directory: give a file in it with --db/);
});

test('a zone in TZ that nobody knows is UTC, as the system has it', async () => {
  const { output } = await run('report', ['-'], ndjsonOf(finding(1)), { env: { TZ: 'Nowhere' } });
  assert.match(output, /, times in UTC\n/);
});

test('an empty input is no news either', async () => {
  const { status, output } = await run('report', ['-']);
  assert.equal(status, 0);
  assert.match(output, /^Nothing found: no finding came in\n(?:.*\n)*.*lp-parse with --stats/);
  assert.match((await run('report', ['-'], '{"schema":"lp/1","type":"novel"}\n')).output, /^Nothing found\n/);
});

test('input without findings ends with status 65 and words that say which command is missing', async () => {
  const line = { schema: 'lp/1', type: 'line', log: { source: '-', offset: 0 }, original: 'x' };
  const [raw, early] = await Promise.all([run('report', ['-'], 'a\nb\n'), run('report', ['-'], ndjsonOf(line))]);
  assert.deepEqual([raw.status, early.status, raw.output, early.output], [65, 65, '', '']);
  assert.match(raw.errors, /standard input is not findings: put lp-parse, lp-filter and lp-analyze before lp-report/);
  assert.match(early.errors, /standard input is records, not findings: put lp-analyze before lp-report/);
});

test('says where to look when the last findings are older', async () => {
  const { output } = await run('report', ['--db', database, '--since', '1m']);
  assert.match(output, /The latest finding of all was seen .*; see it with --since 1d\./);
});

test('reads while another process writes', async () => {
  const writer = await connect(database, { isReadOnly: false, lockTimeoutMs: 0 });
  writer.exec('BEGIN EXCLUSIVE');
  try {
    assert.deepEqual(await idsOf(['--db', database]), [1, 3, 2, 5]);
  } finally {
    writer.exec('ROLLBACK');
    writer.close();
  }
});

const usageErrors: readonly (readonly [title: string, operands: readonly string[], message: RegExp])[] = [
  ['an operand that is not - is refused', ['findings.ndjson'], /"findings\.ndjson" is not -/],
  ['a time that ends before it starts is refused', ['-', '--since', 'now', '--until', 'yesterday'], /no later than --since/],
  ['a page is nothing to watch', ['--watch', '--format', 'html'], /text or table/],
  ['a zone that does not exist is refused', ['-', '--tz', 'Mars/Base'], /Europe\/Berlin/],
  ['a format that does not exist is refused', ['-', '--format', 'pdf'], /csv, html, json, mail, .*table, text/],
];
for (const [title, operands, message] of usageErrors) {
  test(title, async () => {
    const { status, errors } = await run('report', operands);
    assert.equal(status, 64);
    assert.match(errors, message);
  });
}

const floors: readonly (readonly [operands: readonly string[], status: number])[] = [
  [['--fail-on', 'CRITICAL'], 1],
  [['--fail-on', 'ERROR', '--rule', 'lp.note'], 0],
  [['--fail-on', 'INFO', '--rule', 'lp.note'], 1],
  [['--fail-on', 'ERROR', '--limit', '0'], 1],
  [[], 0],
];
for (const [operands, status] of floors) {
  test(`ends with status ${status} for ${operands.join(' ') || 'nothing to fail on'}`, async () => {
    assert.equal((await run('report', ['--db', database, ...operands])).status, status);
  });
}

test('--output puts a complete private file in place of the old one', async () => {
  const path = join(directory, 'out', 'report.txt');
  assert.equal((await run('report', ['-', '--output', path], ndjsonOf(finding(1)))).status, 73);
  const there = join(directory, 'report.txt');
  writeFileSync(there, 'old');
  const before = statSync(there).ino;
  assert.deepEqual(await run('report', ['-', '--color', 'always', '--output', there], ndjsonOf(finding(1))), {
    status: 0,
    output: '',
    errors: '',
  });
  assert.match(readFileSync(there, 'utf8'), /^web1: 1 ERROR\n/);
  assert.equal(statSync(there).mode & 0o777, 0o640);
  assert.notEqual(statSync(there).ino, before);
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

test('a report that fails leaves the old file', async () => {
  const there = join(directory, 'kept.txt');
  writeFileSync(there, 'old');
  assert.equal((await run('report', ['--db', join(directory, 'none.db'), '--output', there])).status, 66);
  assert.equal(readFileSync(there, 'utf8'), 'old');
});

test('a full device ends with status 74, as a file and as standard output', async () => {
  const full = openSync('/dev/full', 'w');
  assert.equal((await run('report', ['-', '--output', '/dev/full'], ndjsonOf(finding(1)))).status, 74);
  assert.equal((await run('report', ['-'], ndjsonOf(finding(1)), { stdio: ['pipe', full, 'pipe'] })).status, 74);
});
