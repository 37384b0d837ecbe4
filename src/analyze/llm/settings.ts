import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import type { Strictness } from '../../redact/redactor.ts';
import { type ApiKey, apiKeyFrom } from './api-key.ts';

/** What the command line says of the model. */
export interface ModelOptions {
  readonly engine: string;
  readonly llm: string;
  readonly models: readonly string[];
  readonly baseUrl: string;
  readonly apiKeyFile: string | undefined;
  readonly redact: string;
  readonly deadlineMs: number;
  readonly maxUsdDay: string;
  readonly maxUsdRun: string | undefined;
  readonly maxCallsHour: number;
  readonly isFreeAllowed: boolean;
  readonly isDryRun: boolean;
  readonly state: string | undefined;
  readonly isSpooling: boolean;
  readonly feedback: string | undefined;
}

/** How the model is asked. */
export interface ModelSettings {
  readonly key: ApiKey | undefined;
  readonly baseUrl: string;
  /** Whether it is OpenRouter, or speaks as it does: routing and price limits are understood. */
  readonly isOpenRouter: boolean;
  /** Whether it is on this machine. */
  readonly isLocal: boolean;
  readonly models: readonly string[];
  readonly choice: 'auto' | 'all';
  readonly strictness: Strictness;
  readonly deadlineMs: number;
  readonly limits: Limits;
  readonly isDryRun: boolean;
}

/** What may be spent. */
export interface Limits {
  readonly usdDay: number;
  readonly usdRun: number;
  readonly callsHour: number;
}

/** Small models that keep to a schema and cost cents. Source: OpenRouter's list of models, November 2026. */
const defaultModels: readonly string[] = ['openai/gpt-oss-20b', 'openai/gpt-5-nano'];

/** The most that a route may ask, in USD for a million tokens: twice what the default models cost. */
export const maxPrice = { prompt: 0.2, completion: 0.8 };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settles how the model is asked; undefined when it is not to be asked. Throws `LpError` 64 or 78 for what contradicts itself or is
 * not safe.
 */
export function modelSettings(options: ModelOptions, environment: Environment): ModelSettings | undefined {
  const { engine, llm } = options;
  if (engine === 'rules' || llm === 'off') {
    if (engine === 'llm') throw new LpError('--engine llm and --llm off contradict each other', exitStatus.usage);
    return undefined;
  }
  const url = urlOf(options.baseUrl);
  const isLocal = isLoopback(url);
  const key = apiKeyFrom(options.apiKeyFile, environment);
  const isAsked = engine === 'llm' || options.isDryRun;
  if (key === undefined && !isLocal && !options.isDryRun) {
    if (!isAsked) return undefined;
    const advice =
      'put it into a file and give --api-key-file FILE, or set OPENROUTER_API_KEY; or name a server of your own with --base-url';
    throw new LpError(`--engine llm needs a key: ${advice}`, exitStatus.config);
  }
  if (options.redact === 'off' && !isLocal) {
    throw new LpError('--redact off is for a server on this machine only (--base-url http://127.0.0.1:…)', exitStatus.usage);
  }
  return {
    key,
    baseUrl: url.href.replace(/\/+$/, ''),
    isOpenRouter: isOpenRouter(url),
    isLocal,
    models: modelsOf(options),
    choice: llm === 'all' ? 'all' : 'auto',
    strictness: options.redact === 'off' ? 'off' : options.redact === 'standard' ? 'standard' : 'strict',
    deadlineMs: options.deadlineMs,
    limits: {
      usdDay: usdOf(options.maxUsdDay, '--max-usd-day'),
      usdRun: options.maxUsdRun === undefined ? Number.POSITIVE_INFINITY : usdOf(options.maxUsdRun, '--max-usd-run'),
      callsHour: options.maxCallsHour,
    },
    isDryRun: options.isDryRun,
  };
}

/** Whether a model costs nothing, by its id: such models have limits of their own. */
export function isFreeModel(model: string): boolean {
  return model.endsWith(':free') || model === 'openrouter/free';
}

function modelsOf({ models, isFreeAllowed }: ModelOptions): readonly string[] {
  const named = models.length > 0 ? models : defaultModels;
  const free = named.find(isFreeModel);
  if (free === undefined || isFreeAllowed) return named;
  throw new LpError(
    `${free}: free models may keep what they are sent; say --allow-free-models if that is all right`,
    exitStatus.usage,
  );
}

function urlOf(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // What looks like a password is not quoted.
    throw new LpError(
      `--base-url: ${text.includes('@') ? 'it' : `"${text}"`} is no URL; give one such as http://127.0.0.1:11434/v1`,
      exitStatus.usage,
    );
  }
  if (url.username !== '' || url.password !== '') throw new LpError('--base-url must hold no password', exitStatus.usage);
  if (url.search !== '' || url.hash !== '')
    throw new LpError('--base-url must end with its path: no ? or #; the key goes into --api-key-file', exitStatus.usage);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url;
  throw new LpError(
    `--base-url: ${url.protocol}//${url.host} would send log text and the key in the clear; use https`,
    exitStatus.usage,
  );
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Its own hosts, and servers that take its place under its path. */
function isOpenRouter({ hostname, pathname }: URL): boolean {
  return hostname === 'openrouter.ai' || hostname.endsWith('.openrouter.ai') || pathname.startsWith('/api/v1');
}

function usdOf(text: string, option: string): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new LpError(`${option}: "${text}" is not an amount in USD, such as 0.10`, exitStatus.usage);
}
