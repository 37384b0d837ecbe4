import type { Finding, LogRecord } from '../model/envelope.ts';
import type { Rule } from '../sigma/rule.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import type { Subject } from '../sigma/subject.ts';
import type { Limits } from './bounded-table.ts';
import { Burst, restoredBurst } from './burst.ts';
import { ChangedStates } from './changed-states.ts';
import { ClosingTimes } from './closing-times.ts';
import { type Group, Grouping } from './entity.ts';
import { findingOf } from './finding.ts';
import { addTo, lastMsOf, type SavedState, type State, savedState, valueFor, weightOf, windowOf } from './group-state.ts';
import { sightingOf } from './sighting.ts';
import type { Change, Stateful } from './state/stateful.ts';
import { StateTable } from './state-table.ts';
import { liveMs } from './ticks.ts';
import type { Fired, Step } from './window.ts';

/** Most groups that are kept, and most memory for them: as it is reckoned, because groups share what they hold; less is taken. */
const defaultLimits: Limits = { entries: 100_000, weight: 48 * 1024 * 1024 };

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
  readonly #states: StateTable;
  readonly #grouping = new Grouping();
  /** Bursts to be emitted again, with the states that they are of. */
  readonly #grown = new Map<Burst, State>();
  readonly #closing = new ClosingTimes<State>();
  readonly #changed = new ChangedStates((state) => this.#keyOf(state));
  /** The time of the record under way. */
  #timeMs = 0;
  #forgotten = 0;

  constructor(rules: RuleSet, context: EngineContext) {
    this.#rules = rules;
    this.#context = context;
    this.#numbers = new Map(rules.rules.map((rule, number) => [rule, number]));
    this.#states = new StateTable(context.limits ?? defaultLimits, (state) => this.#forget(state));
  }

  /** How many counts were dropped because there were too many, though they might still have come to something. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Takes one record in; tells whether it is anything to any rule. */
  take(record: LogRecord): boolean {
    const subject = this.#rules.subjectOf(record);
    const matching = this.#rules.matching(subject);
    if (matching.length === 0) return false;
    const sighting = sightingOf(record, this.#context.isGuest?.(record));
    this.#timeMs = sighting.timeMs;
    const fired: Fired = { sightings: [sighting], count: 1 };
    const step: Step = { sighting, fired, ruleIndex: 0, value: undefined };
    for (const rule of matching) {
      if (this.#rules.isReporting(rule)) this.#advance(rule, subject, step);
      this.#tellReaders(rule, subject, step);
    }
    return true;
  }

  /** Takes all windows for over that wait for their end, and emits all that is left. */
  end(): void {
    for (const state of this.#states.all()) this.#judgeAtEnd(state);
    this.emitGrown();
  }

  /** Emits the newest state of all findings that have grown since they were emitted, and of those that were held back. */
  emitGrown(): void {
    for (const [burst, state] of this.#grown) this.#emit(burst, state);
    this.#grown.clear();
  }

  /**
   * Emits what has grown and what windows of the present tell whose time is over, but no finding that is held back before
   * its own is. When more is to come of what is `followed`, the time of findings of an archive begins now; else they wait for its end.
   */
  emitSettled(isFollowed = false): void {
    if (isFollowed) this.#startWaiting();
    const nowMs = this.#context.now().getTime();
    for (const state of this.#closing.takeOver(nowMs)) this.#judgeAtEnd(state);
    for (const [burst, state] of this.#grown) {
      if (burst.heldUntilMs > nowMs) continue;
      this.#grown.delete(burst);
      this.#emit(burst, state);
    }
  }

  *all(): Generator<Change, void> {
    this.#changed.start();
    for (const state of this.#states.all()) yield [this.#keyOf(state), this.#saved(state)];
  }

  *changes(): Generator<Change, void> {
    for (const [key, state] of this.#changed.take()) yield [key, state && this.#saved(state)];
  }

  /** What is of a rule that there is no more is left out. */
  restore(_key: string, value: unknown): void {
    // From `all` or `changes`.
    const saved = value as SavedState;
    const rule = this.#rules.rules.find(({ id, name }) => id === saved.rule.id && name === saved.rule.name);
    if (rule === undefined) return;
    const state = this.#states.use(rule, saved.group);
    if (saved.window !== undefined) windowOf(state)?.restore(saved.window);
    // What is kept for a later run is of logs that are followed.
    if (state.window?.isClosing === true) this.#noteClosing(state, Number.POSITIVE_INFINITY);
    state.bursts = [...state.bursts, ...saved.bursts.map((burst) => restoredBurst(rule, burst))];
    for (const index of saved.grown) {
      const burst = state.bursts[index];
      if (burst !== undefined) this.#grown.set(burst, state);
    }
    this.#states.weigh(state, weightOf(state));
  }

  #saved(state: State): SavedState {
    return savedState(state, (burst) => this.#grown.has(burst));
  }

  #startWaiting(): void {
    for (const [burst, state] of this.#grown) {
      if (burst.heldUntilMs !== Number.POSITIVE_INFINITY) continue;
      burst.heldUntilMs = this.#context.now().getTime() + waitMsOf(this.#rulesOf(burst.rule.unless));
      this.#changed.note(state);
    }
  }

  #tellReaders(rule: Rule, subject: Subject, told: Step): void {
    for (const { reader, ruleIndex } of this.#rules.readersOf(rule)) {
      const value = valueFor(reader, subject, ruleIndex);
      if (reader.condition.values.length > 0 && value === undefined) continue;
      const step = value === told.value && ruleIndex === told.ruleIndex ? told : { ...told, ruleIndex, value };
      const more = this.#advance(reader, subject, step);
      if (more !== undefined) this.#tellReaders(reader, subject, { ...step, fired: more });
    }
  }

  /** Puts a match to a rule; gives what it stands for when the rule has fired, now or before. */
  #advance(rule: Rule, subject: Subject, step: Step): Fired | undefined {
    const group = this.#grouping.groupOf(rule, subject, step.ruleIndex);
    if (group === undefined) return undefined;
    const state = this.#states.use(rule, group);
    this.#changed.note(state);
    const fired =
      state.window?.isClosing === true ? this.#judge(state, step) : (this.#grow(state, step) ?? this.#open(state, step));
    this.#states.weigh(state, weightOf(state));
    return fired;
  }

  /** Puts a match to a window that tells only when it is over: what it then tells is of before. */
  #judge(state: State, step: Step): Fired | undefined {
    const fired = state.window?.add(step);
    const last = fired?.sightings.at(-1);
    this.#noteClosing(state, step.sighting.timeMs);
    return fired === undefined || last === undefined ? undefined : this.#start(state, { ...step, sighting: last, fired });
  }

  #noteClosing(state: State, timeMs: number): void {
    const nowMs = this.#context.now().getTime();
    if (state.window !== undefined) this.#closing.note(state, { endMs: state.window.endMs, timeMs, nowMs });
  }

  #grow(state: State, { sighting, fired }: Step): Fired | undefined {
    const burst = state.bursts.find((candidate) => candidate.isOpenAt(sighting.timeMs));
    if (burst === undefined) return undefined;
    // Two rules of one correlation may match the same entry.
    if (burst.latest === sighting) return fired;
    burst.add(sighting);
    if (!burst.isSilent && this.#rules.isReporting(burst.rule)) this.#grown.set(burst, state);
    return { sightings: [sighting], count: 1 };
  }

  #open(state: State, step: Step): Fired | undefined {
    const fired = addTo(state, step);
    return fired === undefined ? undefined : this.#start(state, { ...step, fired });
  }

  #start(state: State, step: Step): Fired {
    const { rule, group } = state;
    const { fired } = step;
    const burst = new Burst(rule, group.entity, { fired, sighting: step.sighting });
    burst.isRepeat = state.bursts.length > 0;
    burst.isSilent = this.#isTold(rule, group, step.sighting.timeMs);
    if (state.bursts.length >= maxOpenBursts) this.#close(state.bursts[0]);
    state.bursts = [...state.bursts.slice(1 - maxOpenBursts), burst];
    this.#silenceLesser(rule, group, step.sighting.timeMs);
    if (!burst.isSilent && this.#rules.isReporting(rule)) this.#show(burst, state, step.sighting.timeMs);
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
    return this.#states.peek(rule, groupKey)?.bursts.some((burst) => burst.isOpenAt(timeMs)) === true;
  }

  /** Takes back what lesser rules have found about the group at that time, unless it has been shown. */
  #silenceLesser(rule: Rule, group: Group, timeMs: number): void {
    for (const lesser of this.#rules.lesserOf(rule)) {
      const state = this.#states.peek(lesser, group.key);
      for (const burst of state?.bursts ?? []) {
        if (state === undefined || burst.heldUntilMs === 0 || !burst.isOpenAt(timeMs)) continue;
        burst.isSilent = true;
        this.#grown.delete(burst);
        this.#changed.note(state);
      }
    }
  }

  /** Emits a new finding, or holds it back for as long as a better rule may take. */
  #show(burst: Burst, state: State, firedMs: number): void {
    const better = this.#rulesOf(burst.rule.unless);
    if (better.length === 0) {
      this.#emit(burst, state);
      return;
    }
    const nowMs = this.#context.now().getTime();
    // What an archive gives must not depend on how fast it is read.
    const isLive = firedMs > nowMs - liveMs;
    burst.heldUntilMs = isLive ? nowMs + waitMsOf(better) : Number.POSITIVE_INFINITY;
    this.#grown.set(burst, state);
  }

  #keyOf({ rule, group }: State): string {
    return `${this.#numbers.get(rule)}\0${group.key}`;
  }

  #judgeAtEnd(state: State): void {
    if (state.window?.isClosing === true) this.#changed.note(state);
    const fired = state.window?.close();
    const sighting = fired?.sightings.at(-1);
    if (fired !== undefined && sighting !== undefined) this.#start(state, { sighting, fired, ruleIndex: 0, value: undefined });
  }

  #forget(state: State): void {
    const isUnderWay = this.#isUnderWay(state);
    this.#judgeAtEnd(state);
    if (state.bursts.length === 0 && isUnderWay) this.#forgotten++;
    for (const burst of state.bursts) this.#close(burst);
    this.#closing.delete(state);
    this.#changed.noteForgotten(state);
  }

  /** Tells whether what a window holds may count together with what comes now; what is older than its timespan may not. */
  #isUnderWay(state: State): boolean {
    return Math.abs(this.#timeMs - lastMsOf(state)) <= state.rule.timespanMs;
  }

  #close(burst: Burst | undefined): void {
    const state = burst && this.#grown.get(burst);
    if (burst === undefined || state === undefined) return;
    this.#grown.delete(burst);
    this.#emit(burst, state);
  }

  #emit(burst: Burst, state: State): void {
    if (burst.heldUntilMs !== 0) this.#changed.note(state);
    burst.heldUntilMs = 0;
    this.#context.emit(findingOf(burst, this.#context.now()));
  }
}

function waitMsOf(better: readonly Rule[]): number {
  return Math.max(...better.map((other) => other.timespanMs));
}
