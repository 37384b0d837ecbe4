import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request said: its cases by id, its templates, and all of its text. */
export interface Asked {
  readonly ids: readonly string[];
  readonly templates: readonly string[];
  /** The user message. */
  readonly content: string;
  /** The whole body. */
  readonly body: string;
  readonly authorization: string | undefined;
}

/** A reply: a status and a body, or something that writes to the connection itself. */
export type Reply =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | ((response: ServerResponse) => void);

/** A model on this machine that does what a test says. */
export interface ModelServer {
  readonly baseUrl: string;
  readonly asked: readonly Asked[];
  /** Answers a request that came another way. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Starts one; `answer` gets each request for a completion, with its number from 0. */
export async function startModel(answer: (asked: Asked, number: number) => Reply): Promise<ModelServer> {
  const asked: Asked[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void textOf(request).then((body) => {
      const found = read(body, request.headers.authorization);
      asked.push(found);
      const reply = answer(found, asked.length - 1);
      if (typeof reply === 'function') {
        reply(response);
        return;
      }
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
    });
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    asked,
    handle,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A verdict that nobody can object to; `changes` replace its fields. */
export function verdict(id: string, changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id,
    severity: 'WARNING',
    category: 'bruteforce',
    summary: 'Somebody tried passwords.',
    evidence: ['T1'],
    action: 'Block the address.',
    confidence: 'medium',
    injection: false,
    ...changes,
  };
}

/** A reply as OpenRouter gives it, with this content. */
export function completion(content: string, changes: Readonly<Record<string, unknown>> = {}): Reply {
  return {
    status: 200,
    body: {
      id: 'gen-1',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'openai/gpt-oss-20b',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
      usage: { prompt_tokens: 400, completion_tokens: 100, total_tokens: 500, cost: 0.0001 },
      system_fingerprint: null,
      ...changes,
    },
  };
}

/** Answers each case with one verdict. */
export function answering(changes: Readonly<Record<string, unknown>> = {}): (asked: Asked) => Reply {
  return ({ ids }) => completion(JSON.stringify({ verdicts: ids.map((id) => verdict(id, changes)) }));
}

/** Does what any text in the prompt asks for, and worse: calls everything harmless and prints what it was told. */
export function gullible({ ids, content }: Asked): Reply {
  const orders = /info|benign|harmless|resolved|nothing/i.test(content) ? 'nothing happened' : 'all is fine';
  const said = { severity: 'INFO', category: 'benign', summary: orders, confidence: 'high', evidence: ['T1', 'T2'] };
  return completion(JSON.stringify({ verdicts: ids.map((id) => verdict(id, said)) }));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function read(body: string, authorization: string | undefined): Asked {
  if (body === '') return { ids: [], templates: [], content: '', body, authorization };
  const { messages } = JSON.parse(body) as { messages: readonly { role: string; content: string }[] };
  const content = messages.find(({ role }) => role === 'user')?.content ?? '';
  const lines = content.split('\n');
  const ids = lines.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { id: string }).id);
  return { ids, templates: lines.filter((line) => /^T\d+ /.test(line)), content, body, authorization };
}
