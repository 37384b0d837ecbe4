import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { migrate, migrations } from '../../../src/database/migrations.ts';
import { type Connection, connect } from '../../../src/database/open.ts';
import { finding } from '../../support/findings.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-migrations-'));
after(() => rmSync(directory, { recursive: true }));

let files = 0;

async function withDatabase(work: (connection: Connection, path: string) => void): Promise<void> {
  const path = join(directory, `${++files}.db`);
  const connection = await connect(path, { isReadOnly: false, lockTimeoutMs: 1_000 });
  try {
    work(connection, path);
  } finally {
    connection.close();
  }
}

function schemaOf(connection: Connection): unknown {
  return connection.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all();
}

async function freshSchema(): Promise<unknown> {
  let schema: unknown;
  await withDatabase((connection, path) => {
    migrate(connection, path);
    schema = schemaOf(connection);
  });
  return schema;
}

for (const version of migrations.keys()) {
  test(`a database of version ${version} comes to the same schema as a new one`, async () => {
    const expected = await freshSchema();
    await withDatabase((connection, path) => {
      for (const step of migrations.slice(0, version)) connection.exec(step);
      connection.pragma(`user_version = ${version}`);
      migrate(connection, path);
      assert.deepEqual(schemaOf(connection), expected);
      assert.equal(connection.pragma('user_version', { simple: true }), migrations.length);
    });
  });
}

test('evidence that was kept in a table is there as before', async () => {
  await withDatabase((connection, path) => {
    for (const step of migrations.slice(0, 3)) connection.exec(step);
    connection.pragma('user_version = 3');
    const found = finding(1);
    const json = JSON.stringify(found);
    const { id, first_seen } = found;
    connection
      .prepare(
        `INSERT INTO findings (id, severity, title, summary, rule_id, rule_name, category, entity_type, entity_value, log_source, count,
        first_seen, last_seen, risk_score, analyzer_engine, processed_at, json)
        VALUES (?, '', '', '', '', '', '', '', '', '', 1, ?, ?, 1, '', '', ?)`,
      )
      .run(id, first_seen, first_seen, json);
    for (const [position, { timestamp, log, original }] of found.evidence.entries()) {
      connection
        .prepare('INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)')
        .run(id, position, timestamp, log.source, log.offset, original);
    }
    const evidence = () => [
      connection.prepare('SELECT * FROM evidence ORDER BY position').all(),
      connection.prepare('SELECT timestamp, original_log_entry FROM threats').all(),
    ];
    const before = evidence();
    migrate(connection, path);
    assert.deepEqual(evidence(), before);
  });
});

test('a database that is up to date is left as it is', async () => {
  await withDatabase((connection, path) => {
    migrate(connection, path);
    const changes = connection.pragma('data_version', { simple: true });
    migrate(connection, path);
    assert.equal(connection.pragma('data_version', { simple: true }), changes);
  });
});

test('a database of a newer version is refused', async () => {
  await withDatabase((connection, path) => {
    connection.pragma(`user_version = ${migrations.length + 1}`);
    assert.throws(() => migrate(connection, path), { name: 'LpError', status: 65, message: /newer lp/ });
  });
});

test('a database of another program is refused and not touched', async () => {
  await withDatabase((connection, path) => {
    connection.exec('CREATE TABLE bookmarks (url TEXT)');
    assert.throws(() => migrate(connection, path), { name: 'LpError', status: 65, message: /another program/ });
    assert.deepEqual(schemaOf(connection), [{ name: 'bookmarks', sql: 'CREATE TABLE bookmarks (url TEXT)' }]);
  });
});
