import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from '../../../src/database/open.ts';
import { type Mark, type Summary, schema } from '../../../src/model/envelope.ts';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { run } from '../../support/process.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-health-'));
after(() => rmSync(directory, { recursive: true }));
const database = join(directory, 'lp.db');
const log = join(directory, 'a.log');
const other = join(directory, 'b.log');

function summary(source: string, counts: Readonly<Record<string, number>>): Summary {
  const now = new Date().toISOString();
  return { schema, type: 'summary', stage: 'parse', log: { source }, start: now, end: now, counts };
}

function mark(seq: number, offset: number): Mark {
  const { dev, ino: inode } = statSync(log);
  const modified = new Date().toISOString();
  const positions = [
    { source: log, dev, inode, offset, modified },
    { source: other, offset: 5, behind: 300_000 },
  ];
  return { schema, type: 'mark', mark: { seq, stream: 'health', positions } };
}

/** Makes the database older, for what nobody wants to wait for. */
async function change(sql: string): Promise<void> {
  const connection = await connect(database, { isReadOnly: false, lockTimeoutMs: 1_000 });
  connection.exec(sql);
  connection.close();
}

interface Told {
  readonly ok: boolean;
  readonly troubles: readonly { readonly severity: string; readonly source?: string; readonly text: string }[];
  readonly sources: readonly { readonly source: string; readonly behind?: number; readonly lines: number }[];
}

async function told(): Promise<Told> {
  const { status, output, errors } = await run('report', ['--health', '--db', database, '--format', 'json']);
  assert.equal(status, 0, errors);
  return JSON.parse(output);
}

before(async () => {
  writeFileSync(log, 'x'.repeat(100));
  const lines = ndjsonOf(summary(log, { lines: 1_000, unknown: 10 }), summary(other, { lines: 10, dead: 1 }), mark(7, 40));
  assert.equal((await run('store', ['--db', database], lines)).status, 0);
});

describe('lp-report --health', () => {
  test('says how far each log was read, by its size where that can be seen, else by its mark', async () => {
    const { ok, sources } = await told();
    assert.equal(ok, true);
    assert.deepEqual(
      sources.map(({ source, behind, lines }) => [source, behind, lines]),
      [
        [other, 300_000, 10],
        [log, 60, 1_000],
      ],
    );
  });

  test('is for people, too, and well when nothing is wrong', async () => {
    const { status, output } = await run('report', ['--health', '--db', database, '--fail-on', 'info']);
    assert.equal(status, 0);
    assert.match(output, /^Health: all is well\nThe last run began today \d\d:\d\d and ended today/);
    assert.match(output, /\nLog +unread +last read +lines +understood\n/);
    assert.match(output, /b\.log +293 KiB +\d seconds? ago +10 +90 %\n/);
    assert.match(output, /Read 1,010 lines of 2 logs: 1,009 entries and 1 line that could not be used;\n98\.9 % understood\.\n/);
  });

  test('goes with no other form, nor with standard input or --watch', async () => {
    for (const options of [['--format', 'html'], ['-'], ['--watch']]) {
      assert.equal((await run('report', ['--health', '--db', database, ...options])).status, 64);
    }
  });

  test('tells of what waits, of what is not understood, and of what lp-analyze has seen', async () => {
    appendFileSync(log, 'x'.repeat(400_000));
    const seen = finding(1, {
      severity: 'WARNING',
      rule: { id: 'silent', name: 'lp.source_silent' },
      entity: { type: 'source', value: '/var/log/c.log' },
      summary: 'c.log has had no new line.',
      last_seen: new Date().toISOString(),
    });
    const lines = ndjsonOf(summary(other, { lines: 500, unknown: 400 }), seen);
    assert.equal((await run('store', ['--db', database], lines)).status, 0);
    await change("UPDATE marks SET committed_at = '2026-01-01T00:00:00.000Z'");
    const { troubles } = await told();
    assert.deepEqual(new Set(troubles.map(({ severity }) => severity)), new Set(['WARNING']));
    const texts = troubles.map(({ text }) => text).join('\n');
    assert.match(texts, /a\.log: 390\.\d KiB were not read yet; the last mark of it is \d+ days old/);
    assert.match(texts, /b\.log: only 21\.3 % of 510 lines were understood/);
    assert.match(texts, /c\.log has had no new line/);
  });

  test('fails when a pipe was cut off, or when nothing has run for a day', async () => {
    await change("UPDATE runs SET ended_at = NULL; UPDATE streams SET committed_at = '2026-01-02T00:00:00.000Z'");
    await change("UPDATE runs SET started_at = '2026-01-01T00:00:00.000Z'");
    const failing = ['--health', '--db', database, '--fail-on', 'error'];
    const cut = await run('report', failing);
    assert.equal(cut.status, 1);
    assert.match(cut.output, /ERROR {4}The pipe was last heard of \d+ days ago, and has not ended/);
    await change("UPDATE runs SET ended_at = '2026-01-02T00:00:00.000Z'");
    const late = await run('report', failing);
    assert.equal(late.status, 1);
    assert.match(late.output, /ERROR {4}Nothing has run for \d+ days\./);
  });

  test('fails when nothing was ever stored', async () => {
    const empty = join(directory, 'empty.db');
    writeFileSync(empty, '');
    const { status, output } = await run('report', ['--health', '--db', empty, '--fail-on', 'error']);
    assert.equal(status, 1);
    assert.match(output, /Nothing was ever stored/);
  });
});
