import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readMarks } from '../../src/database/positions.ts';
import { openDatabaseReader } from '../../src/database/read.ts';
import type { Entry } from '../../src/database/write.ts';
import { type Finding, type Mark, schema } from '../../src/model/envelope.ts';
import type { Store } from '../../src/store/backend.ts';
import { finding } from '../support/findings.ts';
import { storeHarnesses } from '../support/stores.ts';

const now = new Date('2026-11-22T12:00:00.000Z');

function entry(found: Finding): Entry {
  return { finding: found, json: JSON.stringify(found) };
}

function mark(seq: number, ...positions: Mark['mark']['positions']): Entry {
  return { mark: { schema, type: 'mark', mark: { seq, positions } } };
}

function counted(offset: number | undefined, lines: number, source = '/a'): Entry {
  return {
    summary: {
      ...{ schema, type: 'summary', stage: 'parse', log: { source, ...(offset !== undefined && { offset }) } },
      ...{ start: '2026-11-22T13:00:00.000Z', end: '2026-11-22T14:00:00.000Z', counts: { lines } },
    },
  };
}

/** Text as attackers write it: characters that end strings, halves of characters, what no terminal and no index likes. */
const hostile = `it's "quoted" \\ \0 \ud800 \u2028 \u001b[2J ${'x'.repeat(65_536)}`;

for (const harness of await storeHarnesses()) {
  const { backend, rows } = harness;
  const open = (place: string): Promise<Store> => backend.open({ place, lockTimeoutMs: 1_000, now, environment: process.env });

  /** A new store with these batches in it, closed again; its place. */
  async function storeOf(...batches: readonly (readonly Entry[])[]): Promise<string> {
    const place = await harness.newPlace();
    const store = await open(place);
    for (const batch of batches) await store.save(batch, now);
    await store.close(now);
    return place;
  }

  describe(`backend ${backend.name}`, { skip: harness.skip }, () => {
    test('is named like its file', () => {
      assert.equal(harness.file, `${backend.name}.ts`);
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

    test('tells new findings from those that have grown in one batch', async () => {
      const batch = [1, 2, 1, 3, 2, 2, 4].map((number, at) => entry(finding(number, { count: at === 5 ? 1 : 10 + at })));
      const place = await storeOf(batch);
      const counts = [{ n: 12 + 14 + 13 + 16 }];
      assert.deepEqual(await rows(place, 'SELECT CAST(sum(count) AS INTEGER) AS n FROM findings'), counts);
      assert.deepEqual(await rows(place, 'SELECT CAST(sum(entries) AS INTEGER) AS n FROM occurrences'), counts);
    });

    test('keeps the status that a person gave when the finding grows', { skip: harness.noChanges }, async () => {
      const place = await storeOf([entry(finding(1))]);
      await harness.change(place, `UPDATE findings SET status = 'acknowledged'`);
      const store = await open(place);
      await store.save([entry(finding(1, { count: 11 }))], now);
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
      const place = await harness.newPlace();
      const store = await open(place);
      const broken: Entry = {
        finding: finding(2),
        get json(): string {
          throw new Error('broken');
        },
      };
      await assert.rejects(store.save([entry(finding(1)), mark(1, { source: '/a', offset: 1 }), broken], now));
      await store.save([counted(undefined, 1)], now);
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT (SELECT count(*) FROM findings) AS f, (SELECT count(*) FROM marks) AS m'), [
        { f: 0, m: 0 },
      ]);
    });

    test('keeps hostile text whole', async () => {
      const hostileFinding = finding(1, {
        title: hostile,
        summary: hostile,
        entity: { type: 'user', value: hostile },
        log: { source: `/var/log/${hostile}` },
        evidence: [{ timestamp: finding(1).first_seen, log: { source: hostile, offset: 0 }, original: hostile }],
      });
      const place = await storeOf([entry(hostileFinding), counted(0, 1)], [entry({ ...hostileFinding, count: 11 })]);
      const reader = await openDatabaseReader(place, 1_000);
      assert.deepEqual(reader.findings({}, undefined), [{ ...hostileFinding, count: 11 }]);
      reader.close();
      assert.deepEqual(await rows(place, 'SELECT title, entity_value FROM findings'), [
        { title: harness.stored(hostile), entity_value: harness.stored(hostile) },
      ]);
      assert.deepEqual(await rows(place, 'SELECT original_log_entry FROM threats'), [
        { original_log_entry: harness.stored(hostile) },
      ]);
    });

    test('gives back to lp-report what it was given', async () => {
      const place = await storeOf([entry(finding(1)), entry(finding(2, { severity: 'CRITICAL' })), counted(0, 7)]);
      const reader = await openDatabaseReader(place, 1_000);
      assert.deepEqual(
        reader.findings({}, undefined).map(({ id }) => id),
        [finding(2).id, finding(1).id],
      );
      assert.deepEqual(reader.findings({ severity: 'CRITICAL' }, 1), [finding(2, { severity: 'CRITICAL' })]);
      assert.deepEqual(
        reader.summaries({}).map(({ counts }) => counts),
        [{ lines: 7 }],
      );
      assert.equal(reader.hours({}).length, 2);
      assert.deepEqual(reader.lastRun(), { startedAt: now, endedAt: now });
      reader.close();
    });

    test('finds an entity beside a finding that is nested deeper than SQLite reads', async () => {
      const levels = 1_500;
      const json = `${JSON.stringify(finding(1)).slice(0, -1)},"x":${'['.repeat(levels)}${']'.repeat(levels)}}`;
      const place = await storeOf([{ finding: finding(1), json }, entry(finding(2, { related: { ip: ['198.51.100.1'] } }))]);
      const reader = await openDatabaseReader(place, 1_000);
      assert.deepEqual(
        reader.findings({ entity: '198.51.100.1' }, undefined).map(({ id }) => id),
        [finding(2).id],
      );
      reader.close();
    });

    test('tells lp-tail where reading goes on', async () => {
      const at = (seq: number, stream: string, ...positions: Mark['mark']['positions']): Entry => ({
        mark: { schema, type: 'mark', mark: { seq, stream, positions } },
      });
      const a = { source: '/a', offset: 10, dev: 1, inode: 2, fingerprint: '5:abc', modified: '2026-11-22T11:00:00.000Z' };
      const place = await harness.newPlace();
      const store = await open(place);
      await store.save([at(1, 'one', a, { source: '/b', offset: 1 })], now);
      await store.save(
        [at(1, 'two', { source: '/c', offset: 5 }), at(2, 'one', { source: '/b', offset: 2 })],
        new Date(+now + 1),
      );
      await store.save([at(2, 'two')], new Date(+now + 2));
      await store.close(now);
      const { positions, streams } = await readMarks(place, 1_000);
      assert.deepEqual(
        positions.toSorted((one, other) => (one.source < other.source ? -1 : 1)),
        [a, { source: '/b', offset: 2 }, { source: '/c', offset: 5 }],
      );
      assert.deepEqual(streams, [
        { stream: 'two', seq: 2, sources: ['/c'] },
        { stream: 'one', seq: 2, sources: ['/a', '/b'] },
      ]);
    });

    describe('behind a pipe', () => {
      const at = (seq: number, stream: string, source = '/a'): readonly Entry[] => [
        { mark: { schema, type: 'mark', mark: { seq, stream, positions: [{ source, offset: seq, dev: 1, inode: 7 }] } } },
      ];
      const refused = { name: 'LpError', status: 78, message: /another pipe follows the same logs/ };
      const offsets = (place: string) => rows(place, 'SELECT source, "offset" FROM marks ORDER BY source');

      test('goes on, after a crash, with the mark that was stored last', async () => {
        const place = await storeOf(at(1, 's'), at(2, 's'));
        const store = await open(place);
        for (const seq of [2, 3]) await store.save(at(seq, 's'), now);
        await store.close(now);
        assert.deepEqual(await offsets(place), [{ source: '/a', offset: 3 }]);
      });

      const clashes = [
        ['goes on with the same marks', 's'],
        ['has marks of the same log under a name of its own', 't'],
      ] as const;
      for (const [title, stream] of clashes) {
        test(`refuses when another one ${title}, and stores nothing of the batch`, async () => {
          const place = await harness.newPlace();
          const [one, other] = await Promise.all([open(place), open(place)]);
          await one.save(at(1, 's'), now);
          for (const seq of [1, 2]) await other.save(at(seq, stream), now);
          await assert.rejects(one.save([entry(finding(1)), ...at(2, 's')], now), refused);
          await other.save(at(3, stream), now);
          for (const store of [one, other]) await store.close(now);
          assert.deepEqual(await offsets(place), [{ source: '/a', offset: 3 }]);
          assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM findings'), [{ n: 0 }]);
        });
      }

      test('refuses when it goes on before what another one has stored meanwhile', async () => {
        const place = await storeOf(at(1, 's'), at(2, 's'));
        const store = await open(place);
        await assert.rejects(store.save(at(1, 's'), now), refused);
        await store.close(now);
      });

      test('shares the place with one that follows other logs', async () => {
        const place = await harness.newPlace();
        const [one, other] = await Promise.all([open(place), open(place)]);
        for (const seq of [1, 2]) {
          await one.save(at(seq, 's', '/a'), now);
          await other.save(at(seq, 't', '/b'), now);
        }
        for (const store of [one, other]) await store.close(now);
        assert.deepEqual(await offsets(place), [
          { source: '/a', offset: 2 },
          { source: '/b', offset: 2 },
        ]);
      });
    });

    test('stores what has optional fields of the wrong type', async () => {
      const odd = { ...finding(1), action: 7, source: 'x', related: [] } as unknown as Finding;
      const oddMark = mark(1, { source: 3, offset: 'x' } as never, { source: '/a', offset: 1, inode: {} } as never);
      const place = await storeOf([entry(odd), oddMark]);
      assert.deepEqual(await rows(place, 'SELECT action, source_ip FROM findings'), [{ action: null, source_ip: null }]);
      assert.deepEqual(await rows(place, 'SELECT source, inode FROM marks'), [{ source: '/a', inode: null }]);
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

    test('counts lines once that another run reads under the name that rotation gave their log', async () => {
      const place = await storeOf([counted(0, 5, '/a.log'), counted(0, 2, '/a.log.1')]);
      const store = await open(place);
      await store.save([counted(0, 7, '/a.log.1'), counted(0, 1, '/a.log.2.gz')], now);
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT log_source, counts FROM summaries'), [
        { log_source: '/a.log', counts: '{"lines":8}' },
      ]);
    });

    test('counts a log once that another run reads from its start again', async () => {
      const place = await storeOf([counted(0, 5)]);
      const store = await open(place);
      await store.save([counted(0, 4)], now);
      await store.save([counted(0, 3)], now);
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT counts FROM summaries'), [{ counts: '{"lines":7}' }]);
    });

    test('keeps the entries of findings by hour, whatever becomes of the findings', async () => {
      const seen = { first_seen: '2026-11-22T13:59:00.000Z', last_seen: '2026-11-22T14:01:00.000Z' };
      const place = await storeOf([entry(finding(1, { ...seen, count: 3 }))]);
      const hours = () => rows(place, 'SELECT hour, severity, entries FROM occurrences ORDER BY hour');
      assert.deepEqual(await hours(), [
        { hour: '2026-11-22T13:00:00.000Z', severity: 'ERROR', entries: 2 },
        { hour: '2026-11-22T14:00:00.000Z', severity: 'ERROR', entries: 1 },
      ]);
      const store = await open(place);
      await store.save(
        [entry(finding(1, { ...seen, count: 3 })), entry(finding(1, { ...seen, count: 4, severity: 'CRITICAL' }))],
        now,
      );
      assert.deepEqual(await hours(), [
        { hour: '2026-11-22T13:00:00.000Z', severity: 'CRITICAL', entries: 2 },
        { hour: '2026-11-22T14:00:00.000Z', severity: 'CRITICAL', entries: 2 },
      ]);
      await store.expire(new Date('2026-11-23T00:00:00.000Z'));
      await store.close(now);
      assert.deepEqual(await hours(), []);
    });

    test('two writers and a reader share a store', async () => {
      const place = await harness.newPlace();
      const [one, other] = await Promise.all([open(place), open(place)]);
      await one.save([entry(finding(1))], now);
      await other.save([entry(finding(1, { count: 50 })), entry(finding(2))], now);
      assert.deepEqual(await rows(place, 'SELECT count FROM findings ORDER BY id'), [{ count: 50 }, { count: 10 }]);
      await one.close(now);
      await other.close(now);
      assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM runs WHERE ended_at IS NOT NULL'), [{ n: 2 }]);
    });

    test('deletes findings that were last seen before a moment, with their evidence', async () => {
      const place = await storeOf([entry(finding(1)), entry(finding(2, { last_seen: '2026-11-23T00:00:00+01:00' }))]);
      const store = await open(place);
      const left = () => rows(place, 'SELECT id FROM findings ORDER BY id');
      await store.expire(new Date('2026-11-22T23:00:00.000Z'));
      assert.deepEqual(await left(), [{ id: finding(2).id }]);
      await store.expire(new Date('2026-11-22T23:00:00.001Z'));
      assert.deepEqual(await left(), []);
      await store.close(now);
      assert.deepEqual(await rows(place, 'SELECT count(*) AS n FROM evidence'), [{ n: 0 }]);
    });
  });
}
