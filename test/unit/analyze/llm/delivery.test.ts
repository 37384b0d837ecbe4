import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Case } from '../../../../src/analyze/case/case.ts';
import type { Clock } from '../../../../src/analyze/llm/clock.ts';
import { Delivery } from '../../../../src/analyze/llm/delivery.ts';
import { brokenConnection, type Failure, type Reply } from '../../../../src/analyze/llm/failure.ts';
import { promptFor } from '../../../../src/analyze/llm/prompt.ts';
import { Pseudonyms } from '../../../../src/redact/pseudonyms.ts';
import { loadPatterns, Redactor } from '../../../../src/redact/redactor.ts';
import { caseOf } from '../../../support/cases.ts';
import { verdict } from '../../../support/model-server.ts';

const patterns = await loadPatterns();
const limits = { usdDay: 1, usdRun: 1, callsHour: 1_000 };

/** A clock that goes on only by sleeping. */
class FakeClock implements Clock {
  ms = Date.UTC(2026, 10, 22);
  readonly slept: number[] = [];
  nowMs = (): number => this.ms;
  random = (): number => 1;
  within = (_: number, signal: AbortSignal): AbortSignal => signal;
  sleep = async (ms: number): Promise<void> => {
    this.slept.push(ms);
    this.ms += ms;
  };
}

/** A delivery whose server gives these replies in turn, the last of them for ever; and what it has noted. */
function deliveryTo(
  replies: readonly ((ids: readonly string[], content: string) => Reply | Failure)[],
  {
    budget = 1_000,
    callsMinute,
    locked = 0,
  }: { readonly budget?: number; readonly callsMinute?: number; readonly locked?: number } = {},
) {
  const clock = new FakeClock();
  const sent: string[][] = [];
  const bodies: string[] = [];
  const ledger: (number | undefined)[] = [];
  const warnings: string[] = [];
  const delivery = new Delivery({
    clock,
    limits,
    isFree: false,
    callsMinute,
    warn: (message) => warnings.push(message),
    store: {
      reserve(usd) {
        if (locked-- > 0) throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
        return ledger.length < budget ? ledger.push(usd) - 1 : undefined;
      },
      settle(entry, _, usd) {
        ledger[entry] = usd;
      },
    },
    promptFor: (cases, maxOutputTokens) =>
      promptFor({
        cases,
        settings: { models: ['m'], isOpenRouter: true },
        redactor: new Redactor({ patterns, strictness: 'off', secrets: [], pseudonyms: new Pseudonyms() }),
        falsePositives: [],
        ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      }),
    transport: {
      async post(_, body) {
        bodies.push(body);
        const { messages } = JSON.parse(body) as { messages: readonly { content: string }[] };
        const content = messages[1]?.content ?? '';
        const rows = content.split('\n').filter((line) => line.startsWith('{'));
        const found = rows.map((row) => JSON.parse(row) as { id: string; src: string });
        sent.push(found.map(({ src }) => src));
        const reply = replies[Math.min(sent.length, replies.length) - 1];
        return (
          reply?.(
            found.map(({ id }) => id),
            content,
          ) ?? assert.fail('no reply')
        );
      },
      get: async () => assert.fail('not asked'),
      close: async () => {},
    },
  });
  return { delivery, clock, sent, bodies, ledger, warnings };
}

const reply =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (): Reply => ({ status, headers, text: JSON.stringify(body) });
const answer = (ids: readonly string[]): Reply => ({
  status: 200,
  headers: {},
  text: JSON.stringify({
    choices: [{ message: { content: JSON.stringify({ verdicts: ids.map((id) => verdict(id)) }) } }],
    usage: { cost: 0.001 },
  }),
});
const trouble = reply(503, { error: { code: 503 } });
const unstopped = new AbortController().signal;

async function codes(delivery: Delivery, cases: readonly Case[], signal = unstopped): Promise<readonly string[]> {
  const outcomes = await delivery.deliver(cases, signal);
  return cases.map((given) => {
    const outcome = outcomes.get(given) ?? assert.fail('no outcome');
    return 'degraded' in outcome ? outcome.degraded : outcome.verdict.severity;
  });
}

describe('a delivery', () => {
  it('asks again after trouble, with longer waits each time, and gives up after four tries', async () => {
    const { delivery, clock, sent } = deliveryTo([trouble]);
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['unavailable']);
    assert.equal(sent.length, 4);
    assert.deepEqual(clock.slept, [1_000, 2_000, 4_000]);
  });

  it('waits as long as the server asks for', async () => {
    const { delivery, clock } = deliveryTo([reply(429, { error: { code: 429 } }, { 'retry-after': '21' }), answer]);
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['WARNING']);
    assert.deepEqual(clock.slept, [21_000]);
  });

  it('takes no longer than 150 seconds for a batch', async () => {
    const { delivery, clock } = deliveryTo([reply(503, { error: { code: 503 } }, { 'retry-after': '59' })]);
    const startMs = clock.ms;
    await codes(delivery, [caseOf('a')]);
    assert.ok(clock.ms - startMs <= 150_000);
    assert.deepEqual(clock.slept, [59_000, 59_000]);
  });

  it('stops asking for a minute after five failures in a row, and then tries once', async () => {
    const { delivery, clock, sent } = deliveryTo([trouble]);
    await codes(delivery, [caseOf('a')]);
    await codes(delivery, [caseOf('b')]);
    assert.equal(sent.length, 5);
    assert.deepEqual(await codes(delivery, [caseOf('c')]), ['unavailable']);
    assert.equal(sent.length, 5);
    clock.ms += 60_000;
    await codes(delivery, [caseOf('d')]);
    assert.equal(sent.length, 6);
    clock.ms -= 86_400_000;
    await codes(delivery, [caseOf('e')]);
    assert.equal(sent.length, 7, 'a clock that was set back keeps it closed for a day');
  });

  it('finds the case that is refused, and gets verdicts for the rest', async () => {
    const refusing = (ids: readonly string[], content: string): Reply =>
      content.includes('poison') ? { status: 403, headers: {}, text: '{"error":{"code":403}}' } : answer(ids);
    const { delivery } = deliveryTo([refusing]);
    const names = ['a', 'b', 'poison', 'd', 'e'];
    assert.deepEqual(await codes(delivery, names.map(caseOf)), ['WARNING', 'WARNING', 'refused', 'WARNING', 'WARNING']);
  });

  it('halves what is too large', async () => {
    const small = (ids: readonly string[]): Reply => (ids.length > 2 ? { status: 413, headers: {}, text: '' } : answer(ids));
    const { delivery, sent } = deliveryTo([small]);
    assert.deepEqual(new Set(await codes(delivery, ['a', 'b', 'c', 'd'].map(caseOf))), new Set(['WARNING']));
    assert.deepEqual(
      sent.map(({ length }) => length),
      [4, 2, 2],
    );
  });

  it('asks once for a shorter answer when credit is low', async () => {
    const low = reply(402, { error: { code: 402, message: 'can only afford 700' } });
    const { delivery, sent } = deliveryTo([low]);
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['credit']);
    assert.equal(sent.length, 2);
    assert.deepEqual(await codes(delivery, [caseOf('b')]), ['credit']);
    assert.equal(sent.length, 2);
  });

  it('gets a verdict with the shorter answer that the credit allows', async () => {
    const low = reply(402, { error: { code: 402, message: 'can only afford 700' } });
    const { delivery, bodies } = deliveryTo([low, answer]);
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['WARNING']);
    assert.match(bodies[1] ?? '', /"max_completion_tokens":700\b/);
  });

  it('sends no more in any minute than it may', async () => {
    const { delivery, clock, sent } = deliveryTo([answer], { callsMinute: 3 });
    const timesMs: number[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      assert.deepEqual(await codes(delivery, [caseOf(name)]), ['WARNING']);
      timesMs.push(clock.ms - Date.UTC(2026, 10, 22));
    }
    assert.equal(sent.length, 7);
    assert.deepEqual(timesMs, [0, 0, 0, 60_000, 60_000, 60_000, 120_000]);
  });

  it('gives up a batch that could not be sent in time', async () => {
    const { delivery, sent } = deliveryTo([reply(503, { error: { code: 503 } }, { 'retry-after': '50' })], { callsMinute: 1 });
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['unavailable']);
    assert.equal(sent.length, 3);
  });

  it('asks no more once the key is refused', async () => {
    const { delivery, sent, warnings } = deliveryTo([reply(401, { error: { code: 401 } })]);
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['authentication']);
    assert.deepEqual(await codes(delivery, [caseOf('b')]), ['authentication']);
    assert.equal(sent.length, 1);
    assert.equal(warnings.length, 1);
  });

  it('asks once more for the cases that an answer has left out', async () => {
    const half = (ids: readonly string[]): Reply => answer(ids.slice(0, 1));
    const { delivery, sent } = deliveryTo([half, half]);
    assert.deepEqual(await codes(delivery, ['a', 'b', 'c'].map(caseOf)), ['WARNING', 'WARNING', 'no_answer']);
    assert.deepEqual(sent, [
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('takes no verdict that comes twice, or for a case that was not sent', async () => {
    const odd = (ids: readonly string[]): Reply => answer([ids[0] ?? '', ids[0] ?? '', 'c-other', ids[1] ?? '']);
    const { delivery } = deliveryTo([odd, reply(200, { choices: [{ message: { content: 'sorry' } }] })]);
    assert.deepEqual(await codes(delivery, ['a', 'b'].map(caseOf)), ['no_answer', 'WARNING']);
  });

  it('sends nothing that the budget does not cover', async () => {
    const { delivery, sent, warnings } = deliveryTo([answer], { budget: 0 });
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['budget']);
    assert.deepEqual(sent, []);
    assert.match(warnings.join(), /budget/);
  });

  it('tries the ledger again, without a standstill, while another process holds it', async () => {
    const { delivery, clock, sent } = deliveryTo([answer], { locked: 3 });
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['WARNING']);
    assert.deepEqual([clock.slept, sent.length], [[200, 200, 200], 1]);
    const { delivery: stuck } = deliveryTo([answer], { locked: 1_000 });
    await assert.rejects(codes(stuck, [caseOf('a')]), /locked/);
  });

  it('counts what was paid for answers without a verdict too', async () => {
    const prose = reply(200, { choices: [{ message: { content: 'sorry' } }], usage: { cost: 0.01, prompt_tokens: 70 } });
    const twice = (ids: readonly string[]): Reply => answer([...ids, ...ids]);
    const { delivery } = deliveryTo([prose, twice]);
    assert.deepEqual(await codes(delivery, [caseOf('a')]), ['no_answer']);
    assert.deepEqual(delivery.spent, { calls: 2, inputTokens: 70, outputTokens: 0, costUsd: 0.011 });
  });

  it('leaves set aside what may have been billed, and frees what was not', async () => {
    const { delivery, ledger } = deliveryTo([() => brokenConnection('timeout'), trouble, answer]);
    await codes(delivery, [caseOf('a')]);
    assert.ok((ledger[0] ?? 0) > 0);
    assert.deepEqual(ledger.slice(1), [0, 0.001]);
  });

  it('asks nothing once it is stopped', async () => {
    const { delivery, sent } = deliveryTo([answer]);
    assert.deepEqual(await codes(delivery, [caseOf('a')], AbortSignal.abort()), ['timeout']);
    assert.deepEqual(sent, []);
  });
});
