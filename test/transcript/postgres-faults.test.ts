import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { connectPostgres } from '../../src/database/postgres.ts';
import { type Cluster, newCluster, noCluster } from '../support/cluster.ts';
import { finding, ndjsonOf } from '../support/findings.ts';
import { run } from '../support/process.ts';

const many = (first: number, count: number): string =>
  ndjsonOf(...Array.from({ length: count }, (_, number) => finding(first + number)));

describe('a PostgreSQL server', { skip: noCluster }, () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await newCluster();
    await cluster.start();
  });
  after(() => {
    cluster.kill();
    rmSync(cluster.folder, { recursive: true });
  });

  const ask = async (sql: string, place = cluster.place): Promise<readonly unknown[]> => {
    const client = await connectPostgres({ place, lockTimeoutMs: 1_000 });
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const newDatabase = async (name: string, more = ''): Promise<string> => {
    await ask(`CREATE DATABASE ${name} ${more}`);
    return cluster.place.replace(/postgres$/, name);
  };

  test('that is killed in mid-write has what was stored, and gets the rest when it is back', async () => {
    const place = await newDatabase('killed');
    assert.equal((await run('store', ['--to', place], many(0, 100))).status, 0);
    const holder = await connectPostgres({ place, lockTimeoutMs: 1_000 });
    await holder.query('BEGIN; LOCK TABLE findings IN SHARE MODE');
    const writing = run('store', ['--to', place, '--tee'], many(100, 100));
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    while ((await ask(waiting)).length === 0) await setImmediate();
    cluster.kill();
    await cluster.start();
    assert.deepEqual(await writing, { status: 0, output: many(100, 100), errors: '' });
    await holder.end().catch(() => {});
    assert.deepEqual(await ask('SELECT count(*) AS n FROM findings', place), [{ n: 200 }]);
    assert.deepEqual(await ask('SELECT sum(findings)::int AS n FROM runs', place), [{ n: 200 }]);
  });

  const isMountable = spawnSync('unshare', ['-m', 'true']).status === 0;
  test('whose disk is full is status 74, and what was stored stays', {
    skip: !isMountable && 'nothing can be mounted here',
  }, async () => {
    const disk = join(cluster.folder, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=10M', 'tmpfs', disk]);
    assert.equal(mounted.status, 0, String(mounted.stderr));
    try {
      chownSync(disk, cluster.user.uid, cluster.user.gid);
      await ask(`CREATE TABLESPACE small LOCATION '${disk}'`);
      const place = await newDatabase('small', 'TABLESPACE small');
      assert.equal((await run('store', ['--to', place], many(0, 100))).status, 0);
      const { status, errors } = await run('store', ['--to', place], many(1_000, 3_000));
      assert.equal(status, 74, errors);
      assert.match(errors, /could not extend file .* \(look at the disk of the server; nothing of this batch was stored\)/);
      assert.deepEqual(await ask('SELECT count(*) AS n FROM findings', place), [{ n: 100 }]);
      assert.equal(spawnSync('mount', ['-o', 'remount,size=64M', disk]).status, 0);
      assert.equal((await run('store', ['--to', place], many(1_000, 3_000))).status, 0);
      assert.deepEqual(await ask('SELECT count(*) AS n FROM findings', place), [{ n: 3_100 }]);
      await ask('DROP DATABASE small');
      await ask('DROP TABLESPACE small');
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
