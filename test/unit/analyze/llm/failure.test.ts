import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Answer, answerIn, type Failure, type Remedy } from '../../../../src/analyze/llm/failure.ts';

const nowMs = Date.UTC(2026, 10, 22, 18);
const midnightMs = Date.UTC(2026, 10, 23);
const never: Remedy = { kind: 'stop', untilMs: Number.POSITIVE_INFINITY };
const again: Remedy = { kind: 'retry', waitMs: 0 };

function read(status: number, body: unknown, headers: Record<string, string> = {}): Answer | Failure {
  return answerIn({ status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) }, nowMs);
}

const error = (code: number, message = '', metadata: object = {}) => ({ error: { code, message, metadata } });

/** Each row of the table of errors in OpenRouter's documentation, and what is to be done. */
const rows: readonly (readonly [what: string, got: Answer | Failure, remedy: Remedy, code: string])[] = [
  ['an unknown model', read(400, error(400, '', { error_type: 'model_not_found' })), never, 'config'],
  ['too many tokens', read(400, error(400, '', { error_type: 'context_length_exceeded' })), { kind: 'split' }, 'too_large'],
  [
    'too many tokens in words',
    read(400, error(400, "This model's maximum context length is 8192")),
    { kind: 'split' },
    'too_large',
  ],
  ['a body that is too large', read(413, error(413)), { kind: 'split' }, 'too_large'],
  ['a policy on content', read(400, error(400, '', { error_type: 'content_policy_violation' })), { kind: 'bisect' }, 'refused'],
  ['a key that is not accepted', read(401, error(401, 'No auth credentials found')), never, 'authentication'],
  ['no credit', read(402, error(402, 'Insufficient credits')), { kind: 'stop', untilMs: midnightMs }, 'credit'],
  [
    'little credit',
    read(402, error(402, 'You requested up to 5000 tokens, but can only afford 900')),
    { kind: 'shorten', tokens: 900 },
    'credit',
  ],
  ['moderation', read(403, error(403, 'flagged', { reasons: ['x'], flagged_input: 'text' })), { kind: 'bisect' }, 'refused'],
  ['a guardrail', read(403, error(403, 'Request blocked', { patterns: ['ignore'] })), { kind: 'bisect' }, 'refused'],
  ['a region', read(403, error(403, '', { error_type: 'region_restricted' })), never, 'config'],
  [
    'no endpoint',
    read(404, { error: { availability: { code: 'no_endpoints', excluded_by: ['zdr', 'price'] } } }),
    never,
    'config',
  ],
  ['a timeout there', read(408, error(408)), again, 'unavailable'],
  ['a gateway timeout', read(504, error(504)), again, 'unavailable'],
  ['a timeout of Cloudflare', read(524, 'error code: 524'), again, 'unavailable'],
  ['a fault there', read(500, error(500)), again, 'unavailable'],
  ['a provider that is down', read(502, error(502)), again, 'unavailable'],
  ['an overload', read(529, error(529)), again, 'unavailable'],
  ['a wait in a header', read(503, error(503), { 'retry-after': '7' }), { kind: 'retry', waitMs: 7_000 }, 'unavailable'],
  [
    'a wait in the body',
    read(503, { error: { code: 503, availability: { retry_after: 9 } } }),
    { kind: 'retry', waitMs: 9_000 },
    'unavailable',
  ],
  [
    'a limit for a minute',
    read(429, error(429, 'free-models-per-min'), { 'retry-after': '20' }),
    { kind: 'retry', waitMs: 20_000 },
    'rate_limit',
  ],
  [
    'a limit with its end',
    read(429, error(429, '', { headers: { 'X-RateLimit-Reset': String(nowMs + 30_000) } })),
    { kind: 'retry', waitMs: 30_000 },
    'rate_limit',
  ],
  [
    'a wait that is too long',
    read(429, error(429), { 'retry-after': '600' }),
    { kind: 'stop', untilMs: nowMs + 600_000 },
    'rate_limit',
  ],
  [
    'a limit of the day',
    read(429, error(429, 'Rate limit exceeded: free-models-per-day', { headers: { 'X-RateLimit-Reset': String(nowMs + 5e6) } })),
    { kind: 'stop', untilMs: nowMs + 5e6 },
    'rate_limit',
  ],
  [
    'a limit of the day without its end',
    read(429, error(429, '', { limit_source: 'openrouter_free_tier_daily' })),
    { kind: 'stop', untilMs: midnightMs },
    'rate_limit',
  ],
  ['a request that is not understood', read(422, error(422)), never, 'config'],
  ['a redirect', read(302, ''), never, 'config'],
  ['an error in a reply of 200', read(200, error(429, '')), again, 'rate_limit'],
  ['an error without a code in a reply of 200', read(200, { error: { message: 'x' } }), again, 'unavailable'],
  ['an error in the choice', read(200, { choices: [{ error: { code: 502 } }] }), again, 'unavailable'],
  ['an answer that broke off', read(200, { choices: [{ finish_reason: 'error', message: { content: '{' } }] }), again, 'empty'],
  ['an empty answer', read(200, { choices: [{ finish_reason: 'stop', message: { content: '' } }] }), again, 'empty'],
  ['no choices', read(200, { choices: null }), again, 'empty'],
  ['half a reply', read(200, '{"choices":[{"mess'), again, 'empty'],
  [
    'a filter on content',
    read(200, { choices: [{ finish_reason: 'content_filter', message: { content: 'x' } }] }),
    { kind: 'bisect' },
    'refused',
  ],
];

/** The types of errors that the documentation lists for a status, and what is to be done. Source: OpenRouter, August 2026. */
const types: readonly (readonly [status: number, types: string, remedy: Remedy, code: string])[] = [
  [400, 'invalid_request invalid_prompt model_not_found wrong_endpoint', never, 'config'],
  [400, 'context_length_exceeded token_limit_exceeded string_too_long payload_too_large', { kind: 'split' }, 'too_large'],
  [413, 'context_length_exceeded token_limit_exceeded string_too_long payload_too_large', { kind: 'split' }, 'too_large'],
  [400, 'content_policy_violation refusal', { kind: 'bisect' }, 'refused'],
  [401, 'authentication', never, 'authentication'],
  [402, 'payment_required', { kind: 'stop', untilMs: midnightMs }, 'credit'],
  [403, 'moderation guardrail', { kind: 'bisect' }, 'refused'],
  [403, 'region_restricted', never, 'config'],
  [404, 'no_endpoints model_deprecated privacy_restricted constraint_filtered free_variant_ended', never, 'config'],
  [408, 'timeout', again, 'unavailable'],
  [504, 'timeout', again, 'unavailable'],
  [524, 'timeout', again, 'unavailable'],
  [429, 'rate_limit_exceeded capacity_exhausted', again, 'rate_limit'],
  [500, 'server', again, 'unavailable'],
  [502, 'provider_unavailable', again, 'unavailable'],
  [503, 'provider_overloaded temporarily_unavailable', again, 'unavailable'],
  [529, 'provider_overloaded', again, 'unavailable'],
];
/** Where a type may stand. */
const places: Readonly<Record<string, (status: number, type: string) => object>> = {
  'its metadata': (status, type) => error(status, '', { error_type: type }),
  'its availability': (status, type) => ({ error: { http_status: status, availability: { code: type } } }),
  'the error itself': (status, type) => ({ error: { http_status: status, error_type: type } }),
};

describe('an error', () => {
  for (const [status, names, remedy, code] of types) {
    for (const type of names.split(' ')) {
      it(`of ${status} and type ${type} leads to ${remedy.kind}, wherever its type stands, in a reply of 200 too`, () => {
        for (const place of Object.values(places)) {
          for (const outer of [status, 200]) {
            const got = read(outer, place(status, type));
            assert.ok('remedy' in got);
            assert.deepEqual([got.remedy, got.code], [remedy, code]);
          }
        }
      });
    }
  }
});

const thought = { choices: [{ finish_reason: 'length', message: { content: '' } }], usage: { cost: 0.002 } };
const heldBack = { finish_reason: 'content_filter', message: { content: 'x' } };

describe('a reply', () => {
  for (const [what, got, remedy, code] of rows) {
    it(`with ${what} leads to ${remedy.kind}`, () => {
      assert.ok('remedy' in got);
      assert.deepEqual(got.remedy, remedy);
      assert.equal(got.code, code);
    });
  }

  const billed: readonly (readonly [what: string, got: Answer | Failure, isMaybeBilled: boolean, costUsd?: number])[] = [
    ['that the model thought for all it was allowed to say', read(200, thought), true, 0.002],
    ['that an answer was cut off on its way', read(200, '{"choices":[{"mess'), true],
    ['that an answer was held back', read(200, { ...thought, choices: [heldBack] }), true, 0.002],
    ['that the gateway waited no longer', read(504, error(504)), true],
    ['that the answer broke off', read(200, { choices: [{ finish_reason: 'error', message: { content: '' } }] }), false],
    ['that the provider is down', read(503, error(503)), false],
    ['that the key is not accepted', read(401, error(401)), false],
  ];
  for (const [what, got, isMaybeBilled, costUsd] of billed) {
    it(`that says ${what} may ${isMaybeBilled ? '' : 'not '}have been paid for`, () => {
      assert.ok('remedy' in got);
      assert.equal(got.isMaybeBilled, isMaybeBilled);
      assert.equal(got.costUsd, costUsd);
    });
  }

  it('with an answer gives it and its cost, behind comment lines too', () => {
    const body = {
      model: 'm',
      choices: [{ message: { content: '{}' } }],
      usage: { prompt_tokens: 3, completion_tokens: 4, cost: 0.5 },
    };
    const got = read(200, `: OPENROUTER PROCESSING\n\n${JSON.stringify(body)}`);
    assert.deepEqual(got, { content: '{}', model: 'm', tokens: { input: 3, output: 4 }, costUsd: 0.5 });
  });

  it('of a model whose name is none has a name that may be shown', () => {
    for (const [model, shown] of [
      ['~openai/gpt-luna:free', '~openai/gpt-luna:free'],
      ['a\u001b[2J<img src=x>', 'a2Jimgsrcx'],
      ['\u202e', 'unknown'],
      [7, 'unknown'],
    ]) {
      const got = read(200, { model, choices: [{ message: { content: '{}' } }] });
      assert.ok('content' in got);
      assert.equal(got.model, shown);
    }
  });

  it('that quotes a log is not quoted', () => {
    const got = read(403, error(403, 'secret-text', { flagged_input: 'secret-text' }));
    assert.ok(!JSON.stringify(got).includes('secret-text'));
  });
});
