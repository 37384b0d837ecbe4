import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { openDatabaseReader } from '../../../src/database/read.ts';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { run } from '../../support/process.ts';
import { now, rendered } from '../../support/reports.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-report-open-'));
after(() => rmSync(directory, { recursive: true }));

const database = join(directory, 'lp.db');
const folder = `json:${join(directory, 'found')}`;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A finding that was seen so long ago. */
function seen(number: number, hours: number, severity: 'ERROR' | 'CRITICAL', title: string) {
  const rule = { id: `id-${title}`, name: `lp.${title.toLowerCase()}` };
  const entity = { type: 'user', value: `user${number}` } as const;
  return finding(number, { severity, title, rule, entity, first_seen: hoursAgo(hours + 1), last_seen: hoursAgo(hours) });
}

const found = [
  seen(1, 2, 'ERROR', 'Guessing'),
  seen(2, 30, 'CRITICAL', 'Intrusion'),
  seen(3, 31, 'ERROR', 'Outage'),
  seen(4, 100, 'CRITICAL', 'Rootkit'),
  // Once more of the same matter, and it is the one above that was last.
  { ...seen(6, 130, 'CRITICAL', 'Rootkit'), entity: { type: 'user', value: 'user4' }, risk_score: 90 },
  seen(5, 300, 'CRITICAL', 'Ancient'),
];

before(async () => {
  for (const to of [database, folder]) {
    const { status, errors } = await run('store', ['--to', to], ndjsonOf(...found));
    assert.equal(status, 0, errors);
  }
});

describe('what is critical and from before the time of a report', () => {
  for (const [where, db, advice] of [
    ['a database', database, / \(lp-triage resolve ends this\)\. $/],
    ['files of JSON, where lp-triage cannot do so', folder, /Rootkit \(user user4\), [^;()]*\. $/],
  ] as const) {
    it(`is told of as open, and not as gone, for a week: ${where}`, async () => {
      const { output } = await run('report', ['--db', db]);
      const [open = '', gone = ''] = output.replace(/\s+/g, ' ').split('Gone since');
      assert.match(open, /Still open, CRITICAL: Intrusion \(user user2\), [^;]*; Rootkit \(user user4\), [^;]*$/);
      assert.match(open.slice(0, open.indexOf(' 1. ') + 1), advice);
      assert.doesNotMatch(output, /Ancient/);
      assert.match(gone, /Outage: user user3/);
      assert.doesNotMatch(gone, /Intrusion|Rootkit/);
    });
  }

  it('stands in the page, and in what is written for tickets', async () => {
    const forms = await Promise.all(['html', 'markdown'].map((form) => run('report', ['--db', database, '--format', form])));
    for (const { output } of forms) assert.match(output, /Still open, CRITICAL: /);
  });

  it('is told of where nothing was found since', async () => {
    const { output } = await run('report', ['--db', database, '--since', '1h']);
    assert.match(output, /^Nothing found since .*\n.*\nStill open, CRITICAL: /);
  });

  it('is no longer open when somebody has said so', async () => {
    assert.equal((await run('triage', ['resolve', '--db', database, '--rule', 'lp.intrusion'])).status, 0);
    const { output } = await run('report', ['--db', database]);
    assert.match(output, /Still open, CRITICAL: Rootkit \(user user4\), [^;]*\(lp-triage/);
    assert.doesNotMatch(output, /Intrusion/);
  });
});

describe('what is critical and goes on', () => {
  const other = join(directory, 'many.db');
  const many = Array.from({ length: 510 }, (_, number) => [
    { ...seen(number, 30, 'CRITICAL', 'Flood'), id: `before-${number}`, risk_score: 99 },
    { ...seen(number, 2, 'CRITICAL', 'Flood'), id: `since-${number}`, risk_score: 99 },
  ]).flat();
  const twice = [
    seen(600, 50, 'CRITICAL', 'Intrusion'),
    { ...seen(600, 80, 'CRITICAL', 'Intrusion'), risk_score: 90, id: 'first' },
  ];
  before(async () => {
    const { status, errors } = await run('store', ['--to', other], ndjsonOf(...many, ...twice, seen(601, 30, 'ERROR', 'Outage')));
    assert.equal(status, 0, errors);
  });

  it('hides neither what is open nor what is gone, however much it is', async () => {
    const { output } = await run('report', ['--db', other]);
    const text = output.replace(/\s+/g, ' ');
    assert.match(text, /Still open, CRITICAL: Intrusion \(user user600\), [^;]* \(lp-triage/);
    assert.match(text, /Gone since [^:]*:\d\d: Outage: user user601/);
  });

  it('is told of once, with when it was seen last', async () => {
    const reader = await openDatabaseReader(other, 1_000);
    const ended = reader.ended({ severity: 'CRITICAL' }, new Date(hoursAgo(24)), 10);
    reader.close();
    assert.deepEqual(
      ended.map(({ id }) => id),
      [twice[0]?.id],
    );
  });
});

test('what is open is told of to its end, whatever it is called', async () => {
  const title = 'A title that nobody could say in one breath '.repeat(20);
  const open = Array.from({ length: 5 }, (_, number) => seen(number, 30, 'CRITICAL', title));
  const earlier = { since: new Date(now.getTime() - 86_400_000), known: new Set<string>(), gone: [], open, isTriaged: true };
  const text = await rendered('text', [], { earlier });
  assert.match(text.replace(/\s+/g, ' '), /; and 2 others \(lp-triage resolve ends this\)\./);
  assert.deepEqual(
    text.split('\n').filter((line) => line.length > 80),
    [],
  );
});
