import type { Case } from '../case/case.ts';
import { verdictsIn } from './answer.ts';
import type { Clock } from './clock.ts';
import { type Answer, answerIn, type Failure, nextDayMs } from './failure.ts';
import { isLocked, type ModelStore } from './model-store.ts';
import { Pace } from './pace.ts';
import type { Prompt } from './prompt.ts';
import { type Limits, maxPrice } from './settings.ts';
import type { Transport } from './transport.ts';
import type { Verdict } from './verdict.ts';

/** How long one try may take, and all tries of one batch, in ms; and how many tries there are. */
const tryMs = 60_000;
const batchMs = 150_000;
const maxTries = 4;

/** Waits before tries: twice as long each time, with full jitter. */
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/** After so many failures in a row nothing is asked for so long; then once, to see. */
const breakerFailures = 5;
const breakerMs = 60_000;

/** How often the ledger is tried while another process holds it, and how long it is left alone between, in ms. */
const ledgerTries = 25;
const ledgerWaitMs = 200;

/** What came of one case. */
export type Outcome =
  | { readonly verdict: Verdict; readonly prompt: Prompt; readonly answer: Answer; readonly share: number }
  | { readonly degraded: string };

/** What delivering needs from outside. */
export interface DeliveryContext {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly store: Pick<ModelStore, 'reserve' | 'settle'>;
  readonly limits: Limits;
  /** Whether requests cost nothing. */
  readonly isFree: boolean;
  /** Most requests in any minute; undefined when there is no such limit. */
  readonly callsMinute?: number | undefined;
  readonly promptFor: (cases: readonly Case[], maxOutputTokens?: number) => Prompt;
  /** Told once of each reason for which cases stay without a verdict. */
  readonly warn: (message: string) => void;
}

/** Brings cases to the model and verdicts back, whatever happens on the way. */
export class Delivery {
  readonly #context: DeliveryContext;
  readonly #warned = new Set<string>();
  readonly #pace: Pace | undefined;
  #failures = 0;
  /** Nothing is asked from then until then: a clock that is set back opens it. */
  #closedFromMs = 0;
  #closedUntilMs = 0;
  #closedCode = '';
  /** Requests that were sent, and what came of all of them, with or without a verdict. */
  readonly spent = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };

  constructor(context: DeliveryContext) {
    this.#context = context;
    const { callsMinute, clock } = context;
    this.#pace = callsMinute === undefined ? undefined : new Pace(callsMinute, clock);
  }

  /** One outcome for each case. Never throws; ends within its time, or when the signal is aborted. */
  async deliver(cases: readonly Case[], signal: AbortSignal): Promise<ReadonlyMap<Case, Outcome>> {
    const outcomes = new Map<Case, Outcome>();
    const deadline = this.#context.clock.nowMs() + batchMs;
    await this.#ask({ cases, deadlineMs: deadline, mayAskAgain: true }, outcomes, signal);
    for (const given of cases)
      if (!outcomes.has(given)) outcomes.set(given, { degraded: signal.aborted ? 'timeout' : 'no_answer' });
    return outcomes;
  }

  async #ask(batch: Batch, outcomes: Map<Case, Outcome>, signal: AbortSignal): Promise<void> {
    const found = await this.#try(batch, signal);
    if ('content' in found.result) {
      const missing = this.#take(found.result, found.prompt, outcomes);
      if (missing.length > 0 && batch.mayAskAgain)
        await this.#ask({ ...batch, cases: missing, mayAskAgain: false }, outcomes, signal);
      return;
    }
    const { remedy, code, message } = found.result;
    const half = Math.ceil(batch.cases.length / 2);
    if ((remedy.kind === 'split' || remedy.kind === 'bisect') && batch.cases.length > 1) {
      await this.#ask({ ...batch, cases: batch.cases.slice(0, half) }, outcomes, signal);
      await this.#ask({ ...batch, cases: batch.cases.slice(half) }, outcomes, signal);
      return;
    }
    if (remedy.kind === 'retry') this.#warn(code, `${message}; findings keep the verdict of the rules`);
    for (const given of batch.cases) outcomes.set(given, { degraded: signal.aborted ? 'timeout' : code });
  }

  #take(answer: Answer, prompt: Prompt, outcomes: Map<Case, Outcome>): readonly Case[] {
    const verdicts = verdictsIn(answer.content, prompt);
    const share = 1 / prompt.cases.size;
    const missing: Case[] = [];
    for (const given of prompt.cases.values()) {
      const verdict = verdicts.get(given);
      if (verdict === undefined) missing.push(given);
      else outcomes.set(given, { verdict, prompt, answer, share });
    }
    return missing;
  }

  /** Asks until there is an answer, or something that asking again does not help. */
  async #try({ cases, deadlineMs }: Batch, signal: AbortSignal): Promise<{ result: Answer | Failure; prompt: Prompt }> {
    const { clock, promptFor } = this.#context;
    let prompt = promptFor(cases);
    let last: Failure = degradedBy('timeout', 'time is over');
    for (let attempt = 0, isShort = false; attempt < maxTries; attempt++) {
      if (clock.nowMs() + (this.#pace?.waitMs ?? 0) < deadlineMs) await this.#pace?.turn(signal);
      if (signal.aborted || clock.nowMs() >= deadlineMs) break;
      const result = await this.#send(prompt, deadlineMs, signal);
      if ('content' in result) return { result, prompt };
      last = result;
      const { remedy } = result;
      if (remedy.kind === 'shorten' && !isShort) {
        isShort = true;
        prompt = promptFor(cases, remedy.tokens);
        continue;
      }
      if (remedy.kind === 'shorten') this.#stop(result, nextDayMs(clock.nowMs()));
      if (remedy.kind !== 'retry') break;
      const jitterMs = clock.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
      const waitMs = Math.max(jitterMs, remedy.waitMs);
      if (attempt + 1 >= maxTries || clock.nowMs() + waitMs >= deadlineMs) break;
      await clock.sleep(waitMs, signal);
    }
    return { result: last, prompt };
  }

  async #send(prompt: Prompt, deadlineMs: number, signal: AbortSignal): Promise<Answer | Failure> {
    const { clock, transport, isFree } = this.#context;
    const nowMs = clock.nowMs();
    if (nowMs >= this.#closedFromMs && nowMs < this.#closedUntilMs)
      return degradedBy(this.#closedCode, 'nothing is asked for now');
    const usd = isFree ? 0 : (prompt.inputTokens * maxPrice.prompt + prompt.maxOutputTokens * maxPrice.completion) / 1e6;
    const entry = await this.#reserve(usd, signal);
    if (entry === undefined) {
      this.#warn('budget', 'the budget for the model is spent; findings keep the verdict of the rules');
      return degradedBy('budget', 'the budget is spent');
    }
    this.spent.calls++;
    const within = clock.within(Math.min(tryMs, deadlineMs - clock.nowMs()), signal);
    const reply = await transport.post('/chat/completions', prompt.body, within);
    const result = 'remedy' in reply ? reply : answerIn(reply, clock.nowMs());
    if ('content' in result) {
      this.#settle(entry, usd, result.costUsd);
      this.spent.inputTokens += result.tokens.input;
      this.spent.outputTokens += result.tokens.output;
      this.#failures = 0;
      return result;
    }
    this.#settle(entry, usd, result.isMaybeBilled ? result.costUsd : 0);
    this.#count(result);
    return result;
  }

  /** Sets money aside; while another process holds the ledger, others go on here. */
  async #reserve(usd: number, signal: AbortSignal): Promise<number | undefined> {
    const { clock, store, limits } = this.#context;
    for (let tries = 1; ; tries++) {
      try {
        return store.reserve(usd, limits, clock.nowMs());
      } catch (thrown) {
        if (tries >= ledgerTries || signal.aborted || !isLocked(thrown)) throw thrown;
      }
      await clock.sleep(ledgerWaitMs, signal);
    }
  }

  /** Replaces what was set aside by what it cost, more or less; without a cost, or when that fails, it stays spent. */
  #settle(entry: number, reservedUsd: number, usd: number | undefined): void {
    if (usd === undefined) return;
    this.spent.costUsd += usd;
    try {
      this.#context.store.settle(entry, reservedUsd, usd);
    } catch {
      // The answer is there all the same, and the ledger says too much rather than too little.
    }
  }

  /** Stops asking after too many failures in a row, or when the server says so. */
  #count(failure: Failure): void {
    const { remedy, code, message } = failure;
    const nowMs = this.#context.clock.nowMs();
    if (remedy.kind === 'stop') this.#stop(failure, remedy.untilMs);
    else if (remedy.kind === 'retry' && ++this.#failures >= breakerFailures) {
      this.#close(code, nowMs + breakerMs);
      this.#failures = breakerFailures - 1;
      this.#warn(code, `${message}; the model is not asked for a minute`);
    }
  }

  #stop({ code, message }: Failure, untilMs: number): void {
    this.#close(code, untilMs);
    this.#warn(code, `${message}; findings keep the verdict of the rules`);
  }

  #close(code: string, untilMs: number): void {
    this.#closedFromMs = this.#context.clock.nowMs();
    this.#closedUntilMs = untilMs;
    this.#closedCode = code;
  }

  #warn(code: string, message: string): void {
    if (this.#warned.has(code)) return;
    this.#warned.add(code);
    this.#context.warn(message);
  }
}

interface Batch {
  readonly cases: readonly Case[];
  readonly deadlineMs: number;
  readonly mayAskAgain: boolean;
}

/** What keeps a request from being sent. */
function degradedBy(code: string, message: string): Failure {
  return { code, message, isMaybeBilled: false, remedy: { kind: 'stop', untilMs: 0 } };
}
