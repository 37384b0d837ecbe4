import { LpError, systemCodeOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import type { ApiKey } from './api-key.ts';
import { brokenConnection, type Failure, type Reply } from './failure.ts';
import type { RequestBody } from './prompt.ts';

/** Sends one request and gives what came back; never throws. */
export interface Transport {
  post(path: string, body: RequestBody, signal: AbortSignal): Promise<Reply | Failure>;
  get(path: string, signal: AbortSignal): Promise<Reply | Failure>;
  close(): Promise<void>;
}

/** Where to, and with what key. */
export interface Target {
  readonly baseUrl: string;
  readonly key: ApiKey | undefined;
  /** Whether it is on this machine, where no proxy has anything to do with it. */
  readonly isLocal: boolean;
}

/** Largest reply, in bytes. */
const maxReplyBytes = 1024 * 1024;

/**
 * The settings that outlive neither Cloudflare's idle connections nor a server that hangs. Proxies come from HTTPS_PROXY and
 * NO_PROXY. Redirects are not followed, so that the key reaches no other host.
 */
const agentOptions = {
  keepAliveTimeout: 4_000,
  keepAliveMaxTimeout: 20_000,
  connections: 2,
  pipelining: 1,
  allowH2: false,
  connect: { timeout: 10_000 },
  headersTimeout: 60_000,
  bodyTimeout: 30_000,
  maxResponseSize: maxReplyBytes,
};

/** Opens a way to the server; the HTTP client is loaded only now. Throws `LpError` 78 for a proxy that is none. */
export async function openTransport({ baseUrl, key, isLocal }: Target): Promise<Transport> {
  const { request, ...undici } = await import('undici');
  const dispatcher = isLocal ? new undici.Agent(agentOptions) : throughProxies(() => new undici.EnvHttpProxyAgent(agentOptions));
  const headers = (): Record<string, string> => ({
    accept: 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key.reveal()}` }),
  });
  const send = async (method: 'GET' | 'POST', path: string, rest: { body?: RequestBody; signal: AbortSignal }) => {
    try {
      const { body, signal } = rest;
      const content = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await request(`${baseUrl}${path}`, {
        method,
        dispatcher,
        signal,
        headers: { ...headers(), ...content },
        ...(body !== undefined && { body }),
      });
      const text = await response.body.text();
      return { status: response.statusCode, headers: headersOf(response.headers), text };
    } catch (thrown) {
      // Errors of the client may quote the request, and with it the key: only their code is told.
      return brokenConnection(codeOf(thrown));
    }
  };
  return {
    post: (path, body, signal) => send('POST', path, { body, signal }),
    get: (path, signal) => send('GET', path, { signal }),
    close: () => dispatcher.destroy(),
  };
}

function throughProxies<Result>(make: () => Result): Result {
  try {
    return make();
  } catch {
    // Not quoted, because it may hold a password.
    throw new LpError('HTTPS_PROXY or HTTP_PROXY is no URL, such as http://proxy.example:3128', exitStatus.config);
  }
}

function headersOf(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && (thrown.name === 'TimeoutError' || thrown.name === 'AbortError')) return 'timeout';
  return systemCodeOf(thrown) ?? 'connection failed';
}
