import type { Finding, LogRecord } from '../../model/envelope.ts';
import type { RedactPattern } from '../../redact/pattern.ts';
import { Pseudonyms } from '../../redact/pseudonyms.ts';
import { Redactor } from '../../redact/redactor.ts';
import { type Case, leadsOf } from '../case/case.ts';
import { CaseBuilder } from '../case/case-builder.ts';
import type { TemplateMiner } from '../template/miner.ts';
import { named } from './answer.ts';
import { cacheKey, forKeeping, fromKept, isKeepable } from './cache-key.ts';
import type { Clock } from './clock.ts';
import { Delivery, type Outcome } from './delivery.ts';
import type { Feedback } from './feedback.ts';
import { injectionFinding } from './injection-finding.ts';
import type { ModelStore } from './model-store.ts';
import { type Prompt, promptFor } from './prompt.ts';
import type { ModelSettings } from './settings.ts';
import type { Transport } from './transport.ts';
import { type Judgement, withJudgement } from './verdict.ts';
import { isWorthAsking, worthOf } from './worth.ts';

/** Most cases of one request, and about how many tokens they may take. */
const maxBatch = 40;
const maxBatchTokens = 6_000;

/** Most cases that wait to be asked: of more, those worth least keep the verdict of the rules. */
const maxWaiting = 2_000;

/** How many requests are under way at a time. */
const maxUnderWay = 2;

/** Most findings that are remembered with their verdict, for when they grow. */
const maxRemembered = 20_000;

/** What judging needs from outside. */
export interface JudgeContext {
  readonly settings: ModelSettings;
  readonly transport: Transport;
  readonly store: ModelStore;
  readonly clock: Clock;
  readonly patterns: readonly RedactPattern[];
  readonly miner: TemplateMiner;
  readonly feedback: Feedback;
  /** Takes findings that have changed by a verdict, or for want of one. */
  readonly emit: (finding: Finding) => void;
  readonly warn: (message: string) => void;
}

/** What one run came to. */
export interface Totals {
  calls: number;
  cases: number;
  cached: number;
  degraded: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

/**
 * Puts cases to the model beside the rules' work: findings are out before, and come again with the same id when there is a verdict,
 * or when it is sure that there will be none.
 */
export class Judge {
  readonly totals: Totals = { calls: 0, cases: 0, cached: 0, degraded: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  readonly #context: JudgeContext;
  readonly #builder: CaseBuilder;
  readonly #delivery: Delivery;
  readonly #stopping = new AbortController();
  readonly #verdicts = new Map<string, Judgement>();
  /** The newest state of findings, because a case holds that of when it was closed. */
  readonly #newest = new Map<string, Finding>();
  #seen: Finding[] = [];
  #waiting: Case[] = [];
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: JudgeContext) {
    this.#context = context;
    const { clock, settings, transport, store, warn } = context;
    const now = (): Date => new Date(clock.nowMs());
    this.#builder = new CaseBuilder({ now, miner: context.miner, emit: (given) => this.#queue(given) });
    this.#delivery = new Delivery({
      transport,
      clock,
      store,
      limits: settings.limits,
      isFree: !settings.isOpenRouter,
      promptFor: (cases, tokens) => this.promptFor(cases, tokens),
      warn,
    });
  }

  /** The finding as it stands: with the verdict that it has had, if it has had one. */
  see(finding: Finding): Finding {
    this.#seen.push(finding);
    this.#newest.set(finding.id, finding);
    forgetBeyond(this.#newest);
    const known = this.#verdicts.get(finding.id);
    return known === undefined ? finding : withJudgement(finding, known);
  }

  /** Takes a record in; `isKnown` says whether a rule has matched it. */
  take(record: LogRecord, isKnown: boolean): void {
    this.#builder.take(record, isKnown);
    this.#passSeen();
  }

  /** Closes what is over, and asks. Returns at once. */
  refresh(): void {
    this.#passSeen();
    this.#builder.closeDue();
    this.#send();
  }

  /** Asks about all that is left, and waits for so long at the most: then every case has a verdict, or says why not. */
  async end(deadlineMs: number): Promise<void> {
    this.#passSeen();
    this.#builder.end();
    const timer = this.#context.clock.sleep(deadlineMs, this.#stopping.signal).then(() => this.#stopping.abort());
    this.#send();
    while (this.#underWay.size > 0) {
      await Promise.race(this.#underWay);
      this.#send();
    }
    this.#stopping.abort();
    await timer;
    this.totals.calls = this.#delivery.calls;
  }

  /** The request for cases, as it would be sent. */
  promptFor(cases: readonly Case[], maxOutputTokens?: number): Prompt {
    const { settings, patterns, feedback } = this.#context;
    const secrets = settings.key === undefined ? [] : [settings.key.reveal()];
    const redactor = new Redactor({ patterns, strictness: settings.strictness, secrets, pseudonyms: new Pseudonyms() });
    return promptFor({
      cases,
      settings,
      redactor,
      falsePositives: feedback.told,
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    });
  }

  /** The cases that wait, in batches as they would be sent; they wait no more. */
  *batches(): Generator<readonly Case[], void> {
    const { feedback } = this.#context;
    this.#waiting.sort((a, b) => worthOf(b, feedback) - worthOf(a, feedback));
    while (this.#waiting.length > 0) {
      let batch = this.#waiting.slice(0, maxBatch);
      while (batch.length > 1 && this.promptFor(batch).inputTokens > maxBatchTokens)
        batch = batch.slice(0, Math.ceil(batch.length / 2));
      this.#waiting = this.#waiting.slice(batch.length);
      yield batch;
    }
  }

  /** Waits no longer: what has no verdict now gets none. */
  cut(): void {
    this.#stopping.abort();
  }

  /** Closes all cases, without asking. */
  closeAll(): void {
    this.#passSeen();
    this.#builder.end();
  }

  #passSeen(): void {
    for (const finding of this.#seen) this.#builder.see(finding);
    this.#seen = [];
  }

  #queue(given: Case): void {
    if (this.#context.settings.choice === 'auto' && !isWorthAsking(given)) return;
    this.totals.cases++;
    const kept = this.#keptFor(given);
    if (kept !== undefined) {
      this.totals.cached++;
      this.#apply(given, kept);
      return;
    }
    this.#waiting.push(given);
    if (this.#waiting.length <= maxWaiting) return;
    const { feedback } = this.#context;
    this.#waiting.sort((a, b) => worthOf(b, feedback) - worthOf(a, feedback));
    for (const lesser of this.#waiting.splice(maxWaiting / 2)) this.#degrade(lesser, 'overflow');
  }

  #send(): void {
    for (const batch of this.#batchesToSend()) {
      const work = this.#judge(batch).finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    }
  }

  *#batchesToSend(): Generator<readonly Case[], void> {
    const batches = this.batches();
    while (this.#underWay.size < maxUnderWay) {
      const next = batches.next();
      if (next.done === true) return;
      yield next.value;
    }
  }

  async #judge(batch: readonly Case[]): Promise<void> {
    let outcomes: ReadonlyMap<Case, Outcome> = new Map();
    let code = 'state';
    try {
      if (this.#stopping.signal.aborted) code = 'timeout';
      else outcomes = await this.#delivery.deliver(batch, this.#stopping.signal);
    } catch (thrown) {
      // The redactor or the ledger failed: then nothing leaves.
      this.#context.warn(`the model could not be asked: ${thrown instanceof Error ? thrown.message : 'unknown reason'}`);
    }
    for (const given of batch) this.#settle(given, outcomes.get(given) ?? { degraded: code });
  }

  #settle(given: Case, outcome: Outcome): void {
    if ('degraded' in outcome) {
      this.#degrade(given, outcome.degraded);
      return;
    }
    const { verdict, prompt, answer, share } = outcome;
    const { clock, store, emit, settings } = this.#context;
    const restored = (text: string | undefined): string | undefined =>
      named(text, (mark) => (prompt.redactor.restore(mark) === mark ? undefined : prompt.redactor.restore(mark)));
    const tokens = { input: Math.round(answer.tokens.input * share), output: Math.round(answer.tokens.output * share) };
    const costUsd = (answer.costUsd ?? 0) * share;
    this.totals.inputTokens += answer.tokens.input * share;
    this.totals.outputTokens += answer.tokens.output * share;
    this.totals.costUsd += costUsd;
    const withheld = prompt.withheld.get(given) ?? 0;
    if (withheld > 0) emit(injectionFinding(given, withheld, new Date(clock.nowMs())));
    const shown = { ...verdict, summary: restored(verdict.summary), action: restored(verdict.action) };
    this.#apply(given, { verdict: shown, engine: 'llm', model: answer.model, costUsd, tokens });
    if (!isKeepable(verdict)) return;
    const kept = { verdict: forKeeping(verdict, given, prompt), model: answer.model };
    store.keep(cacheKey(given, settings.models), kept, clock.nowMs());
  }

  #keptFor(given: Case): Judgement | undefined {
    const { store, settings, clock } = this.#context;
    const kept = store.verdict(cacheKey(given, settings.models), clock.nowMs());
    if (kept === undefined) return undefined;
    return { verdict: fromKept(kept, given), engine: 'cache', model: kept.model, costUsd: 0, tokens: { input: 0, output: 0 } };
  }

  #apply(given: Case, judgement: Judgement): void {
    for (const finding of leadsOf(given)) {
      this.#verdicts.set(finding.id, judgement);
      this.#context.emit(withJudgement(this.#newest.get(finding.id) ?? finding, judgement));
    }
    forgetBeyond(this.#verdicts);
  }

  /** Says of the findings of a case that no model has seen them, and why. */
  #degrade(given: Case, code: string): void {
    this.totals.degraded++;
    for (const finding of leadsOf(given)) {
      if (this.#verdicts.has(finding.id)) continue;
      const newest = this.#newest.get(finding.id) ?? finding;
      this.#context.emit({ ...newest, analyzer: { ...newest.analyzer, degraded: code } });
    }
  }
}

function forgetBeyond(table: Map<string, unknown>): void {
  for (const id of table.keys()) {
    if (table.size <= maxRemembered) return;
    table.delete(id);
  }
}
