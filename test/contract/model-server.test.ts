import assert from 'node:assert/strict';
import { readdir, readFile, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { LLMock } from '@copilotkit/aimock';
import { ChatRequest$outboundSchema, ChatResult$inboundSchema } from '@openrouter/sdk/models';
import { evaluate } from '../../src/analyze/llm/evaluate.ts';
import { type ModelOptions, modelSettings } from '../../src/analyze/llm/settings.ts';
import type { Finding } from '../../src/model/envelope.ts';
import { analysisOf, makeState, modelOptions, testKey } from '../support/analysis.ts';
import { testContext } from '../support/context.ts';
import { answering, completion, type ModelServer, type Reply, startModel, verdict } from '../support/model-server.ts';
import { ended, run, start } from '../support/process.ts';
import { failedLogin, record } from '../support/records.ts';

const attack = [0, 1, 2, 3, 4, 5].map((second) => failedLogin(second));
const input = attack.map((record) => `${JSON.stringify(record)}\n`).join('');
let server: ModelServer | undefined;
let state: Awaited<ReturnType<typeof makeState>>;

beforeEach(async () => {
  state = await makeState();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await state.remove();
});

/** Analyses the attack with a key against this server, and with these options. */
async function analyzed(answer: Parameters<typeof startModel>[0], given: Partial<ModelOptions> = {}) {
  server ??= await startModel(answer);
  return analysisOf(attack, { baseUrl: server.baseUrl, state: state.path, ...given });
}

/** The same with names as programs write them; what is a schema, or data, stays. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const shown = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [shown, name === 'schema' ? inner : camelCased(inner)] as const;
  });
  return Object.fromEntries(entries);
}

function findingsIn(output: string): readonly Finding[] {
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe('lp-analyze with a model', () => {
  it('writes a finding at once, and again with the verdict', async () => {
    const { output } = await analyzed(answering({ severity: 'CRITICAL', summary: 'Guessing at <ip-1:public>.' }));
    const findings = findingsIn(output);
    assert.deepEqual(new Set(findings.map(({ id }) => id)).size, 1);
    assert.equal(findings[0]?.analyzer.engine, 'rules');
    assert.equal(findings.at(-1)?.analyzer.engine, 'llm');
    assert.equal(findings.at(-1)?.severity, 'CRITICAL');
    assert.match(findings.at(-1)?.summary ?? '', / Model: Guessing at 203\.0\.113\.5\.$/);
  });

  it('asks nothing when the same log comes again', async () => {
    await analyzed(answering());
    const { output } = await analyzed(answering());
    assert.equal(server?.asked.length, 1);
    assert.equal(findingsIn(output).at(-1)?.analyzer.engine, 'cache');
  });

  it('sends what the interface of OpenRouter takes, with the key in the header alone', async () => {
    await analyzed(answering());
    const [asked] = server?.asked ?? [];
    const request = JSON.parse(asked?.body ?? '{}');
    assert.equal(request.provider.zdr, true);
    assert.equal(request.response_format.json_schema.strict, true);
    assert.deepEqual(request.models, ['openai/gpt-oss-20b', 'openai/gpt-5-nano']);
    assert.equal(asked?.authorization, `Bearer ${testKey}`);
    // The makers' own schema takes camelCase and gives the wire's names: nothing is left out that it knows.
    const parsed = ChatRequest$outboundSchema.parse(camelCased(request));
    const { stream, ...sent } = JSON.parse(JSON.stringify(parsed));
    assert.deepEqual(sent, request);
    assert.ok(!stream);
  });

  it('gets replies that fit the schema of the makers', () => {
    const reply = completion(JSON.stringify({ verdicts: [verdict('c1')] }));
    assert.ok(typeof reply === 'object' && ChatResult$inboundSchema.safeParse(reply.body).success);
  });

  it('takes no more from another kind of server than it understands', async () => {
    server = await startModel(answering());
    const baseUrl = server.baseUrl.replace('/api/v1', '/v1');
    await analyzed(answering(), { baseUrl, models: ['llama3.2'] });
    const request = JSON.parse(server.asked[0]?.body ?? '{}');
    assert.deepEqual(Object.keys(request), ['model', 'messages', 'response_format', 'max_tokens']);
  });

  const faults: Readonly<Record<string, readonly [reply: Reply, degraded: string]>> = {
    'a key that is refused': [{ status: 401, body: { error: { code: 401 } } }, 'authentication'],
    'no credit': [{ status: 402, body: { error: { code: 402 } } }, 'credit'],
    'a case that is refused': [{ status: 403, body: { error: { code: 403 } } }, 'refused'],
    'no route': [{ status: 404, body: { error: { code: 404 } } }, 'config'],
    'an answer in prose': [completion('I am sorry.'), 'no_answer'],
    'an answer that is cut off': [completion('{"verdicts":[{"id":"c'), 'no_answer'],
    'a server that never answers': [() => {}, 'timeout'],
    'a server that trickles': [
      (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(timer));
      },
      'timeout',
    ],
    'a connection that breaks': [(response) => response.destroy(), 'timeout'],
    'a reply without end': [
      (response) => {
        response.writeHead(200);
        response.end(' '.repeat(3 * 1024 * 1024));
      },
      'timeout',
    ],
    'a reply that unpacks to a gigabyte': [
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(
          gzipSync(Buffer.alloc(8 * 1024 * 1024))
            .toString('latin1')
            .repeat(100),
          'latin1',
        );
      },
      'timeout',
    ],
    'a reply of brackets': [{ status: 200, body: '['.repeat(1_000_000) }, 'timeout'],
  };
  for (const [what, [reply, degraded]] of Object.entries(faults)) {
    it(`keeps the verdict of the rules after ${what}, and says why`, async () => {
      const { output, messages } = await analyzed(() => reply, { deadlineMs: 700 });
      const last = findingsIn(output).at(-1);
      assert.equal(last?.severity, 'ERROR');
      assert.ok(['timeout', degraded].includes(String(last?.analyzer['degraded'])), String(last?.analyzer['degraded']));
      if (degraded !== 'timeout') assert.equal(last?.analyzer['degraded'], degraded);
      assert.ok(!`${output}${messages}`.includes(testKey));
    });
  }

  it('follows no redirect, with the key or without', async () => {
    const other = await startModel(answering());
    try {
      const headers = { location: `${other.baseUrl}/chat/completions` };
      const { output } = await analyzed(() => ({ status: 307, body: '', headers }));
      assert.equal(findingsIn(output).at(-1)?.analyzer['degraded'], 'config');
      assert.deepEqual([server?.asked.length, other.asked.length], [1, 0]);
    } finally {
      await other.close();
    }
  });

  it('takes an answer in a fence', async () => {
    const { output } = await analyzed(({ ids }) =>
      completion(`\`\`\`json\n${JSON.stringify({ verdicts: ids.map((id) => verdict(id)) })}\n\`\`\``),
    );
    assert.equal(findingsIn(output).at(-1)?.analyzer.engine, 'llm');
  });

  it('sends nothing when nothing may be spent', async () => {
    const { output, messages } = await analyzed(answering(), { maxUsdDay: '0' });
    assert.equal(server?.asked.length, 0);
    assert.equal(findingsIn(output).at(-1)?.analyzer['degraded'], 'budget');
    assert.match(messages, /budget/);
  });

  it('shows what it would send, and sends nothing', async () => {
    const { output, messages } = await analyzed(answering(), { isDryRun: true });
    assert.equal(server?.asked.length, 0);
    assert.equal(output.split('\n').length, 1);
    assert.match(JSON.parse(output).messages[1].content, /^CASES$/m);
    assert.match(messages, /1 requests with 1 cases .* nothing was sent/);
    assert.ok(!output.includes('203.0.113.5') && !`${output}${messages}`.includes(testKey));
  });

  it('tells the model of false alarms, and leaves the severity', async () => {
    const path = join(state.path, 'alarms');
    await writeFile(
      path,
      `${JSON.stringify({ rule: { name: 'lp.ssh_bruteforce' }, entity: { type: 'ip', value: '203.0.113.5' }, triage: { reason: 'our own monitoring' } })}\n`,
    );
    const { output } = await analyzed(answering({ severity: 'INFO' }), { feedback: path });
    assert.match(server?.asked[0]?.content ?? '', /KNOWN FALSE ALARMS\n.*our.own.monitoring/);
    assert.equal(findingsIn(output).at(-1)?.severity, 'ERROR');
  });

  it('ends within its time when it is stopped while it waits', async () => {
    server = await startModel(() => () => {});
    const child = start('analyze', ['--base-url', server.baseUrl, '--state', state.path], {
      env: { OPENROUTER_API_KEY: testKey },
    });
    const end = ended(child);
    child.stdin?.end(input);
    while (server.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGTERM');
    const { status, output } = await end;
    assert.equal(status, 143);
    assert.equal(findingsIn(output).at(-1)?.analyzer['degraded'], 'timeout');
  });

  it('leaves the key in none of its files, and in no report of a crash', async () => {
    server = await startModel(() => () => {});
    const child = start('analyze', ['--base-url', server.baseUrl, '--state', state.path], {
      env: { OPENROUTER_API_KEY: testKey, NODE_OPTIONS: `--report-on-signal --report-directory=${state.path}` },
    });
    const end = ended(child);
    child.stdin?.end(input);
    while (server.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(!(await readFile(`/proc/${child.pid}/cmdline`)).includes(testKey));
    const reports = watch(state.path);
    child.kill('SIGUSR2');
    for await (const { filename } of reports) if (filename?.startsWith('report.')) break;
    child.kill('SIGTERM');
    const { output, errors } = await end;
    assert.ok(!`${output}${errors}`.includes(testKey));
    const files = await readdir(state.path);
    assert.ok(files.includes('model.db') && files.some((file) => file.startsWith('report.')));
    for (const file of files) assert.ok(!(await readFile(join(state.path, file))).includes(testKey), file);
  });
});

describe('lp-analyze --check', () => {
  it('says that the key is not accepted, with status 78', async () => {
    server = await startModel(() => ({ status: 401, body: { error: { code: 401 } } }));
    const options = ['--base-url', server.baseUrl, '--check'];
    const { status, errors } = await run('analyze', options, '', { env: { OPENROUTER_API_KEY: testKey } });
    assert.equal(status, 78);
    assert.match(errors, /the key is not accepted/);
  });
});

describe('lp-analyze --eval', () => {
  const harmless = record({ message: 'cart failed for now', process: { name: 'shopd' } });
  const labelled = [
    { severity: 'ERROR', records: attack },
    { severity: 'WARNING', records: [harmless] },
    { severity: 'INFO', records: [record({ message: 'all is well' })] },
  ];

  async function evaluated(lines: readonly unknown[]) {
    server = await startModel(answering({ severity: 'WARNING' }));
    const path = join(state.path, 'cases');
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const options = { ...modelOptions, baseUrl: server.baseUrl, state: state.path, engine: 'llm' };
    const settings = modelSettings(options, { OPENROUTER_API_KEY: testKey }) ?? assert.fail();
    const context = testContext([]);
    await evaluate(path, { settings, options }, context);
    return context.lines();
  }

  it('says how often rules and model are right, and what it cost', async () => {
    const lines = await evaluated(labelled);
    assert.deepEqual(lines, [
      '3 cases; found means WARNING or worse',
      'rules alone:     precision 100.0 %, recall 50.0 % (1 found, 1 missed, 0 false alarms)',
      'with the model:  precision 100.0 %, recall 100.0 % (2 found, 0 missed, 0 false alarms)',
      '2 requests, 0 answered before, 0.000200 USD',
    ]);
  });

  it('says which line of its file is wrong', async () => {
    await assert.rejects(evaluated([{ severity: 'SEVERE', records: [] }]), /cases:1: expected/);
  });
});

describe('with the mock of OpenRouter', () => {
  const mock = new LLMock({ port: 0 });
  before(() => mock.start());
  after(() => mock.stop());

  it('has a case judged', async () => {
    mock.onMessage(/CASES/, { content: '{"verdicts":[]}' });
    const { output } = await analysisOf(attack, { baseUrl: `${mock.url}/api/v1`, state: state.path });
    assert.equal(mock.getRequests().length, 2);
    assert.equal(findingsIn(output).at(-1)?.analyzer['degraded'], 'no_answer');
  });
});
