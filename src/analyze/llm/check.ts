import type { Context } from '../../cli/command.ts';
import { at } from '../../model/decode.ts';
import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { Pseudonyms } from '../../redact/pseudonyms.ts';
import { loadPatterns, Redactor } from '../../redact/redactor.ts';
import { answerIn, type Failure, type Reply } from './failure.ts';
import { promptFor } from './prompt.ts';
import type { ModelSettings } from './settings.ts';
import { openTransport, type Transport } from './transport.ts';

const withinMs = 60_000;

/** Tries key, credit, model and route with one small request that holds nothing of a log. Throws `LpError` 69 or 78 saying what is wrong. */
export async function check(settings: ModelSettings, context: Context): Promise<void> {
  const say = (line: string): Promise<void> => context.output.write(Buffer.from(`${line}\n`));
  const transport = await openTransport(settings);
  try {
    await say(`server: ${settings.baseUrl}`);
    if (settings.isOpenRouter && settings.key !== undefined) await say(await creditOf(transport));
    await say(await routeOf(transport, settings));
  } finally {
    await transport.close();
  }
}

async function creditOf(transport: Transport): Promise<string> {
  const reply = await transport.get('/key', AbortSignal.timeout(withinMs));
  if ('remedy' in reply) throw unavailable(reply);
  if (reply.status === 401 || reply.status === 403) throw new LpError('the key is not accepted', exitStatus.config);
  if (reply.status !== 200) return `key: the server does not say what is left (${reply.status})`;
  const left = at(parsed(reply), ['data', 'limit_remaining']);
  return `key: accepted; ${typeof left === 'number' ? `${left.toFixed(2)} USD left of its limit` : 'no limit of its own'}`;
}

async function routeOf(transport: Transport, settings: ModelSettings): Promise<string> {
  const redactor = new Redactor({
    patterns: await loadPatterns(),
    strictness: 'strict',
    secrets: [],
    pseudonyms: new Pseudonyms(),
  });
  const { body } = promptFor({ cases: [], settings, redactor, falsePositives: [] });
  const reply = await transport.post('/chat/completions', body, AbortSignal.timeout(withinMs));
  const result = 'remedy' in reply ? reply : answerIn(reply, Date.now());
  if (!('content' in result)) throw unavailable(result);
  const cost = result.costUsd === undefined ? 'it does not say what that cost' : `that cost ${result.costUsd.toFixed(6)} USD`;
  return `model: ${result.model} answers; ${cost}`;
}

function unavailable({ message, remedy }: Failure): LpError {
  const isLasting = remedy.kind === 'stop' && remedy.untilMs === Number.POSITIVE_INFINITY;
  return new LpError(message, isLasting ? exitStatus.config : exitStatus.unavailable);
}

function parsed({ text }: Reply): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
