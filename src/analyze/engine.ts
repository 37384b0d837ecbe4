import type { Finding, LogRecord } from '../model/envelope.ts';
import type { Rule } from '../sigma/rule.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import type { Subject } from '../sigma/subject.ts';
import { BoundedTable, type Limits } from './bounded-table.ts';
import { Burst, restoredBurst } from './burst.ts';
import { ClosingTimes } from './closing-times.ts';
import { type Group, groupOf } from './entity.ts';
import { findingOf } from './finding.ts';
import { type SavedState, type State, savedState, stateOf, valueFor, weightOf } from './group-state.ts';
import { sightingOf } from './sighting.ts';
import type { Change, Stateful } from './state/stateful.ts';
import { liveMs } from './ticks.ts';
import type { Fired, Step } from './window.ts';

/** Most groups that are kept, and most memory for them: measured with 400,000 addresses, the process takes 255 MB. */
const defaultLimits: Limits = { entries: 100_000, weight: 32 * 1024 * 1024 };

/** Most bursts of one group that stay open: logs that are read side by side may be hours apart. */
const maxOpenBursts = 3;

/** What the engine needs from outside. */
export interface EngineContext {
  readonly now: () => Date;
  /** Takes each finding, and each later state of it with the same id. */
  readonly emit: (finding: Finding) => void;
  readonly limits?: Limits;
  /** Tells whether a record is of a visitor whom somebody vouches for; nobody is without it. */
  readonly isGuest?: (record: LogRecord) => boolean;
}

/**
 * Turns records into findings: each as soon as its rule fires, and again when `emitGrown` is called and it has grown. A
 * finding of a rule with `unless` waits, because the better rule may need a few more records than this one.
 */
export class Engine implements Stateful {
  readonly #rules: RuleSet;
  readonly #context: EngineContext;
  readonly #numbers: ReadonlyMap<Rule, number>;
  readonly #states: BoundedTable<State>;
  /** Bursts to be emitted again, with the keys of their groups. */
  readonly #grown = new Map<Burst, string>();
  readonly #closing = new ClosingTimes();
  /** Keys of groups that have changed, in the order of their last use; undefined while nobody asks. */
  #changed: Set<string> | undefined;
  #forgotten = 0;

  constructor(rules: RuleSet, context: EngineContext) {
    this.#rules = rules;
    this.#context = context;
    this.#numbers = new Map(rules.rules.map((rule, number) => [rule, number]));
    this.#states = new BoundedTable(context.limits ?? defaultLimits, (state) => this.#forget(state));
  }

  /** How many groups were forgotten before they came to anything, because there were too many. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Takes one record in; tells whether it is anything to any rule. */
  take(record: LogRecord): boolean {
    const subject = this.#rules.subjectOf(record);
    const matching = this.#rules.matching(subject);
    if (matching.length === 0) return false;
    const sighting = sightingOf(record, this.#context.isGuest?.(record));
    const fired: Fired = { sightings: [sighting], count: 1 };
    for (const rule of matching) {
      if (this.#rules.isReporting(rule)) this.#advance(rule, subject, { sighting, fired, ruleIndex: 0 });
      this.#tellReaders(rule, subject, { sighting, fired, ruleIndex: 0 });
    }
    return true;
  }

  /** Takes all windows for over that wait for their end, and emits all that is left. */
  end(): void {
    for (const state of this.#states.values()) this.#judgeAtEnd(state);
    this.emitGrown();
  }

  /** Emits the newest state of all findings that have grown since they were emitted, and of those that were held back. */
  emitGrown(): void {
    for (const [burst, key] of this.#grown) this.#emit(burst, key);
    this.#grown.clear();
  }

  /**
   * Emits what has grown and what windows of the present tell whose time is over, but no finding that is held back before
   * its own is. When more is to come of what is `followed`, the time of findings of an archive begins now; else they wait for its end.
   */
  emitSettled(isFollowed = false): void {
    if (isFollowed) this.#startWaiting();
    const nowMs = this.#context.now().getTime();
    for (const key of this.#closing.takeOver(nowMs)) this.#judgeAtEnd(this.#states.peek(key));
    for (const [burst, key] of this.#grown) {
      if (burst.heldUntilMs > nowMs) continue;
      this.#grown.delete(burst);
      this.#emit(burst, key);
    }
  }

  *all(): Generator<Change, void> {
    this.#changed = new Set();
    for (const [key, state] of this.#states.entries()) yield [key, this.#saved(state)];
  }

  *changes(): Generator<Change, void> {
    for (const key of this.#changed ?? []) {
      const state = this.#states.peek(key);
      yield [key, state && this.#saved(state)];
    }
    this.#changed?.clear();
  }

  /** What is of a rule that there is no more is left out. */
  restore(_key: string, value: unknown): void {
    // From `all` or `changes`.
    const saved = value as SavedState;
    const rule = this.#rules.rules.find(({ id, name }) => id === saved.rule.id && name === saved.rule.name);
    if (rule === undefined) return;
    const { group } = saved;
    const key = this.#keyOf(rule, group.key);
    const state = this.#states.use(key, () => stateOf(rule, group));
    if (saved.window !== undefined) state.window?.restore(saved.window);
    // What is kept for a later run is of logs that are followed.
    if (state.window?.isClosing === true) this.#noteClosing(state, Number.POSITIVE_INFINITY);
    for (const burst of saved.bursts) state.bursts.push(restoredBurst(rule, burst));
    for (const index of saved.grown) {
      const burst = state.bursts[index];
      if (burst !== undefined) this.#grown.set(burst, key);
    }
    this.#states.weigh(key, weightOf(state));
  }

  #saved(state: State): SavedState {
    return savedState(state, (burst) => this.#grown.has(burst));
  }

  /** Notes that a group has changed, behind all that changed before. */
  #note(key: string): void {
    this.#changed?.delete(key);
    this.#changed?.add(key);
  }

  #startWaiting(): void {
    for (const [burst, key] of this.#grown) {
      if (burst.heldUntilMs !== Number.POSITIVE_INFINITY) continue;
      burst.heldUntilMs = this.#context.now().getTime() + waitMsOf(this.#rulesOf(burst.rule.unless));
      this.#note(key);
    }
  }

  #tellReaders(rule: Rule, subject: Subject, step: Step): void {
    for (const { reader, ruleIndex } of this.#rules.readersOf(rule)) {
      const value = valueFor(reader, subject, ruleIndex);
      if (reader.condition.values.length > 0 && value === undefined) continue;
      const fired = this.#advance(reader, subject, { ...step, ruleIndex, ...(value !== undefined && { value }) });
      if (fired !== undefined) this.#tellReaders(reader, subject, { ...step, fired });
    }
  }

  /** Puts a match to a rule; gives what it stands for when the rule has fired, now or before. */
  #advance(rule: Rule, subject: Subject, step: Step): Fired | undefined {
    const group = groupOf(rule, subject, step.ruleIndex);
    if (group === undefined) return undefined;
    const key = this.#keyOf(rule, group.key);
    const state = this.#states.use(key, () => stateOf(rule, group));
    this.#note(key);
    const fired =
      state.window?.isClosing === true ? this.#judge(state, step) : (this.#grow(state, step) ?? this.#open(state, step));
    this.#states.weigh(key, weightOf(state));
    return fired;
  }

  /** Puts a match to a window that tells only when it is over: what it then tells is of before. */
  #judge(state: State, step: Step): Fired | undefined {
    const fired = state.window?.add(step);
    const last = fired?.sightings.at(-1);
    this.#noteClosing(state, step.sighting.timeMs);
    return fired === undefined || last === undefined ? undefined : this.#start(state, { ...step, sighting: last, fired });
  }

  #noteClosing({ rule, group, window }: State, timeMs: number): void {
    const nowMs = this.#context.now().getTime();
    if (window !== undefined) this.#closing.note(this.#keyOf(rule, group.key), { endMs: window.endMs, timeMs, nowMs });
  }

  #grow(state: State, { sighting, fired }: Step): Fired | undefined {
    const burst = state.bursts.find((candidate) => candidate.isOpenAt(sighting.timeMs));
    if (burst === undefined) return undefined;
    // Two rules of one correlation may match the same entry.
    if (burst.latest === sighting) return fired;
    burst.add(sighting);
    if (!burst.isSilent && this.#rules.isReporting(burst.rule)) this.#grown.set(burst, this.#keyOf(state.rule, state.group.key));
    return { sightings: [sighting], count: 1 };
  }

  #open(state: State, step: Step): Fired | undefined {
    const fired = state.window === undefined ? step.fired : state.window.add(step);
    return fired === undefined ? undefined : this.#start(state, { ...step, fired });
  }

  #start(state: State, step: Step): Fired {
    const { rule, group } = state;
    const { fired } = step;
    const burst = new Burst(rule, group.entity, { fired, sighting: step.sighting });
    burst.isRepeat = state.bursts.length > 0;
    burst.isSilent = this.#isTold(rule, group, step.sighting.timeMs);
    state.bursts.push(burst);
    if (state.bursts.length > maxOpenBursts) this.#close(state.bursts.shift());
    this.#silenceLesser(rule, group, step.sighting.timeMs);
    if (!burst.isSilent && this.#rules.isReporting(rule)) this.#show(burst, this.#keyOf(rule, group.key), step.sighting.timeMs);
    return fired;
  }

  /** Tells whether another rule's burst tells of it already. */
  #isTold(rule: Rule, group: Group, timeMs: number): boolean {
    const { value } = group.entity;
    return (
      this.#rulesOf(rule.unless).some((other) => this.#isOpen(other, group.key, timeMs)) ||
      this.#rulesOf(rule.partOf).some((other) => this.#isOpen(other, value, timeMs))
    );
  }

  #rulesOf(names: readonly string[]): readonly Rule[] {
    return names.map((name) => this.#rules.named(name)).filter((other) => other !== undefined);
  }

  #isOpen(rule: Rule, groupKey: string, timeMs: number): boolean {
    return this.#states.peek(this.#keyOf(rule, groupKey))?.bursts.some((burst) => burst.isOpenAt(timeMs)) === true;
  }

  /** Takes back what lesser rules have found about the group at that time, unless it has been shown. */
  #silenceLesser(rule: Rule, group: Group, timeMs: number): void {
    for (const lesser of this.#rules.lesserOf(rule)) {
      const key = this.#keyOf(lesser, group.key);
      for (const burst of this.#states.peek(key)?.bursts ?? []) {
        if (burst.heldUntilMs === 0 || !burst.isOpenAt(timeMs)) continue;
        burst.isSilent = true;
        this.#grown.delete(burst);
        this.#note(key);
      }
    }
  }

  /** Emits a new finding, or holds it back for as long as a better rule may take. */
  #show(burst: Burst, key: string, firedMs: number): void {
    const better = this.#rulesOf(burst.rule.unless);
    if (better.length === 0) {
      this.#emit(burst, key);
      return;
    }
    const nowMs = this.#context.now().getTime();
    // What an archive gives must not depend on how fast it is read.
    const isLive = firedMs > nowMs - liveMs;
    burst.heldUntilMs = isLive ? nowMs + waitMsOf(better) : Number.POSITIVE_INFINITY;
    this.#grown.set(burst, key);
  }

  #keyOf(rule: Rule, groupKey: string): string {
    return `${this.#numbers.get(rule)}\0${groupKey}`;
  }

  #judgeAtEnd(state: State | undefined): void {
    if (state === undefined) return;
    if (state.window?.isClosing === true) this.#note(this.#keyOf(state.rule, state.group.key));
    const fired = state.window?.close();
    const sighting = fired?.sightings.at(-1);
    if (fired !== undefined && sighting !== undefined) this.#start(state, { sighting, fired, ruleIndex: 0 });
  }

  #forget(state: State): void {
    this.#judgeAtEnd(state);
    if (state.bursts.length === 0) this.#forgotten++;
    for (const burst of state.bursts) this.#close(burst);
    const key = this.#keyOf(state.rule, state.group.key);
    this.#closing.delete(key);
    this.#note(key);
  }

  #close(burst: Burst | undefined): void {
    const key = burst && this.#grown.get(burst);
    if (burst === undefined || key === undefined) return;
    this.#grown.delete(burst);
    this.#emit(burst, key);
  }

  #emit(burst: Burst, key: string): void {
    if (burst.heldUntilMs !== 0) this.#note(key);
    burst.heldUntilMs = 0;
    this.#context.emit(findingOf(burst, this.#context.now()));
  }
}

function waitMsOf(better: readonly Rule[]): number {
  return Math.max(...better.map((other) => other.timespanMs));
}
