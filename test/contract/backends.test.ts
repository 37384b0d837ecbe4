import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { connect } from '../../src/database/open.ts';
import type { Entry } from '../../src/database/write.ts';
import { type Finding, type Mark, schema } from '../../src/model/envelope.ts';
import type { Backend } from '../../src/store/backend.ts';
import { finding } from '../support/findings.ts';

const folder = new URL('../../src/store/backends/', import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'lp-backends-'));
after(() => rmSync(directory, { recursive: true }));

const now = new Date('2026-11-22T12:00:00.000Z');
let files = 0;

function entry(found: Finding): Entry {
  return { finding: found, json: JSON.stringify(found) };
}

function mark(seq: number, ...positions: Mark['mark']['positions']): Entry {
  return { mark: { schema, type: 'mark', mark: { seq, positions } } };
}

async function rows(place: string, sql: string): Promise<readonly unknown[]> {
  const connection = await connect(place, { isReadOnly: true, lockTimeoutMs: 1_000 });
  try {
    return connection.prepare(sql).all();
  } finally {
    connection.close();
  }
}

for (const file of readdirSync(folder)) {
  const { default: backend }: { default: Backend } = await import(new URL(file, folder).href);

  /** A new store with these batches in it, closed again; the path of its file. */
  async function storeOf(...batches: readonly (readonly Entry[])[]): Promise<string> {
    const place = join(directory, `${++files}`, 'lp.db');
    const store = await backend.open({ place, lockTimeoutMs: 1_000, now });
    for (const batch of batches) await store.save(batch, now);
    await store.close(now);
    return place;
  }

  describe(`backend ${backend.name}`, () => {
    test('is named like its file', () => {
      assert.equal(file, `${backend.name}.ts`);
    });

    test('keeps the whole finding, its evidence and the view of threats', async () => {
      const found = { ...finding(1), 'x.custom': { kept: true } };
      const place = await storeOf([entry(found)]);
      assert.deepEqual(await rows(place, 'SELECT json FROM findings'), [{ json: JSON.stringify(found) }]);
      assert.deepEqual(await rows(place, 'SELECT * FROM threats'), [
        {
          timestamp: found.first_seen,
          source_log: '/var/log/auth.log',
          original_log_entry: found.evidence[0]?.original,
          ai_summary: found.summary,
          severity: 'ERROR',
          processed_at: found.processed_at,
        },
      ]);
      assert.deepEqual(
        await rows(place, 'SELECT original FROM evidence ORDER BY position'),
        found.evidence.map(({ original }) => ({ original })),
      );
    });

    const states: readonly (readonly [title: string, later: Partial<Finding>, stored: Partial<Finding>])[] = [
      ['a larger count replaces the finding', { count: 20, title: 'grown' }, { count: 20, title: 'grown' }],
      ['an equal count replaces the finding', { title: 'same' }, { count: 10, title: 'same' }],
      ['a smaller count leaves the finding', { count: 9, title: 'late' }, { count: 10, title: 'SSH password guessing' }],
    ];
    for (const [title, later, stored] of states) {
      test(title, async () => {
        const place = await storeOf(
          [entry(finding(1))],
          [entry(finding(1, { ...later, evidence: finding(1).evidence.slice(0, 1) }))],
        );
        assert.deepEqual(await rows(place, 'SELECT count, title FROM findings'), [stored]);
        const evidence = stored.title === 'SSH password guessing' ? 3 : 1;
        assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM evidence'), [{ n: evidence }]);
      });
    }

    test('keeps the status that a person gave when the finding grows', async () => {
      const place = await storeOf([entry(finding(1))]);
      const connection = await connect(place, { isReadOnly: false, lockTimeoutMs: 1_000 });
      connection.exec(`UPDATE findings SET status = 'acknowledged'`);
      connection.close();
      const store = await backend.open({ place, lockTimeoutMs: 1_000, now });
      assert.deepEqual(await store.save([entry(finding(1, { count: 11 }))], now), { added: 0, updated: 1, stale: 0, marks: 0 });
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT status, count FROM findings'), [{ status: 'acknowledged', count: 11 }]);
    });

    test('keeps the last position of each file that marks name', async () => {
      const place = await storeOf(
        [mark(1, { source: '/a', offset: 10 }, { source: '/b', offset: 20, inode: 7, dev: 8, fingerprint: 'f' })],
        [mark(2, { source: '/a', offset: 30, inode: 1 }, { source: '/a', offset: 5, inode: 2 })],
      );
      assert.deepEqual(await rows(place, 'SELECT source, seq, inode, "offset" FROM marks ORDER BY source, inode'), [
        { source: '/a', seq: 2, inode: 1, offset: 30 },
        { source: '/a', seq: 2, inode: 2, offset: 5 },
        { source: '/b', seq: 1, inode: 7, offset: 20 },
      ]);
    });

    test('stores nothing of a batch that fails', async () => {
      const place = join(directory, `${++files}`, 'lp.db');
      const store = await backend.open({ place, lockTimeoutMs: 1_000, now });
      const broken = { ...finding(2), title: undefined } as unknown as Finding;
      await assert.rejects(store.save([entry(finding(1)), mark(1, { source: '/a', offset: 1 }), entry(broken)], now));
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT (SELECT count(*) FROM findings) AS f, (SELECT count(*) FROM marks) AS m'), [
        { f: 0, m: 0 },
      ]);
    });

    test('stores what has optional fields of the wrong type', async () => {
      const odd = { ...finding(1), action: 7, source: 'x', related: [] } as unknown as Finding;
      const oddMark = mark(1, { source: 3, offset: 'x' } as never, { source: '/a', offset: 1, inode: {} } as never);
      const place = await storeOf([entry(odd), oddMark]);
      assert.deepEqual(await rows(place, 'SELECT action, source_ip FROM findings'), [{ action: null, source_ip: null }]);
      assert.deepEqual(await rows(place, 'SELECT source, inode FROM marks'), [{ source: '/a', inode: null }]);
    });

    const counted = (offset: number | undefined, lines: number): Entry => ({
      summary: {
        ...{ schema, type: 'summary', stage: 'parse', log: { source: '/a', ...(offset !== undefined && { offset }) } },
        ...{ start: '2026-11-22T13:00:00.000Z', end: '2026-11-22T14:00:00.000Z', counts: { lines } },
      },
    });
    const readings: readonly (readonly [title: string, batches: readonly (readonly Entry[])[], lines: number])[] = [
      [
        'adds up what was counted of a log that goes on',
        [[counted(undefined, 2), counted(undefined, 3)], [counted(undefined, 4)]],
        9,
      ],
      ['adds up what one run counted of a log that it read from its start', [[counted(0, 2)], [counted(0, 3)]], 5],
    ];
    for (const [title, batches, lines] of readings) {
      test(title, async () => {
        const place = await storeOf(...batches);
        assert.deepEqual(await rows(place, 'SELECT hour, counts FROM summaries'), [
          { hour: '2026-11-22T13:00:00.000Z', counts: JSON.stringify({ lines }) },
        ]);
      });
    }

    test('counts a log once that another run reads from its start again', async () => {
      const place = await storeOf([counted(0, 5)]);
      const store = await backend.open({ place, lockTimeoutMs: 1_000, now });
      await store.save([counted(0, 4)], now);
      await store.save([counted(0, 3)], now);
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT counts FROM summaries'), [{ counts: '{"lines":7}' }]);
    });

    test('keeps the entries of findings by hour, whatever becomes of the findings', async () => {
      const seen = { first_seen: '2026-11-22T13:59:00.000Z', last_seen: '2026-11-22T14:01:00.000Z' };
      const place = await storeOf([entry(finding(1, { ...seen, count: 3 }))]);
      const hours = () => rows(place, 'SELECT substr(hour, 12, 2) AS hour, severity, entries FROM occurrences');
      assert.deepEqual(await hours(), [
        { hour: '13', severity: 'ERROR', entries: 2 },
        { hour: '14', severity: 'ERROR', entries: 1 },
      ]);
      const store = await backend.open({ place, lockTimeoutMs: 1_000, now });
      await store.save(
        [entry(finding(1, { ...seen, count: 3 })), entry(finding(1, { ...seen, count: 4, severity: 'CRITICAL' }))],
        now,
      );
      assert.deepEqual(await hours(), [
        { hour: '13', severity: 'CRITICAL', entries: 2 },
        { hour: '14', severity: 'CRITICAL', entries: 2 },
      ]);
      await store.expire(new Date('2026-11-23T00:00:00.000Z'));
      await store.close(now);
      assert.deepEqual(await hours(), []);
    });

    test('two writers and a reader share a store', async () => {
      const place = join(directory, `${++files}`, 'lp.db');
      const [one, other] = await Promise.all([
        backend.open({ place, lockTimeoutMs: 1_000, now }),
        backend.open({ place, lockTimeoutMs: 1_000, now }),
      ]);
      await one.save([entry(finding(1))], now);
      await other.save([entry(finding(1, { count: 50 })), entry(finding(2))], now);
      assert.deepEqual(await rows(place, 'SELECT count FROM findings ORDER BY id'), [{ count: 50 }, { count: 10 }]);
      await one.close(now);
      await other.close(now);
      assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM runs WHERE ended_at IS NOT NULL'), [{ n: 2 }]);
    });

    test('deletes findings that were last seen before a moment, with their evidence', async () => {
      const place = await storeOf([entry(finding(1)), entry(finding(2, { last_seen: '2026-11-23T00:00:00+01:00' }))]);
      const store = await backend.open({ place, lockTimeoutMs: 1_000, now });
      assert.equal(await store.expire(new Date('2026-11-22T23:00:00.000Z')), 1);
      assert.equal(await store.expire(new Date('2026-11-22T23:00:00.000Z')), 0);
      assert.equal(await store.expire(new Date('2026-11-22T23:00:00.001Z')), 1);
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM evidence'), [{ n: 0 }]);
    });
  });
}
