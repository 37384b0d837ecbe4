import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { isLocked, ModelStore } from '../../../../src/analyze/llm/model-store.ts';
import { makeState } from '../../../support/analysis.ts';

const nowMs = Date.UTC(2026, 10, 22, 12);
const limits = { usdDay: 1, usdRun: 100, callsHour: 1_000 };
const loader = import.meta.resolve('tsx');
const storeModule = import.meta.resolve('../../../../src/analyze/llm/model-store.ts');

let state: Awaited<ReturnType<typeof makeState>>;
let number = 0;
before(async () => {
  state = await makeState();
});
after(() => state.remove());

function freshPath(): string {
  return join(state.path, `${number++}.db`);
}

/** Starts a process that runs this with `store` at `path`, and says `done`. */
function processWith(path: string, script: string) {
  const code = `import { ModelStore } from ${JSON.stringify(storeModule)};
const store = await ModelStore.open(${JSON.stringify(path)});
${script}`;
  return spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('the ledger', () => {
  it('is a file that nobody else may read', async () => {
    const path = freshPath();
    (await ModelStore.open(path)).close();
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('holds a process up for no longer than a moment while another one has it', async () => {
    const path = freshPath();
    const [one, two] = [await ModelStore.open(path), await ModelStore.open(path)];
    let waitedMs = Number.POSITIVE_INFINITY;
    const nosy = {
      ...limits,
      get usdDay(): number {
        const startMs = performance.now();
        assert.throws(() => two.reserve(0.1, limits, nowMs), isLocked);
        waitedMs = performance.now() - startMs;
        return 1;
      },
    };
    one.reserve(0.1, nosy, nowMs);
    assert.ok(waitedMs < 2_000, `${waitedMs} ms`);
    one.close();
    two.close();
  });

  it('forgets nothing of today when the clock goes ahead for a while', async () => {
    const store = await ModelStore.open(freshPath());
    assert.notEqual(store.reserve(0.9, limits, nowMs), undefined);
    assert.notEqual(store.reserve(0.05, limits, nowMs + 10 * 86_400_000), undefined);
    assert.equal(store.reserve(0.2, limits, nowMs), undefined);
    store.close();
  });

  it('has as much to spend as a day may cost when the next one begins, and calls when an hour is over', async () => {
    const store = await ModelStore.open(freshPath());
    const midnightMs = Date.UTC(2026, 10, 23);
    assert.notEqual(store.reserve(1, limits, midnightMs - 1), undefined);
    assert.equal(store.reserve(0.1, limits, midnightMs - 1), undefined);
    assert.equal(store.reserve(1, { ...limits, callsHour: 1 }, midnightMs), undefined);
    assert.notEqual(store.reserve(1, { ...limits, callsHour: 1 }, midnightMs - 1 + 3_600_000), undefined);
    store.close();
  });

  it('is free again when the process that had it locked is killed', async () => {
    const path = freshPath();
    (await ModelStore.open(path)).close();
    const child = processWith(
      path,
      `store.reserve(0.1, { usdRun: 9, callsHour: 9, get usdDay() { process.kill(process.pid, 'SIGKILL'); return 9; } }, ${nowMs});`,
    );
    await new Promise((resolve) => child.once('close', resolve));
    const store = await ModelStore.open(path);
    assert.notEqual(store.reserve(1, limits, nowMs), undefined);
    store.close();
  });

  it('sets nothing aside beyond what a day, a run or an hour may cost', async () => {
    const store = await ModelStore.open(freshPath());
    assert.notEqual(store.reserve(0.6, limits, nowMs), undefined);
    assert.equal(store.reserve(0.6, limits, nowMs), undefined);
    assert.equal(store.reserve(0.3, { ...limits, usdRun: 0.8 }, nowMs), undefined);
    assert.equal(store.reserve(0.1, { ...limits, callsHour: 1 }, nowMs), undefined);
    assert.notEqual(store.reserve(0.6, limits, nowMs + 12 * 3_600_000), undefined);
    store.close();
  });

  it('has more to spend when something cost less than was set aside', async () => {
    const store = await ModelStore.open(freshPath());
    const entry = store.reserve(0.9, limits, nowMs) ?? assert.fail();
    store.settle(entry, 0.9, 0.1);
    assert.notEqual(store.reserve(0.8, limits, nowMs), undefined);
    assert.equal(store.reserve(0.2, limits, nowMs), undefined);
    store.close();
  });

  it('counts as of today what was spent by a clock that went ahead, and only today', async () => {
    const store = await ModelStore.open(freshPath());
    const [aheadMs, dayMs] = [nowMs + 300 * 86_400_000, 86_400_000];
    assert.notEqual(store.reserve(0.9, limits, aheadMs), undefined);
    assert.equal(store.reserve(0.2, limits, nowMs), undefined);
    assert.notEqual(store.reserve(0.2, limits, nowMs + dayMs), undefined);
    store.close();
  });

  it('is locked between the look at what was spent and the setting aside', async () => {
    const path = freshPath();
    const [one, two] = [await ModelStore.open(path), await ModelStore.open(path, 0)];
    const nosy = {
      ...limits,
      get usdDay(): number {
        assert.throws(() => two.reserve(0.6, limits, nowMs), /locked/);
        return 1;
      },
    };
    assert.notEqual(one.reserve(0.6, nosy, nowMs), undefined);
    assert.equal(two.reserve(0.6, limits, nowMs), undefined);
    one.close();
    two.close();
  });

  it('lets two processes together spend no more than one may', async () => {
    const path = freshPath();
    (await ModelStore.open(path)).close();
    const script = `let count = 0;
for (let n = 0; n < 60; n++) if (store.reserve(0.02, ${JSON.stringify(limits)}, ${nowMs}) !== undefined) count++;
console.log(count);`;
    const children = [processWith(path, script), processWith(path, script)];
    const counts = await Promise.all(children.map(async ({ stdout }) => Number(await text(stdout))));
    assert.equal((counts[0] ?? 0) + (counts[1] ?? 0), 50);
  });

  it('still holds what was set aside by a process that was killed before it was settled', async () => {
    const path = freshPath();
    const child = processWith(
      path,
      `store.reserve(0.9, ${JSON.stringify(limits)}, ${nowMs}); console.log('reserved'); setInterval(() => {}, 1000);`,
    );
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const store = await ModelStore.open(path);
    assert.equal(store.reserve(0.2, limits, nowMs), undefined);
    assert.notEqual(store.reserve(0.1, limits, nowMs), undefined);
    store.close();
  });
});

describe('what is put aside', () => {
  const day = 86_400_000;
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  const shown = (found: ReadonlyMap<string, Uint8Array>) => [...found].map(([key, value]) => `${key}=${Buffer.from(value)}`);

  it('stays until it is done, for a week at the most, however often it is put aside', async () => {
    const store = await ModelStore.open(freshPath());
    store.spool(new Map(['a', 'b'].map((key) => [key, bytes('1')])), [], nowMs);
    store.spool(new Map([['a', bytes('2')]]), ['b'], nowMs + 6 * day);
    assert.deepEqual(shown(store.spooled(nowMs + 6 * day)), ['a=2']);
    assert.deepEqual(shown(store.spooled(nowMs + 8 * day)), []);
    store.close();
  });

  it('is no more than 2,000 things, the newest', async () => {
    const store = await ModelStore.open(freshPath());
    store.spool(new Map([['old', bytes('x')]]), [], nowMs - 1);
    store.spool(new Map(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, bytes('x')])), [], nowMs);
    const found = store.spooled(nowMs);
    assert.equal(found.size, 2_000);
    assert.ok(!found.has('old'));
    store.close();
  });
});

describe('verdicts', () => {
  const verdict = {
    severity: 'INFO',
    category: 'other',
    summary: undefined,
    action: undefined,
    evidence: [],
    confidence: 'high',
    isInjection: false,
  } as const;

  it('are kept for a week', async () => {
    const store = await ModelStore.open(freshPath());
    store.keep('a', { verdict, model: 'm' }, nowMs);
    assert.equal(store.verdict('a', nowMs + 6 * 86_400_000)?.model, 'm');
    assert.equal(store.verdict('a', nowMs + 8 * 86_400_000), undefined);
    assert.equal(store.verdict('b', nowMs), undefined);
    store.close();
  });
});
