import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { AnalyzeOptions } from '../../../src/analyze/analysis.ts';
import { analyze } from '../../../src/analyze/analyze.ts';
import { StateLog } from '../../../src/analyze/state/state-log.ts';
import { LpError } from '../../../src/model/error.ts';
import { testContext } from '../../support/context.ts';
import { failedLogin, record } from '../../support/records.ts';

const directory = mkdtempSync(join(tmpdir(), 'lp-state-'));
after(() => rmSync(directory, { recursive: true }));
let count = 0;
const newFolder = (): string => join(directory, String(++count));

const optionsFor = (state: string): AnalyzeOptions => ({
  ...{
    rules: [],
    trusted: [],
    expand: [],
    emit: 'findings',
    silentAfterMs: undefined,
    model: undefined,
    deadLetter: undefined,
    state,
  },
});
const mark = (seq: number, final = false): object => ({
  ...{ schema: 'lp/1', type: 'mark', mark: { seq, stream: 's', ...(final && { final }), positions: [] } },
});

/** Runs lp-analyze on these objects; gives each finding's rule and count, and the numbers of marks. */
async function run(state: string, ...values: readonly object[]): Promise<readonly (readonly [string, number])[]> {
  const context = testContext([values.map((value) => `${JSON.stringify(value)}\n`).join('')]);
  await analyze(optionsFor(state), context);
  assert.equal(context.messages(), '');
  return context.lines().map((line) => {
    const { rule, count: entries, mark: found } = JSON.parse(line);
    return rule === undefined ? (['mark', found.seq] as const) : ([rule.name, entries] as const);
  });
}

const logins = (from: number, to: number): readonly object[] =>
  Array.from({ length: to - from }, (_, index) => failedLogin(from + index));

describe('what is under way at a mark', () => {
  it('goes on in the next run: counts and bursts', async () => {
    const state = newFolder();
    assert.deepEqual(await run(state, mark(1), ...logins(0, 3), mark(2)), [
      ['mark', 1],
      ['mark', 2],
    ]);
    assert.deepEqual(await run(state, mark(2), ...logins(3, 7), mark(3)), [
      ['mark', 2],
      ['lp.ssh_bruteforce', 5],
      ['lp.ssh_bruteforce', 7],
      ['mark', 3],
    ]);
    assert.deepEqual(await run(state, mark(3), failedLogin(7), mark(4)), [
      ['mark', 3],
      ['lp.ssh_bruteforce', 8],
      ['mark', 4],
    ]);
  });

  it('is that of the mark where the next run begins, whatever came behind it', async () => {
    const state = newFolder();
    await run(state, mark(1), ...logins(0, 3), mark(2), ...logins(3, 4), mark(3), ...logins(4, 6));
    assert.deepEqual(await run(state, mark(2), ...logins(3, 5), mark(3)), [
      ['mark', 2],
      ['lp.ssh_bruteforce', 5],
      ['mark', 3],
    ]);
  });

  it('is not written at the end of the input, but by a final mark', async () => {
    const last = { ...failedLogin(9), timestamp: '2026-11-22T13:40:00.000Z' };
    const grown = [...logins(0, 5), mark(2), last] as const;
    assert.deepEqual((await run(newFolder(), mark(1), ...grown)).at(-1), ['mark', 2]);
    assert.deepEqual((await run(newFolder(), mark(1), ...grown, mark(3, true))).slice(-2), [
      ['lp.ssh_bruteforce', 6],
      ['mark', 3],
    ]);
  });

  it('that is not there is told of', async () => {
    const context = testContext([`${JSON.stringify(mark(7))}\n`]);
    await analyze(optionsFor(newFolder()), context);
    assert.match(context.messages(), /what was remembered at mark 7 is not in /);
  });

  it('survives half an entry at the end of its file', async () => {
    const state = newFolder();
    await run(state, mark(1), ...logins(0, 3), mark(2));
    const [file = ''] = readdirSync(join(state, 'analyze'));
    const { appendFileSync } = await import('node:fs');
    appendFileSync(join(state, 'analyze', file), Buffer.from([200, 0, 0, 0, 1, 2, 3]));
    assert.deepEqual((await run(state, mark(2), ...logins(3, 5)))[1], ['lp.ssh_bruteforce', 5]);
  });

  it('that a failing disk has damaged, wherever, is told of and counted anew', async () => {
    for (const place of [1, 5, 12, 40, 300, 700]) {
      const state = newFolder();
      await run(state, mark(1), ...logins(0, 3), mark(2));
      const [file = ''] = readdirSync(join(state, 'analyze'));
      const bytes = readFileSync(join(state, 'analyze', file));
      bytes.writeUInt8(bytes.readUInt8(place) ^ 0x55, place);
      writeFileSync(join(state, 'analyze', file), bytes);
      const context = testContext([[mark(2), ...logins(3, 6), mark(3)].map((value) => `${JSON.stringify(value)}\n`).join('')]);
      await analyze(optionsFor(state), context);
      assert.match(context.messages(), /what was remembered at mark 2 is not in /, `byte ${place}`);
      assert.equal(context.lines().length, 2);
    }
  });

  it('that cannot be read ends the command with a status and words', async () => {
    const state = newFolder();
    mkdirSync(join(state, 'analyze', 's.1.state'), { recursive: true });
    const context = testContext([`${JSON.stringify(mark(1))}\n`]);
    await assert.rejects(
      () => analyze(optionsFor(state), context),
      (thrown) => thrown instanceof LpError && thrown.status === 74 && /--state DIR/.test(thrown.message),
    );
  });
});

describe('what errors and silence go by at a mark', () => {
  const startMs = Date.UTC(2026, 10, 22);
  const entry = (service: string, seconds: number, message: string): object =>
    record({
      timestamp: new Date(startMs + seconds * 1_000).toISOString(),
      log: { source: `${service}.log`, offset: seconds, format: 'app' },
      process: { name: service },
      message,
      original: message,
    });

  it('goes on in the next run: a service that stopped logging', async () => {
    const state = newFolder();
    const options = { ...optionsFor(state), silentAfterMs: 3_600_000 };
    const talk = Array.from({ length: 60 }, (_, minute) => entry('shopd', 60 * minute, 'sold'));
    const others = [entry('maild', 3_700, 'sent'), entry('maild', 7_400, 'sent')];
    const found: number[] = [];
    for (const values of [
      [mark(1), ...talk, mark(2)],
      [mark(2), ...others, mark(3)],
    ]) {
      const context = testContext([values.map((value) => `${JSON.stringify(value)}\n`).join('')]);
      await analyze(options, context);
      found.push(context.lines().filter((line) => line.includes('lp.service_silent')).length);
    }
    assert.deepEqual(found, [0, 1]);
  });

  it('goes on in the next run: which errors a service has always written', async () => {
    const state = newFolder();
    const errors = Array.from({ length: 30 }, (_, hour) => entry('shopd', 3_600 * hour, 'error: no stock left'));
    await run(state, mark(1), ...errors, mark(2));
    const later = [
      entry('shopd', 3_600 * 40, 'error: no stock left'),
      entry('shopd', 3_600 * 41, 'error: cannot reach the bank'),
    ];
    assert.deepEqual(
      (await run(state, mark(2), ...later, mark(3))).filter(([name]) => name === 'lp.new_error'),
      [['lp.new_error', 1]],
    );
  });
});

describe('a place for state', () => {
  for (const [shows, place, status] of [
    ['that is read-only', '/sys/lp', 77],
    ['that is a file', join(directory, 'file'), 74],
  ] as const) {
    it(`${shows} ends lp-analyze before the mark is passed on`, async () => {
      writeFileSync(join(directory, 'file'), '');
      const context = testContext([`${JSON.stringify(mark(1))}\n`]);
      await assert.rejects(analyze(optionsFor(place), context), (thrown) => {
        assert.ok(thrown instanceof LpError);
        assert.match(thrown.message, /cannot keep state in .*give another place with --state DIR/);
        return [73, status, 77].includes(thrown.status);
      });
      assert.deepEqual(context.lines(), []);
    });
  }
});

describe('a log of state', () => {
  it('is written anew when it is long, and the one before is kept', async () => {
    const folder = newFolder();
    const log = new StateLog(folder, 'a stream of any name');
    const big = 'x'.repeat(3 * 1024 * 1024);
    await log.begin(1, [['part', 'a', 1]]);
    for (const seq of [2, 3, 4]) await log.add(seq, [['part', 'a', big + seq]]);
    assert.ok(log.isLong);
    await log.begin(5, [['part', 'a', 5]]);
    assert.ok(!log.isLong);
    await log.close();
    const again = new StateLog(folder, 'a stream of any name');
    assert.deepEqual(again.load(5), [['part', 'a', 5]]);
    assert.deepEqual(again.load(2), [['part', 'a', `${big}2`]]);
    assert.equal(again.load(6), undefined);
    await again.begin(5, []);
    assert.equal(readdirSync(folder).length, 2);
    await again.close();
    assert.ok(existsSync(folder));
  });

  it('gives of several changes the last, and nothing of what is gone', async () => {
    const log = new StateLog(newFolder(), 's');
    await log.begin(1, [
      ['p', 'a', 1],
      ['p', 'b', 1],
    ]);
    await log.add(2, [
      ['p', 'a', 2],
      ['p', 'b', undefined],
      ['q', 'a', new Map([[1, Number.POSITIVE_INFINITY]])],
    ]);
    await log.close();
    assert.deepEqual(log.load(2), [
      ['p', 'a', 2],
      ['q', 'a', new Map([[1, Number.POSITIVE_INFINITY]])],
    ]);
  });
});
