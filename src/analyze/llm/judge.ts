import type { Finding, LogRecord } from '../../model/envelope.ts';
import { reasonOf } from '../../model/error.ts';
import { Pseudonyms } from '../../redact/pseudonyms.ts';
import { Redactor } from '../../redact/redactor.ts';
import { type Case, leadsOf } from '../case/case.ts';
import { CaseBuilder } from '../case/case-builder.ts';
import type { Stateful } from '../state/stateful.ts';
import { named } from './answer.ts';
import { Backlog } from './backlog.ts';
import { cacheKey, forKeeping, fromKept, isKeepable } from './cache-key.ts';
import { Delivery, type Outcome } from './delivery.ts';
import { injectionFinding } from './injection-finding.ts';
import type { JudgeContext, Totals } from './judge-context.ts';
import { type Prompt, promptFor } from './prompt.ts';
import { isFreeModel } from './settings.ts';
import type { Judgement } from './verdict.ts';
import { Verdicts } from './verdicts.ts';
import { isWorthAsking, worthOf } from './worth.ts';

/** Most cases of one request, and about how many tokens they may take. */
const maxBatch = 40;
const maxBatchTokens = 6_000;

/** How many requests are under way at a time. */
const maxUnderWay = 2;

/** Free models take 20 requests a minute from one account. Source: OpenRouter's documentation on limits, August 2026. */
const freeCallsMinute = 18;

/** After this long, in ms, what could not be asked about is tried again. */
const retryMs = 10 * 60_000;

/** How long in ms kept verdicts are left alone when they could not be had: each try may wait for another process. */
const stateOffMs = 10_000;

/** How long answers that are on their way are waited for when the command is to stop, in ms: they are paid for. */
const graceMs = 2_000;

/**
 * Puts cases to the model beside the rules' work: findings are out before, and come again with the same id when there is a verdict,
 * or when it is sure that there will be none.
 */
export class Judge {
  readonly totals: Totals = { calls: 0, cases: 0, cached: 0, degraded: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  readonly #context: JudgeContext;
  readonly #builder: CaseBuilder;
  readonly #delivery: Delivery;
  #stopping = new AbortController();
  readonly #verdicts = new Verdicts();
  readonly #backlog: Backlog;
  #seen: Finding[] = [];
  /** When something was put off last, in ms of wall time. */
  #putOffMs = 0;
  /** When verdicts could last not be kept or looked up, in ms of wall time. */
  #failedMs = Number.NEGATIVE_INFINITY;
  #isCut = false;
  readonly #complaints = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: JudgeContext) {
    this.#context = context;
    const { clock, settings, transport, store, warn, feedback } = context;
    this.#backlog = new Backlog((given) => worthOf(given, feedback));
    const now = (): Date => new Date(clock.nowMs());
    this.#builder = new CaseBuilder({ now, miner: context.miner, emit: (given) => this.#queue(given) });
    this.#delivery = new Delivery({
      transport,
      clock,
      store,
      limits: settings.limits,
      isFree: settings.isLocal && !settings.isOpenRouter,
      callsMinute: settings.models.some(isFreeModel) ? freeCallsMinute : undefined,
      promptFor: (cases, tokens) => this.promptFor(cases, tokens),
      warn,
    });
  }

  /** The finding as it stands: with the verdict that it has had, if it has had one. */
  see(finding: Finding): Finding {
    this.#seen.push(finding);
    this.#backlog.see(finding);
    return this.#verdicts.see(finding);
  }

  /** What outlives the process: open cases, those without a verdict, and verdicts. */
  parts(): readonly (readonly [name: string, part: Stateful])[] {
    this.#passSeen();
    return [
      ['cases', this.#builder],
      ['backlog', this.#backlog],
      ['verdicts', this.#verdicts],
    ];
  }

  /** Takes in cases that an earlier run could not ask about. */
  resume(cases: Iterable<Case>): void {
    for (const given of cases) this.#backlog.resume(given);
  }

  /** Cases that could not be asked about, and may be later. */
  get held(): Iterable<Case> {
    return this.#backlog.held;
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
    this.#proceed();
  }

  /** Asks about all that is open, and waits for so long at the most: then every case has a verdict, or says why not. */
  async end(deadlineMs: number): Promise<void> {
    this.#passSeen();
    this.#builder.end();
    const stopping = this.#stopping;
    const timer = this.#context.clock.sleep(deadlineMs, stopping.signal).then(() => stopping.abort());
    this.#proceed();
    while (this.#underWay.size > 0) {
      await Promise.race(this.#underWay);
      this.#proceed();
    }
    this.#stopping.abort();
    await timer;
    if (!this.#isCut) this.#stopping = new AbortController();
    Object.assign(this.totals, this.#delivery.spent);
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
  batches(): Generator<readonly Case[], void> {
    return this.#backlog.batches(maxBatch, (batch) => this.promptFor(batch).inputTokens <= maxBatchTokens);
  }

  /** Asks no more, and waits for answers that are on their way no longer than they take when all is well. */
  cut(): void {
    if (this.#isCut) return;
    this.#isCut = true;
    const stopping = this.#stopping;
    void this.#context.clock.sleep(graceMs, stopping.signal).then(() => stopping.abort());
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
    this.#wait(given);
  }

  #wait(given: Case): void {
    const kept = this.#keptFor(given);
    if (kept !== undefined) {
      this.totals.cached++;
      this.#apply(given, kept);
      return;
    }
    for (const lesser of this.#backlog.add(given)) this.#degrade(lesser, 'overflow');
  }

  #proceed(): void {
    const { clock } = this.#context;
    if (!this.#isCut && this.#backlog.isEmpty && Math.abs(clock.nowMs() - this.#putOffMs) >= retryMs) {
      for (const given of this.#backlog.takeHeld()) this.#wait(given);
    }
    for (const batch of this.#batchesToSend()) {
      if (this.#isCut) {
        for (const given of batch) this.#degrade(given, 'timeout');
        continue;
      }
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
      this.#complain(`the model could not be asked: ${reasonOf(thrown)}`);
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
    const withheld = prompt.withheld.get(given) ?? 0;
    if (withheld > 0) emit(injectionFinding(given, withheld, new Date(clock.nowMs())));
    const shown = { ...verdict, summary: restored(verdict.summary), action: restored(verdict.action) };
    this.#apply(given, { verdict: shown, engine: 'llm', model: answer.model, costUsd, tokens });
    if (!isKeepable(verdict)) return;
    const kept = { verdict: forKeeping(verdict, given, prompt), model: answer.model };
    this.#attempt(() => store.keep(cacheKey(given, settings), kept, clock.nowMs()));
  }

  #keptFor(given: Case): Judgement | undefined {
    const { store, settings, clock } = this.#context;
    const kept = this.#attempt(() => store.verdict(cacheKey(given, settings), clock.nowMs()));
    if (kept === undefined) return undefined;
    return { verdict: fromKept(kept, given), engine: 'cache', model: kept.model, costUsd: 0, tokens: { input: 0, output: 0 } };
  }

  /** Without the state, verdicts are asked for again: worse, but no reason to stop. */
  #attempt<Result>(work: () => Result): Result | undefined {
    const { clock } = this.#context;
    if (Math.abs(clock.nowMs() - this.#failedMs) < stateOffMs) return undefined;
    try {
      return work();
    } catch (thrown) {
      this.#failedMs = clock.nowMs();
      this.#complain(`verdicts of the model are not kept: ${reasonOf(thrown)}`);
      return undefined;
    }
  }

  #complain(message: string): void {
    if (!this.#complaints.has(message)) this.#context.warn(message);
    this.#complaints.add(message);
  }

  #apply(given: Case, judgement: Judgement): void {
    this.#backlog.remove(given);
    for (const finding of leadsOf(given)) this.#context.emit(this.#verdicts.judged(finding, judgement));
  }

  /** Says of the findings of a case that no model has seen them, and why. */
  #degrade(given: Case, code: string): void {
    this.totals.degraded++;
    this.#putOffMs = this.#context.clock.nowMs();
    if (!this.#backlog.putOff(given, code)) return;
    for (const finding of leadsOf(given)) {
      if (this.#verdicts.has(finding)) continue;
      const newest = this.#verdicts.newestOf(finding);
      this.#context.emit({ ...newest, analyzer: { ...newest.analyzer, degraded: code } });
    }
  }
}
