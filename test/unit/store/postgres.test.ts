import assert from 'node:assert/strict';
import { connect as connectSocket, createServer, type Server } from 'node:net';
import { after, describe, test } from 'node:test';
import { connectPostgres } from '../../../src/database/postgres.ts';
import { openDatabaseReader } from '../../../src/database/read.ts';
import type { Entry } from '../../../src/database/write.ts';
import { schema } from '../../../src/model/envelope.ts';
import { retried } from '../../../src/store/retry.ts';
import { finding, ndjsonOf } from '../../support/findings.ts';
import { run } from '../../support/process.ts';
import { storeHarnesses } from '../../support/stores.ts';

const harness = (await storeHarnesses()).find(({ backend }) => backend.name === 'postgres');
assert.ok(harness);
const { backend, rows, newPlace } = harness;

const now = new Date('2026-11-22T12:00:00.000Z');
const open = (place: string) => backend.open({ place, lockTimeoutMs: 1_000, now });
const batchOf = (...numbers: readonly number[]): readonly Entry[] =>
  numbers.map((number) => ({ finding: finding(number), json: JSON.stringify(finding(number)) }));
const summary: Entry = {
  summary: {
    ...{ schema, type: 'summary', stage: 'parse', log: { source: '/a' } },
    ...{ start: '2026-11-22T13:00:00.000Z', end: '2026-11-22T14:00:00.000Z', counts: { lines: 2 } },
  },
};

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

/** The same place behind a server that cuts the connection when the answer to the first COMMIT behind `isArmed` comes. */
async function cuttingProxy(
  place: string,
  isArmed: () => boolean,
): Promise<{ readonly place: string; readonly cuts: () => number }> {
  const url = new URL(place);
  const [port, host] = [Number(url.port || 5432), url.hostname];
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connectSocket(port, host);
    let isCutting = false;
    client.on('data', (bytes: Buffer) => {
      if (cuts === 0 && isArmed() && bytes.includes('COMMIT')) isCutting = true;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (!isCutting) return void client.write(bytes);
      cuts++;
      client.destroy();
      upstream.destroy();
    });
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  url.host = `127.0.0.1:${address.port}`;
  return { place: url.href, cuts: () => cuts };
}

describe('PostgreSQL', { skip: harness.skip }, () => {
  test('is filled by lp-store, read by lp-report and by SQL', async () => {
    const place = await newPlace();
    const recent = finding(1, { last_seen: new Date().toISOString() });
    assert.deepEqual(await run('store', ['--to', place], ndjsonOf(recent)), { status: 0, output: '', errors: '' });
    const report = await run('report', ['--db', place, '--format', 'json']);
    assert.deepEqual(report, { status: 0, output: ndjsonOf(recent), errors: '' });
    const sql = "SELECT severity FROM threats WHERE processed_at < now() AND timestamp > '2026-01-01'";
    assert.deepEqual(await rows(place, sql), [{ severity: 'ERROR' }]);
  });

  test('is reached again when the connection was lost', async () => {
    const place = await newPlace();
    const named = new URL(place);
    named.searchParams.set('application_name', place.replace(/.*=/, ''));
    const store = await open(named.href);
    await store.save(batchOf(1), now);
    const name = named.searchParams.get('application_name');
    const ended = await rows(place, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${name}'`);
    assert.equal(ended.length, 1);
    await retried(
      () => store.save(batchOf(2), now),
      async () => {},
    );
    await store.close(now);
    assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM findings'), [{ n: 2 }]);
  });

  test('has a batch once when the connection is lost as it is committed', async () => {
    const place = await newPlace();
    let isArmed = false;
    const proxy = await cuttingProxy(place, () => isArmed);
    const store = await open(proxy.place);
    isArmed = true;
    const batch = [...batchOf(1), summary];
    await retried(
      () => store.save(batch, now),
      async () => {},
    );
    await store.save([summary], now);
    await store.close(now);
    assert.equal(proxy.cuts(), 1);
    assert.deepEqual(await rows(place, 'SELECT counts FROM summaries'), [{ counts: '{"lines":4}' }]);
    assert.deepEqual(await rows(place, 'SELECT findings FROM runs'), [{ findings: 1 }]);
  });

  test('takes marks of logs that have one name on two machines', async () => {
    const place = await newPlace();
    const [one, other] = await Promise.all([open(place), open(place)]);
    const marked = (stream: string, seq: number, inode: number): readonly Entry[] => [
      { mark: { schema, type: 'mark', mark: { seq, stream, positions: [{ source: '/a', offset: seq, dev: 1, inode }] } } },
    ];
    for (const seq of [1, 2, 3]) {
      await one.save(marked('s', seq, 7), now);
      await other.save(marked('t', seq, 8), now);
    }
    for (const store of [one, other]) await store.close(now);
    assert.deepEqual(await rows(place, 'SELECT stream, seq FROM streams ORDER BY stream'), [
      { stream: 's', seq: 3 },
      { stream: 't', seq: 3 },
    ]);
  });

  test('ends with status 75 when another process holds the tables for too long', async () => {
    const place = await newPlace();
    const store = await backend.open({ place, lockTimeoutMs: 20, now });
    const other = await connectPostgres({ place, lockTimeoutMs: 1_000 });
    await other.query('BEGIN');
    await other.query('LOCK TABLE findings');
    await assert.rejects(store.save(batchOf(1), now), { name: 'LpError', status: 75, message: /another process holds it/ });
    await other.query('ROLLBACK');
    await other.end();
    await store.save(batchOf(1), now);
    await store.close(now);
    assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM findings'), [{ n: 1 }]);
  });

  test('refuses tables of another program, and a database that is not there', async () => {
    const place = await newPlace();
    await rows(place, 'CREATE TABLE findings (x INTEGER)');
    await assert.rejects(open(place), { name: 'LpError', status: 65, message: /of another program/ });
    const nowhere = new URL(place);
    nowhere.pathname = '/lp-no-such-database';
    await assert.rejects(open(nowhere.href), { name: 'LpError', status: 73, message: /createdb/ });
    const message = /there are no findings in postgres:.*lp-store --to/;
    await assert.rejects(openDatabaseReader(await newPlace(), 1_000), { name: 'LpError', status: 66, message });
  });

  test('that lp-store cannot use lets it end, with a status that says why', async () => {
    const foreign = await newPlace();
    await rows(foreign, 'CREATE TABLE findings (x INTEGER)');
    const readOnly = await newPlace();
    await (await open(readOnly)).close(now);
    const url = new URL(readOnly);
    url.searchParams.set('options', `${url.searchParams.get('options')} -cdefault_transaction_read_only=on`);
    const [one, other] = await Promise.all(
      [foreign, url.href].map((place) => run('store', ['--to', place], ndjsonOf(finding(1)))),
    );
    assert.deepEqual([one?.status, other?.status], [65, 77]);
  });

  test('refuses tables of a newer version', async () => {
    const place = await newPlace();
    await (await open(place)).close(now);
    await rows(place, 'INSERT INTO lp_schema (version) VALUES (1000)');
    await assert.rejects(open(place), { name: 'LpError', status: 65, message: /newer lp/ });
  });

  test('gives lp-report what was seen since a moment, and one before', async () => {
    const place = await newPlace();
    const store = await open(place);
    await store.save(batchOf(1, 2, 3, 4), now);
    await store.close(now);
    const from = new Date(finding(3).last_seen);
    const reader = await openDatabaseReader(place, 1_000, { from });
    assert.deepEqual(
      reader.findings({}, undefined).map(({ id }) => id),
      [4, 3, 2].map((number) => finding(number).id),
    );
    assert.ok(reader.latest({ until: from }));
    reader.close();
  });

  test('gives lp-report what is critical since an earlier moment', async () => {
    const place = await newPlace();
    const store = await open(place);
    const [first, other] = [1, 2].map((number) => finding(number, { severity: 'CRITICAL' }));
    assert.ok(first && other);
    const critical = [first, other].map((found): Entry => ({ finding: found, json: JSON.stringify(found) }));
    await store.save([...critical, ...batchOf(3, 4, 5)], now);
    await store.close(now);
    const [from, criticalFrom] = [new Date(finding(5).last_seen), new Date(other.last_seen)];
    const reader = await openDatabaseReader(place, 1_000, { from, criticalFrom });
    assert.deepEqual(
      reader.findings({}, undefined).map(({ id }) => id),
      [other.id, finding(5).id, finding(4).id],
    );
    reader.close();
  });
});

test('a server that is not there is status 69, and no password is told', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  await new Promise((resolve) => server.close(resolve));
  const place = `postgres://lp@127.0.0.1:${address.port}/lp`;
  await assert.rejects(
    connectPostgres({ place, lockTimeoutMs: 1_000, password: 'geheim' }),
    (thrown: Error & { readonly status?: number }) => {
      assert.equal(thrown.status, 69);
      assert.match(thrown.message, /^cannot use postgres:\/\/lp@127\.0\.0\.1:\d+\/lp: connect ECONNREFUSED/);
      assert.doesNotMatch(JSON.stringify(thrown) + thrown.stack, /geheim/);
      return true;
    },
  );
});
