import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { run } from '../../support/process.ts';

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
  seen(5, 300, 'CRITICAL', 'Ancient'),
];

before(async () => {
  for (const to of [database, folder]) {
    const { status, errors } = await run('store', ['--to', to], ndjsonOf(...found));
    assert.equal(status, 0, errors);
  }
});

describe('what is critical and from before the time of a report', () => {
  for (const [where, db] of [
    ['a database', database],
    ['files of JSON', folder],
  ] as const) {
    it(`is told of as open, and not as gone, for a week: ${where}`, async () => {
      const { output } = await run('report', ['--db', db]);
      const [open = '', gone = ''] = output.replace(/\s+/g, ' ').split('Gone since');
      assert.match(open, /Still open, CRITICAL: Intrusion \(user user2\), .*; Rootkit \(user user4\), .* \(lp-triage resolve/);
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
