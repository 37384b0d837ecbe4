import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '../../../src/analyze/analyze.ts';
import { withTicks } from '../../../src/analyze/ticks.ts';
import { LpError } from '../../../src/model/error.ts';
import { testContext } from '../../support/context.ts';
import { failedLogin, record } from '../../support/records.ts';

const options = {
  rules: [],
  trusted: [],
  expand: [],
  emit: 'findings',
  silentAfterMs: undefined,
  model: undefined,
  state: undefined,
  deadLetter: undefined,
};
const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const attack = [0, 1, 2, 3, 4].map((time) => failedLogin(time));
const mark = '{"schema":"lp/1","type":"mark","mark":{"seq":1,"positions":[]},"extra":  1}';
const summary =
  '{"schema":"lp/1","type":"summary","stage":"parse","log":{"source":"-"},"start":"2026-11-22T13:00:00Z","end":"2026-11-22T14:00:00Z","counts":{"lines":1}}';
const novel = '{"schema":"lp/1","type":"novel","x":[1, 2]}';

describe('lp-analyze', () => {
  it('writes a finding for what a rule finds', async () => {
    const context = testContext([lines(...attack)]);
    assert.equal(await analyze(options, context), 0);
    const findings = context.lines().map((line) => JSON.parse(line));
    assert.deepEqual(
      findings.map((finding) => [finding.rule.name, finding.count, finding.processed_at]),
      [['lp.ssh_bruteforce', 5, '2026-11-23T00:00:00.000Z']],
    );
  });

  it('writes nothing for empty input', async () => {
    const context = testContext([]);
    await analyze(options, context);
    assert.deepEqual(context.lines(), []);
  });

  for (const [what, wrong] of [
    ['rules', { rules: ['/nowhere'] }],
    ['trusted addresses', { trusted: ['/nowhere'] }],
    ['values for placeholders', { expand: ['nothing'] }],
  ] as const) {
    it(`tells of ${what} that cannot be used before there is a record`, async () => {
      await assert.rejects(analyze({ ...options, ...wrong }, testContext([])), LpError);
    });
  }

  it('passes on what is not a record, byte for byte', async () => {
    const context = testContext([`${summary}\n${novel}\n${mark}\n`]);
    await analyze(options, context);
    assert.deepEqual(context.lines(), [summary, novel, mark]);
  });

  it('writes what has grown before it passes a mark on', async () => {
    const context = testContext([lines(...attack, failedLogin(5)), `${mark}\n`]);
    await analyze(options, context);
    const counts = context.lines().map((line) => JSON.parse(line).count ?? 'mark');
    assert.deepEqual(counts, [5, 6, 'mark']);
  });

  it('passes records on with their template on request', async () => {
    const context = testContext([lines(...attack)]);
    await analyze({ ...options, emit: 'records' }, context);
    const passed = context.lines().map((line) => JSON.parse(line));
    const [{ template }] = passed;
    assert.equal(template.text, 'Failed password for <*> from <*> port <*>');
    assert.deepEqual(
      passed,
      attack.map((entry) => ({ ...entry, template })),
    );
  });

  it('writes what it found about errors that no rule knows', async () => {
    const failed = (second: number) =>
      record({
        timestamp: `2026-11-22T13:36:${String(second).padStart(2, '0')}.000Z`,
        process: { name: 'shopd' },
        log: { source: 'shop.log', offset: second, format: 'app', level: 'error' },
        message: `cannot reach the cart of customer ${second}`,
        original: `cannot reach the cart of customer ${second}`,
      });
    const context = testContext([lines(failed(1), failed(2))]);
    await analyze(options, context);
    const findings = context.lines().map((line) => JSON.parse(line));
    assert.deepEqual(
      findings.map(({ rule, count, severity }) => [rule.name, count, severity]),
      [['lp.unknown_errors', 2, 'INFO']],
    );
  });

  it('puts bad lines into the dead-letter file and goes on', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lp-analyze-'));
    const deadLetter = join(directory, 'dead');
    const context = testContext([`{"schema":"lp/1","type":"rec\n[]\n${novel}\n`]);
    await analyze({ ...options, deadLetter }, context);
    assert.deepEqual(context.lines(), [novel]);
    const letters = readFileSync(deadLetter, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      letters.map((letter) => [letter.stage, letter.code, letter.original]),
      [
        ['analyze', 'E_JSON', '{"schema":"lp/1","type":"rec'],
        ['analyze', 'E_SCHEMA', '[]'],
      ],
    );
    assert.match(context.messages(), /2 lines could not be used/);
    await rm(directory, { recursive: true });
  });

  it('ends with status 65 when no line is an object of the wire', async () => {
    await assert.rejects(
      analyze(options, testContext(['Nov 22 13:36:00 web1 sshd[801]: hello\n'])),
      (thrown) => thrown instanceof LpError && thrown.status === 65 && /put lp-parse before lp-analyze$/.test(thrown.message),
    );
  });

  it('says so when raw lines come in', async () => {
    const context = testContext(['{"schema":"lp/1","type":"line","log":{"source":"-","offset":0},"original":"x"}\n']);
    await analyze(options, context);
    assert.match(context.messages(), /put lp-parse before/);
    assert.equal(context.lines().length, 1);
  });
});

describe('batches with ticks', () => {
  it('tick while nothing comes, and lose nothing', async () => {
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow(): AsyncGenerator<number> {
      yield 1;
      await released;
      yield 2;
    }
    const seen: (number | 'tick')[] = [];
    for await (const batch of withTicks(slow(), 5)) {
      seen.push(batch);
      if (batch === 'tick') release();
    }
    assert.deepEqual(
      seen.filter((batch) => batch !== 'tick'),
      [1, 2],
    );
    assert.ok(seen.includes('tick'));
  });

  it('end at once when the reader leaves, though nothing comes', async () => {
    async function* endless(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => {});
    }
    for await (const batch of withTicks(endless(), 5)) if (batch === 'tick') break;
  });
});
