import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from '../../../src/database/open.ts';
import { openDatabaseWriter } from '../../../src/database/write.ts';
import { finding } from '../../support/findings.ts';

test('evidence has times in UTC, and a finding that is too deep for SQLite has none', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lp-evidence-'));
  try {
    const path = join(directory, 'lp.db');
    const evidence = finding(1).evidence.map((entry) => ({ ...entry, timestamp: '2026-11-22T01:00:00+01:00' }));
    const deep = JSON.stringify(finding(2)).replace(/}$/, `,"x":${'['.repeat(2_000)}${']'.repeat(2_000)}}`);
    const writer = await openDatabaseWriter(path, 1_000, new Date());
    writer.save(
      [
        { finding: finding(1), json: JSON.stringify({ ...finding(1), evidence }) },
        { finding: finding(2), json: deep },
      ],
      new Date(),
    );
    writer.close(new Date());
    const connection = await connect(path, { isReadOnly: true, lockTimeoutMs: 1_000 });
    const times = connection.prepare('SELECT DISTINCT finding_id AS id, timestamp FROM evidence').all();
    assert.deepEqual(times, [{ id: finding(1).id, timestamp: '2026-11-22T00:00:00.000Z' }]);
    const threats = connection.prepare('SELECT count(*) AS n, count(original_log_entry) AS shown FROM threats').get();
    assert.deepEqual(threats, { n: 2, shown: 1 });
    connection.close();
  } finally {
    rmSync(directory, { recursive: true });
  }
});
