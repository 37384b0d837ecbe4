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

for (const version of [1, 2, 3, 4].filter((step) => step < migrations.length)) {
  test(`nothing that a database of version ${version} holds is lost`, async () => {
    await withDatabase((connection, path) => {
      for (const step of migrations.slice(0, version)) connection.exec(step);
      connection.pragma(`user_version = ${version}`);
      const found = finding(1);
      fill(connection, 'findings', {
        ...{ id: found.id, severity: 'ERROR', title: 't', summary: 's', rule_id: 'r', rule_name: 'lp.r', category: 'other' },
        ...{ entity_type: 'ip', entity_value: '203.0.113.5', log_source: '/a', count: 10, first_seen: found.first_seen },
        ...{ last_seen: found.last_seen, risk_score: 1, analyzer_engine: 'rules', status: 'acknowledged' },
        ...{ processed_at: found.processed_at, json: JSON.stringify(found) },
      });
      fill(connection, 'runs', { started_at: found.first_seen, findings: 1 });
      fill(connection, 'marks', { source: '/a', seq: 3, offset: 9, committed_at: found.first_seen });
      if (version >= 2) fill(connection, 'streams', { stream: 's', seq: 3, committed_at: found.first_seen });
      if (version >= 3) {
        fill(connection, 'occurrences', {
          hour: found.first_seen,
          severity: 'ERROR',
          rule_name: 'lp.r',
          log_source: '/a',
          entries: 10,
        });
        fill(connection, 'summaries', {
          hour: found.first_seen,
          log_source: '/a',
          log_dataset: '',
          url_domain: '',
          counts: '{}',
        });
        fill(connection, 'triage', { finding_id: found.id, action: 'ack', done_by: 'me', done_at: found.first_seen });
        fill(connection, 'suppressions', { reason: 'ours', created_by: 'me', created_at: found.first_seen });
      }
      const tables = ['findings', 'runs', 'marks', 'streams', 'occurrences', 'summaries', 'triage', 'suppressions'];
      const before = contentOf(connection, tables);
      migrate(connection, path);
      const after = contentOf(connection, tables);
      for (const [table, rows] of before) assert.deepEqual(after.get(table), rows, table);
      assert.equal(connection.prepare('SELECT sum(entries) FROM occurrences').pluck().get(), 10);
      assert.equal(connection.prepare('SELECT original_log_entry FROM threats').pluck().get(), found.evidence[0]?.original);
      assert.equal(connection.pragma('integrity_check', { simple: true }), 'ok');
    });
  });
}

function fill(connection: Connection, table: string, row: Readonly<Record<string, string | number>>): void {
  const names = Object.keys(row);
  const columns = names.map((name) => `"${name}"`).join(', ');
  connection.prepare(`INSERT INTO ${table} (${columns}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(row));
}

/** The rows of those tables that there are; without columns that are empty, because later versions have more of them. */
function contentOf(connection: Connection, tables: readonly string[]): ReadonlyMap<string, unknown> {
  const known = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  const rowsOf = (table: string): readonly unknown[] =>
    connection
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => Object.fromEntries(Object.entries(Object(row)).filter(([, value]) => value !== null)));
  return new Map(tables.filter((table) => known.includes(table)).map((table) => [table, rowsOf(table)]));
}

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
