import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { cacheKey } from '../../../../src/analyze/llm/cache-key.ts';
import type { Clock } from '../../../../src/analyze/llm/clock.ts';
import { brokenConnection, type Failure, type Reply } from '../../../../src/analyze/llm/failure.ts';
import { noFeedback } from '../../../../src/analyze/llm/feedback.ts';
import { Judge } from '../../../../src/analyze/llm/judge.ts';
import { ModelStore } from '../../../../src/analyze/llm/model-store.ts';
import { type ModelSettings, modelSettings } from '../../../../src/analyze/llm/settings.ts';
import { TemplateMiner } from '../../../../src/analyze/template/miner.ts';
import type { Finding } from '../../../../src/model/envelope.ts';
import { loadPatterns } from '../../../../src/redact/redactor.ts';
import { makeState, modelOptions, testKey } from '../../../support/analysis.ts';
import { caseOf } from '../../../support/cases.ts';
import { finding } from '../../../support/findings.ts';
import { verdict } from '../../../support/model-server.ts';

const patterns = await loadPatterns();
const settings = modelSettings(modelOptions, { OPENROUTER_API_KEY: testKey }) ?? assert.fail();
let state: Awaited<ReturnType<typeof makeState>>;
let number = 0;
before(async () => {
  state = await makeState();
});
after(() => state.remove());

/** What a server says to a request with these ids; undefined is nothing, until the request is given up. */
type Answer = (ids: readonly string[]) => Reply | Failure | undefined;

const answer: Answer = (ids) => ({
  status: 200,
  headers: {},
  text: JSON.stringify({ choices: [{ message: { content: JSON.stringify({ verdicts: ids.map((id) => verdict(id)) }) } }] }),
});
const trouble: Answer = () => ({ status: 401, headers: {}, text: '{"error":{"code":401}}' });
const daily: Answer = () => ({ status: 429, headers: {}, text: '{"error":{"code":429,"message":"free-models-per-day"}}' });

/** A judge whose clock goes on by sleeping and by hand, and what it wrote and asked. */
async function judgeWith(first: Answer, given: ModelSettings = settings) {
  let [nowMs, say] = [Date.UTC(2026, 10, 22, 13, 40), first];
  const [emitted, warnings, asked]: [Finding[], string[], number[]] = [[], [], []];
  const clock: Clock = {
    nowMs: () => nowMs,
    random: () => 1,
    within: (_, signal) => signal,
    sleep: async (ms, signal) => {
      if (signal.aborted) return;
      if (ms < 10_000) nowMs += ms;
      else await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  };
  const store = await ModelStore.open(join(state.path, `${number++}.db`));
  const judge = new Judge({
    ...{ settings: given, clock, store, patterns, miner: new TemplateMiner(), feedback: noFeedback },
    emit: (found) => emitted.push(found),
    warn: (message) => warnings.push(message),
    transport: {
      async post(_, body, signal) {
        const ids = [...body.matchAll(/\{\\"id\\":\\"(\w+)/g)].map(([, id = '']) => id);
        asked.push(ids.length);
        const reply = say(ids);
        if (reply !== undefined) return reply;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return brokenConnection('timeout');
      },
      get: async () => assert.fail('not asked'),
      close: async () => {},
    },
  });
  return {
    ...{ judge, store, emitted, warnings, asked },
    later(ms: number, next: Answer): void {
      nowMs += ms;
      say = next;
    },
  };
}

const inTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const engines = (emitted: readonly Finding[]): readonly unknown[] =>
  emitted.map(({ analyzer }) => [analyzer.engine, analyzer['degraded']]);

describe('a judge', () => {
  it('tries again after ten minutes what could not be asked, and not before', async () => {
    const { judge, emitted, asked, later } = await judgeWith(daily);
    judge.see(finding(1));
    await judge.end(60_000);
    later(9 * 60_000, answer);
    judge.refresh();
    await inTurn();
    assert.deepEqual(engines(emitted), [['rules', 'rate_limit']]);
    later(24 * 3_600_000, answer);
    judge.refresh();
    while (emitted.length < 2) await inTurn();
    assert.deepEqual(engines(emitted).at(-1), ['llm', undefined]);
    assert.equal(emitted[1]?.id, emitted[0]?.id);
    assert.equal(asked.length, 2);
  });

  it('says once why there is no verdict, however often it tries', async () => {
    const { judge, emitted, later } = await judgeWith(trouble);
    judge.see(finding(1));
    await judge.end(60_000);
    for (let tries = 0; tries < 3; tries++) {
      later(600_000, trouble);
      judge.refresh();
      await inTurn();
    }
    assert.deepEqual(engines(emitted), [['rules', 'authentication']]);
  });

  it('gives the verdict to the newest state of a finding', async () => {
    const { judge, emitted, later } = await judgeWith(daily);
    judge.see(finding(1, { count: 5 }));
    await judge.end(60_000);
    judge.see(finding(1, { count: 9 }));
    later(24 * 3_600_000, answer);
    judge.refresh();
    while (emitted.at(-1)?.analyzer.engine !== 'llm') await inTurn();
    assert.equal(emitted.at(-1)?.count, 9);
  });

  it('waits two seconds for answers that are on their way when it is cut, and asks no more', async () => {
    const { judge, emitted, asked } = await judgeWith(() => undefined);
    judge.see(finding(1));
    const end = judge.end(60_000);
    await inTurn();
    judge.see(finding(2));
    judge.cut();
    await end;
    await judge.end(60_000);
    assert.deepEqual(asked, [1]);
    assert.deepEqual(engines(emitted), [
      ['rules', 'timeout'],
      ['rules', 'timeout'],
    ]);
  });

  it('asks nothing when its ledger is lost, and keeps the verdict of the rules', async () => {
    const { judge, emitted, warnings, asked, store } = await judgeWith(answer);
    store.close();
    judge.see(finding(1));
    await judge.end(60_000);
    assert.deepEqual([engines(emitted), asked], [[['rules', 'state']], []]);
    assert.match(warnings.join('\n'), /the model could not be asked: .*not open/);
  });

  it('spends no more than it may where nobody knows the price, and asks a server on this machine for nothing', async () => {
    const none = { usdDay: 0, usdRun: 0, callsHour: 60 };
    for (const [isLocal, engine] of [
      [false, 'rules'],
      [true, 'llm'],
    ] as const) {
      const { judge, emitted } = await judgeWith(answer, { ...settings, isOpenRouter: false, isLocal, limits: none });
      judge.see(finding(1));
      await judge.end(60_000);
      assert.equal(emitted.at(-1)?.analyzer.engine, engine);
    }
  });

  it('raises a finding no further in many rounds than in one', async () => {
    const grave: Answer = (ids) => {
      const verdicts = ids.map((id) => verdict(id, { severity: 'CRITICAL', confidence: 'high', evidence: ['T1', 'T2'] }));
      return {
        status: 200,
        headers: {},
        text: JSON.stringify({ choices: [{ message: { content: JSON.stringify({ verdicts }) } }] }),
      };
    };
    const { judge, emitted, asked, later } = await judgeWith(grave);
    for (let round = 1; round <= 5; round++) {
      assert.notEqual(judge.see(finding(1, { severity: 'WARNING', count: 10 ** round })).severity, 'CRITICAL');
      await judge.end(60_000);
      later(8 * 86_400_000, grave);
    }
    assert.ok(asked.length >= 2, 'it was asked once');
    assert.deepEqual(new Set(emitted.map(({ severity }) => severity)), new Set(['ERROR']));
  });

  it('uses no verdict that another server or another model gave', () => {
    const [given, models] = [caseOf('lenka'), ['m']];
    const key = cacheKey(given, { baseUrl: 'https://a.example/v1', models });
    assert.equal(cacheKey(given, { baseUrl: 'https://a.example/v1', models: ['m'] }), key);
    assert.notEqual(cacheKey(given, { baseUrl: 'http://127.0.0.1:1/v1', models }), key);
    assert.notEqual(cacheKey(given, { baseUrl: 'https://a.example/v1', models: ['m', 'n'] }), key);
  });

  it('gives a verdict though it cannot be kept', async () => {
    const { judge, emitted, warnings, store } = await judgeWith((ids) => {
      store.close();
      return answer(ids);
    });
    judge.see(finding(1));
    await judge.end(60_000);
    assert.deepEqual(engines(emitted), [['llm', undefined]]);
    assert.match(warnings.join('\n'), /verdicts of the model are not kept/);
  });
});
