import { at, isFields } from '../../model/decode.ts';

/** What to do after a request that brought no answer. */
export type Remedy =
  /** Ask the same again, after `waitMs` at the least. */
  | { readonly kind: 'retry'; readonly waitMs: number }
  /** Ask for half as many cases at a time. */
  | { readonly kind: 'split' }
  /** One of the cases is refused: find it, and ask for the rest. */
  | { readonly kind: 'bisect' }
  /** Ask for a shorter answer, once. */
  | { readonly kind: 'shorten'; readonly tokens: number }
  /** Ask nothing until then (wall time, in ms): forever when it is infinite. */
  | { readonly kind: 'stop'; readonly untilMs: number };

/** Why there was no answer, and what to do. */
export interface Failure {
  readonly remedy: Remedy;
  /** In one word, for `analyzer.degraded`. */
  readonly code: string;
  /** For people; without anything that the server quotes of a log. */
  readonly message: string;
  /** Whether it may have been paid for all the same. */
  readonly isMaybeBilled: boolean;
  /** What it did cost, in USD, when the server says so. */
  readonly costUsd?: number | undefined;
}

/** What a server has sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** An answer and what it cost. */
export interface Answer {
  readonly content: string;
  readonly model: string;
  readonly tokens: { readonly input: number; readonly output: number };
  /** In USD; undefined when the server does not say. */
  readonly costUsd: number | undefined;
}

/** Longest wait that is waited for; of a longer one, nothing more is asked until it is over. */
const maxWaitMs = 60_000;

const tooLong = new Set(['context_length_exceeded', 'token_limit_exceeded', 'string_too_long', 'payload_too_large']);
const refused = new Set(['content_policy_violation', 'refusal', 'moderation', 'guardrail']);

/** Reads a reply: its answer, or why it is none. Never throws. Source: OpenRouter's documentation on errors, August 2026. */
export function answerIn(reply: Reply, nowMs: number): Answer | Failure {
  const body = bodyOf(reply.text);
  const choice = firstOf(at(body, ['choices']));
  const error = at(body, ['error']) ?? at(choice, ['error']);
  if (reply.status >= 300 || error !== undefined) return failureOf(reply, error, nowMs);
  const content = at(choice, ['message', 'content']);
  const reason = at(choice, ['finish_reason']);
  const costUsd = costIn(body);
  if (typeof content !== 'string' || content.trim() === '' || reason === 'error') {
    // A model may have thought for all that it was allowed to say; an answer that broke off without a cost is not billed.
    const isMaybeBilled = costUsd !== undefined || body === undefined || (reason !== 'error' && reason !== undefined);
    return { ...failed('empty', 'the answer was empty', { kind: 'retry', waitMs: 0 }), isMaybeBilled, costUsd };
  }
  if (reason === 'content_filter')
    return { ...failed('refused', 'the answer was held back', { kind: 'bisect' }), isMaybeBilled: true, costUsd };
  const number = (...path: string[]): number => {
    const found = at(body, ['usage', ...path]);
    return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : 0;
  };
  const model = at(body, ['model']);
  return {
    content,
    model: (typeof model === 'string' && model.replace(/[^\w./:~@-]/g, '').slice(0, 100)) || 'unknown',
    tokens: { input: number('prompt_tokens'), output: number('completion_tokens') },
    costUsd,
  };
}

function costIn(body: unknown): number | undefined {
  const cost = at(body, ['usage', 'cost']);
  return typeof cost === 'number' && Number.isFinite(cost) && cost >= 0 ? cost : undefined;
}

/** A failure before there was a reply: the connection broke, or took too long. */
export function brokenConnection(code: string): Failure {
  return { ...failed('unreachable', `no reply (${code})`, { kind: 'retry', waitMs: 0 }), isMaybeBilled: true };
}

function failureOf(reply: Reply, error: unknown, nowMs: number): Failure {
  const given = at(error, ['code']) ?? at(error, ['http_status']);
  // A reply of 200 with an error in it is what the error says.
  const status = reply.status >= 300 ? reply.status : typeof given === 'number' ? given : 502;
  const type = typeOf(error);
  const message = at(error, ['message']);
  const text = typeof message === 'string' ? message : '';
  if (status < 400) return failed('config', `the server sends us elsewhere (${status}); mend --base-url`, never);
  if (refused.has(type)) return failed('refused', 'a case was refused', { kind: 'bisect' });
  if (tooLong.has(type) || status === 413 || /context length|maximum context|too long/i.test(text)) {
    return failed('too_large', 'the request was too large', { kind: 'split' });
  }
  return byStatus(status, { reply, error, type, text, nowMs });
}

interface Details {
  readonly reply: Reply;
  readonly error: unknown;
  readonly type: string;
  readonly text: string;
  readonly nowMs: number;
}

const never: Remedy = { kind: 'stop', untilMs: Number.POSITIVE_INFINITY };

function byStatus(status: number, details: Details): Failure {
  const { error, type, text, nowMs } = details;
  switch (status) {
    case 401:
      return failed('authentication', 'the key is not accepted (401); look at --api-key-file or OPENROUTER_API_KEY', never);
    case 402: {
      const afford = /can only afford (\d{1,9})/.exec(text)?.[1];
      if (afford !== undefined && Number(afford) >= 256)
        return failed('credit', 'little credit is left (402)', { kind: 'shorten', tokens: Number(afford) });
      return failed('credit', 'no credit is left (402)', { kind: 'stop', untilMs: nextDayMs(nowMs) });
    }
    case 403:
      if (type === 'region_restricted') return failed('config', 'the model may not be used from here (403)', never);
      return failed('refused', 'a case was refused (403)', { kind: 'bisect' });
    case 404:
      return failed('config', `no route to the model (404${excludedBy(error)}); look at --model`, never);
    case 408:
    case 504:
    case 524:
      return { ...failed('unavailable', `the server took too long (${status})`, waiting(details)), isMaybeBilled: true };
    case 500:
    case 502:
    case 503:
    case 529:
      return failed('unavailable', `the server is in trouble (${status})`, waiting(details));
    case 429:
      return limited(details);
    default:
      return failed('config', `the server refuses the request (${status}${type === '' ? '' : `, ${type}`})`, never);
  }
}

/** Daily limits are not waited for. */
function limited(details: Details): Failure {
  const { error, text, nowMs } = details;
  const source = at(error, ['metadata', 'limit_source']);
  if (/per-day/.test(text) || (typeof source === 'string' && source.includes('daily'))) {
    const resetMs = resetOf(details);
    return failed('rate_limit', 'the limit of the day is reached (429)', { kind: 'stop', untilMs: resetMs ?? nextDayMs(nowMs) });
  }
  return failed('rate_limit', 'too many requests (429)', waiting(details));
}

/** The longest of what the server asks for, in its three ways. */
function waiting(details: Details): Remedy {
  const { reply, error, nowMs } = details;
  const after = Number(reply.headers['retry-after']);
  const available = Number(at(error, ['availability', 'retry_after']));
  const waitMs = Math.max(0, ...[after * 1_000, available * 1_000, (resetOf(details) ?? 0) - nowMs].filter(Number.isFinite));
  return waitMs <= maxWaitMs ? { kind: 'retry', waitMs } : { kind: 'stop', untilMs: nowMs + waitMs };
}

/** The time of `X-RateLimit-Reset`, in ms since 1970. */
function resetOf({ reply, error }: Details): number | undefined {
  const inside = at(error, ['metadata', 'headers', 'X-RateLimit-Reset']);
  const reset = Number(reply.headers['x-ratelimit-reset'] ?? inside);
  return Number.isFinite(reset) && reset > 0 ? reset : undefined;
}

function typeOf(error: unknown): string {
  const found = at(error, ['metadata', 'error_type']) ?? at(error, ['error_type']) ?? at(error, ['availability', 'code']);
  if (typeof found === 'string') return wordOf(found);
  const metadata = at(error, ['metadata']);
  return isFields(metadata) && ('patterns' in metadata || 'flagged_input' in metadata) ? 'guardrail' : '';
}

function excludedBy(error: unknown): string {
  const excluded = at(error, ['availability', 'excluded_by']);
  return Array.isArray(excluded) && excluded.length > 0
    ? `, excluded by ${excluded.map((by) => wordOf(String(by))).join(' ')}`
    : '';
}

/** What a server says is not trusted with people's terminals, or their logs. */
function wordOf(text: string): string {
  return text.replace(/[^\w.-]/g, '').slice(0, 40);
}

function failed(code: string, message: string, remedy: Remedy): Failure {
  return { remedy, code, message, isMaybeBilled: false };
}

/** When the next day begins (UTC), in ms since 1970. */
export function nextDayMs(nowMs: number): number {
  return (Math.floor(nowMs / 86_400_000) + 1) * 86_400_000;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

/** The body as JSON; blanks and lines of comment may come before it. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^(?:\s*:[^\n]*\n)*\s*/, ''));
  } catch {
    return undefined;
  }
}
