import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { ApiKey, apiKeyFrom } from '../../../../src/analyze/llm/api-key.ts';
import { type ModelOptions, modelSettings } from '../../../../src/analyze/llm/settings.ts';
import { LpError } from '../../../../src/model/error.ts';
import { modelOptions, testKey } from '../../../support/analysis.ts';

const withKey = { OPENROUTER_API_KEY: testKey };
const local = 'http://127.0.0.1:11434/v1';

function settings(given: Partial<ModelOptions>, environment: Readonly<Record<string, string>> = withKey) {
  return modelSettings({ ...modelOptions, ...given }, environment);
}

describe('the model', () => {
  it('is not asked without a key, with rules alone, or when it is off', () => {
    assert.equal(settings({}, {}), undefined);
    assert.equal(settings({ engine: 'rules' }), undefined);
    assert.equal(settings({ llm: 'off' }), undefined);
  });

  it('is asked with a key, or without one on this machine', () => {
    assert.deepEqual(settings({})?.models, ['openai/gpt-oss-20b', 'openai/gpt-5-nano']);
    assert.equal(settings({})?.isOpenRouter, true);
    const there = settings({ baseUrl: local, models: ['llama3.2'] }, {});
    assert.deepEqual([there?.isLocal, there?.isOpenRouter, there?.models], [true, false, ['llama3.2']]);
  });

  const refused: readonly (readonly [string, Partial<ModelOptions>, Readonly<Record<string, string>>, number])[] = [
    ['an engine without a key', { engine: 'llm' }, {}, 78],
    ['an engine that is switched off', { engine: 'llm', llm: 'off' }, withKey, 64],
    ['log text in the clear', { baseUrl: 'http://model.example/v1' }, withKey, 64],
    ['another kind of address', { baseUrl: 'ftp://127.0.0.1/v1' }, withKey, 64],
    ['a password in the address', { baseUrl: 'https://a:b@model.example/v1' }, withKey, 64],
    ['a key in the address', { baseUrl: 'https://model.example/v1?key=abc' }, withKey, 64],
    ['no address at all', { baseUrl: 'model' }, withKey, 64],
    ['text that is not redacted for a stranger', { redact: 'off' }, withKey, 64],
    ['a free model', { models: ['some/model:free'] }, withKey, 64],
    ['an amount that is none', { maxUsdDay: 'a lot' }, withKey, 64],
  ];
  for (const [what, given, environment, status] of refused) {
    it(`is refused ${what} with status ${status}`, () => {
      assert.throws(
        () => settings(given, environment),
        (thrown) => thrown instanceof LpError && thrown.status === status,
      );
    });
  }
});

describe('an address of a server', () => {
  it('that cannot be read is not quoted when it may hold a password', () => {
    assert.throws(
      () => settings({ baseUrl: 'https://ann:hunter2@model example/' }),
      (thrown) => thrown instanceof LpError && !thrown.message.includes('hunter2'),
    );
  });

  for (const [host, isHere] of [
    ['127.0.0.1', true],
    ['127.1', true],
    ['[::1]', true],
    ['localhost', true],
    ['[::ffff:127.0.0.1]', false],
    ['0.0.0.0', false],
    ['localhost.', false],
    ['127.0.0.1.nip.io', false],
    ['localtest.me', false],
  ] as const) {
    it(`at ${host} may ${isHere ? '' : 'not '}be sent text that is not redacted`, () => {
      const ask = () => settings({ baseUrl: `https://${host}/v1`, redact: 'off' });
      if (isHere) assert.equal(ask()?.strictness, 'off');
      else assert.throws(ask, /--redact off/);
    });
  }
});

describe('a key', () => {
  it('shows itself to nobody who does not ask for it', () => {
    const key = new ApiKey(testKey);
    for (const text of [`${key}`, JSON.stringify({ key }), inspect(key), inspect({ a: [key] }, { depth: 9, showHidden: true })]) {
      assert.ok(!text.includes(testKey), text);
    }
    assert.equal(key.reveal(), testKey);
  });

  it('is taken from a file that nobody else may read, and from no other', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lp-key-'));
    try {
      const path = join(directory, 'openrouter');
      await writeFile(path, `${testKey}\n`, { mode: 0o600 });
      assert.equal(apiKeyFrom(path, {})?.reveal(), testKey);
      assert.equal(apiKeyFrom(undefined, { CREDENTIALS_DIRECTORY: directory })?.reveal(), testKey);
      await chmod(path, 0o640);
      assert.throws(
        () => apiKeyFrom(path, {}),
        (thrown) => thrown instanceof LpError && thrown.status === 78 && !thrown.message.includes(testKey),
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('is refused when it is no single word, and not quoted then', () => {
    assert.throws(
      () => apiKeyFrom(undefined, { OPENROUTER_API_KEY: 'two secret words' }),
      (thrown) => thrown instanceof LpError && thrown.status === 78 && !thrown.message.includes('secret words'),
    );
  });
});
