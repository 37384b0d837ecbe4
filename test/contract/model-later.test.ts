import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { analyze } from '../../src/analyze/analyze.ts';
import { type ModelOptions, modelSettings } from '../../src/analyze/llm/settings.ts';
import type { Finding } from '../../src/model/envelope.ts';
import { analyzeOptions, makeState, modelOptions, testKey } from '../support/analysis.ts';
import { testContext } from '../support/context.ts';
import { answering, type ModelServer, type Reply, startModel } from '../support/model-server.ts';
import { failedLogin } from '../support/records.ts';

let server: ModelServer;
let state: Awaited<ReturnType<typeof makeState>>;
let reply: Parameters<typeof startModel>[0] = answering();

beforeEach(async () => {
  state = await makeState();
  server = await startModel((asked, number) => reply(asked, number));
});
afterEach(async () => {
  await server.close();
  await state.remove();
});

const attack = [0, 1, 2, 3, 4, 5].map((second) => failedLogin(second));
const none: () => Reply = () => ({ status: 503, body: { error: { code: 503 } } });
const mark = (seq: number, final = false): object => ({
  ...{ schema: 'lp/1', type: 'mark', mark: { seq, stream: 's', ...(final && { final }), positions: [] } },
});

async function* chunks(values: readonly object[], isCrash: boolean): AsyncGenerator<Uint8Array> {
  for (const value of values) yield Buffer.from(`${JSON.stringify(value)}\n`);
  if (isCrash) throw new Error('crash');
}

/** Runs lp-analyze on these objects; gives what it wrote, all of it. */
async function run(values: readonly object[], given: Partial<ModelOptions> = {}, isCrash = false): Promise<readonly Finding[]> {
  const context = testContext(chunks(values, isCrash));
  const options: ModelOptions = { ...modelOptions, baseUrl: server.baseUrl, state: state.path, deadlineMs: 300, ...given };
  const settings = modelSettings(options, { OPENROUTER_API_KEY: testKey }) ?? assert.fail();
  await analyze({ ...analyzeOptions, model: { settings, options }, state: state.path }, context).catch((thrown: Error) => {
    if (thrown.message !== 'crash') throw thrown;
  });
  return context
    .lines()
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'finding');
}

const told = (finding: Finding | undefined): readonly unknown[] => [
  ...[finding?.id, finding?.count, finding?.analyzer.engine, finding?.analyzer['degraded']],
];

describe('a case that could not be asked about', () => {
  for (const [why, given, code] of [
    ['for want of a budget', { maxUsdDay: '0' }, 'budget'],
    ['because the server is down', {}, 'timeout'],
  ] as const) {
    it(`${why} is asked about in the next run that spools, and its finding is written again`, async () => {
      reply = none;
      const before = (await run(attack, { ...given, isSpooling: true })).at(-1);
      assert.equal(before?.analyzer['degraded'], code);
      reply = answering({ summary: 'It was <ip-1:public>.' });
      const sent = server.asked.length;
      const after = await run([], { isSpooling: true });
      assert.deepEqual(after.map(told), [[before?.id, before?.count, 'llm', undefined]]);
      assert.match(after[0]?.summary ?? '', /It was 203\.0\.113\.5\.$/);
      assert.equal(server.asked.length, sent + 1);
      assert.deepEqual(await run([], { isSpooling: true }), []);
    });
  }

  it('stays in the spool while it cannot be asked about, and is told of once', async () => {
    await run(attack, { maxUsdDay: '0', isSpooling: true });
    await run(attack, { maxUsdDay: '0', isSpooling: true });
    assert.deepEqual(await run([], { maxUsdDay: '0', isSpooling: true }).then((found) => found.length), 1);
    assert.equal((await run([], { isSpooling: true })).length, 1);
  });

  it('is left to the rules by a run that does not spool', async () => {
    await run(attack, { maxUsdDay: '0' });
    assert.deepEqual(await run([], { isSpooling: true }), []);
  });

  it('is not asked about again when it was refused', async () => {
    reply = () => ({ status: 403, body: { error: { code: 403 } } });
    assert.equal((await run(attack, { isSpooling: true })).at(-1)?.analyzer['degraded'], 'refused');
    reply = answering();
    assert.deepEqual(await run([], { isSpooling: true }), []);
  });
});

describe('where there are marks', () => {
  for (const [how, isCrash] of [
    ['stopped', false],
    ['killed', true],
  ] as const) {
    it(`a case of a run that was ${how} is judged in the next, whole`, async () => {
      reply = () => () => {};
      const before = await run([mark(1), ...attack, mark(2)], {}, isCrash);
      assert.ok(before.every(({ analyzer }) => analyzer.engine === 'rules'));
      reply = answering();
      const after = await run([mark(2), ...[6, 7].map((second) => failedLogin(second)), mark(3, true)]);
      assert.deepEqual(told(after.at(-1)), [before[0]?.id, 8, 'llm', undefined]);
      assert.match(server.asked.at(-1)?.content ?? '', /"ev":"T1x8"/);
    });
  }

  it('a finding that grows after a crash keeps the verdict that it had', async () => {
    reply = answering({ summary: 'Seen.' });
    await run([mark(1), ...attack, mark(2, true)], {}, true);
    reply = none;
    const after = await run([mark(2), failedLogin(6), mark(3)], {}, true);
    assert.deepEqual(
      after.map(({ count, summary }) => [count, summary.endsWith('Model: Seen.')]),
      [[7, true]],
    );
  });

  it('a case without a verdict is asked about by a later run, without any option', async () => {
    reply = none;
    const before = await run([mark(1), ...attack, mark(2, true)], { maxUsdDay: '0' });
    reply = answering();
    const after = await run([mark(2), mark(3, true)]);
    assert.deepEqual(after.map(told), [[before[0]?.id, 6, 'llm', undefined]]);
  });
});
