/*
 * Many logs at a time: a mark that tells the places of them all is longer than any line of a log, and arrives.
 */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from '../../src/database/open.ts';
import { readMarks } from '../../src/database/positions.ts';
import { Pipeline } from '../support/pipeline.ts';

const logs = 1_000;
const directory = mkdtempSync(join(tmpdir(), 'lp-many-'));
after(() => rmSync(directory, { recursive: true }));

function guess(index: number, port: number): string {
  return `2026-11-22T13:36:${String(index % 60).padStart(2, '0')}Z web1 sshd[801]: Failed password for root from 203.0.113.5 port ${port} ssh2\n`;
}

async function guessesIn(database: string): Promise<number> {
  const connection = await connect(database, { isReadOnly: true, lockTimeoutMs: 1_000 });
  try {
    const found = connection.prepare("SELECT sum(count) AS sum FROM findings WHERE rule_name = 'lp.ssh_bruteforce'").get();
    return Number(Object(found).sum);
  } finally {
    connection.close();
  }
}

test(`the places of ${logs} logs are kept, so that a second run reads only what is new`, async () => {
  const folder = join(directory, 'log');
  mkdirSync(folder);
  const names = Array.from({ length: logs }, (_, index) => join(folder, `site-number-${index}.example-auth.log`));
  for (const [index, name] of names.entries()) writeFileSync(name, guess(index, 1024 + index));
  const pipeline = new Pipeline(directory, `'${folder}/*.log'`);
  await pipeline.start('--once');
  assert.equal(await pipeline.ended(), 0, pipeline.errors);
  assert.equal((await readMarks(pipeline.database, 1_000)).positions.length, logs);
  assert.equal(await guessesIn(pipeline.database), logs);

  appendFileSync(names[7] ?? '', guess(0, 9_999));
  await pipeline.start('--once');
  assert.equal(await pipeline.ended(), 0, pipeline.errors);
  assert.equal(await guessesIn(pipeline.database), logs + 1);
});
