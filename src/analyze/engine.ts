import type { Finding, LogRecord } from '../model/envelope.ts';
import type { Rule } from '../sigma/rule.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import type { Subject } from '../sigma/subject.ts';
import type { Limits } from './bounded-table.ts';
import { Burst, restoredBurst } from './burst.ts';
import { ChangedStates } from './changed-states.ts';
import { ClosingTimes } from './closing-times.ts';
import { type Group, Grouping, valueIn } from './entity.ts';
import {
  addTo,
  lastMsOf,
  type SavedState,
  type Seed,
  type State,
  savedState,
  statesFrom,
  valueFor,
  weightOf,
  windowOf,
} from './group-state.ts';
import { type LazyRun, type Move, Plans } from './plan.ts';
import { type Sighting, sightingOf } from './sighting.ts';
import type { Change, Stateful } from './state/stateful.ts';
import { StateTable } from './state-table.ts';
import { betterThan, Telling } from './telling.ts';
import type { Fired, Step } from './window.ts';

/** Most groups that are kept, and most memory for them: as it is reckoned, because groups share what they hold; less is taken. */
const defaultLimits: Limits = { entries: 100_000, weight: 48 * 1024 * 1024 };

/** Most bursts of one group that stay open: logs that are read side by side may be hours apart. */
const maxOpenBursts = 3;

/** What is put to rules: a record, and all that it stands for when it made a correlation fire. */
interface Match {
  readonly subject: Subject;
  readonly sighting: Sighting;
  readonly fired: Fired;
}

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
  readonly #plans: Plans;
  readonly #grouping = new Grouping();
  readonly #telling: Telling;
  readonly #closing = new ClosingTimes<State>();
  readonly #changed = new ChangedStates((state) => this.#keyOf(state));
  /** The time of the record under way. */
  #timeMs = 0;
  #forgotten = 0;

  constructor(rules: RuleSet, context: EngineContext) {
    this.#rules = rules;
    this.#context = context;
    this.#numbers = new Map(rules.rules.map((rule, number) => [rule, number]));
    this.#telling = new Telling({ ...context, rules, noteChange: (state) => this.#changed.note(state) });
    this.#plans = new Plans(rules);
    this.#states = new StateTable(
      context.limits ?? defaultLimits,
      (state) => this.#forget(state),
      (seed, key) => this.#forgetSeed(seed, key),
    );
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
    let match: Match | undefined;
    for (const run of this.#plans.of(matching)) {
      if (run.lazyBy !== undefined && this.#sow(run, subject, sighting)) continue;
      match ??= { subject, sighting, fired: { sightings: [sighting], count: 1 } };
      for (const move of run.moves) this.#make(move, match);
    }
    return true;
  }

  /** Takes all windows for over that wait for their end, and emits all that is left. */
  end(): void {
    for (const state of this.#states.grown()) this.#judgeAtEnd(state);
    this.emitGrown();
  }

  /** Emits the newest state of all findings that have grown since they were emitted, and of those that were held back. */
  emitGrown(): void {
    this.#telling.emitGrown();
  }

  /**
   * Emits what has grown and what windows of the present tell whose time is over, but no finding that is held back before
   * its own is. When more is to come of what is `followed`, the time of findings of an archive begins now; else they wait for its end.
   */
  emitSettled(isFollowed = false): void {
    if (isFollowed) this.#telling.startWaiting();
    const nowMs = this.#context.now().getTime();
    for (const state of this.#closing.takeOver(nowMs)) this.#judgeAtEnd(state);
    this.#telling.emitSettled(nowMs);
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
      if (burst !== undefined) this.#telling.note(burst, state);
    }
    this.#states.weigh(state, weightOf(state));
  }

  #saved(state: State): SavedState {
    return savedState(state, (burst) => this.#telling.isGrown(burst));
  }

  /** Begins a new group with a match; where a group is known already, or a value is missing, does nothing. */
  #sow(run: LazyRun, subject: Subject, sighting: Sighting): boolean {
    if (this.#changed.isAsked) return false;
    const key = valueIn(run.lazyBy, subject);
    if (key === undefined || this.#states.has(key)) return false;
    const values: (string | undefined)[] = [];
    for (const { rule, ruleIndex } of run.moves) {
      const isCounting = rule.kind === 'correlation' && rule.condition.values.length > 0;
      const value = isCounting ? valueFor(rule, subject, ruleIndex ?? 0) : undefined;
      if (isCounting && value === undefined) return false;
      values.push(value);
    }
    this.#states.sow(key, { run, sighting, values });
    return true;
  }

  /** Puts a match to a rule; what makes that fire is put to the rules that look at it. */
  #make({ rule, ruleIndex }: Move, { subject, sighting, fired }: Match): void {
    if (rule.kind === 'single' || ruleIndex === undefined) {
      this.#advance(rule, subject, { sighting, fired, ruleIndex: 0, value: undefined });
      return;
    }
    const value = rule.condition.values.length > 0 ? valueFor(rule, subject, ruleIndex) : undefined;
    if (value === undefined && rule.condition.values.length > 0) return;
    const more = this.#advance(rule, subject, { sighting, fired, ruleIndex, value });
    if (more === undefined) return;
    for (const { reader, ruleIndex: index } of this.#rules.readersOf(rule))
      this.#make({ rule: reader, ruleIndex: index }, { subject, sighting, fired: more });
  }

  /** Puts a match to a rule; gives what it stands for when the rule has fired, now or before. */
  #advance(rule: Rule, subject: Subject, step: Step): Fired | undefined {
    const group = this.#grouping.groupOf(rule, subject, step.ruleIndex);
    if (group === undefined) return undefined;
    const state = this.#states.use(rule, group);
    this.#changed.note(state);
    const fired =
      state.window?.isClosing === true ? this.#judge(state, step) : (this.#grow(state, step) ?? this.#open(state, step, group));
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
    const burst = state.bursts.length === 0 ? undefined : state.bursts.find((one) => one.isOpenAt(sighting.timeMs));
    if (burst === undefined) return undefined;
    // Two rules of one correlation may match the same entry.
    if (burst.latest === sighting) return fired;
    burst.add(sighting);
    if (!burst.isSilent && this.#rules.isReporting(burst.rule)) this.#telling.note(burst, state);
    return { sightings: [sighting], count: 1 };
  }

  #open(state: State, step: Step, group: Group): Fired | undefined {
    const fired = addTo(state, step);
    return fired === undefined ? undefined : this.#start(state, { ...step, fired }, group);
  }

  /** Begins a burst about whom the entry that made the rule fire is about: the first of its group may have told of nobody. */
  #start(state: State, step: Step, group = state.group): Fired {
    const { rule } = state;
    const { fired } = step;
    const burst = new Burst(rule, group.entity, { fired, sighting: step.sighting });
    burst.isRepeat = state.bursts.length > 0;
    burst.isSilent = this.#isTold(rule, group, step.sighting.timeMs);
    if (state.bursts.length >= maxOpenBursts) this.#telling.close(state.bursts[0]);
    state.bursts = [...state.bursts.slice(1 - maxOpenBursts), burst];
    this.#silenceLesser(rule, group, step.sighting.timeMs);
    if (!burst.isSilent && this.#rules.isReporting(rule)) this.#telling.show(burst, state, step.sighting.timeMs);
    return fired;
  }

  /** Tells whether another rule's burst tells of it already. */
  #isTold(rule: Rule, group: Group, timeMs: number): boolean {
    const { value } = group.entity;
    return (
      betterThan(rule, this.#rules).some((other) => this.#isOpen(other, group.key, timeMs)) ||
      rule.partOf.some((name) => {
        const other = this.#rules.named(name);
        return other !== undefined && this.#isOpen(other, value, timeMs);
      })
    );
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
        this.#telling.silence(burst);
        this.#changed.note(state);
      }
    }
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

  #forgetSeed(seed: Seed, key: string): void {
    const { run, sighting } = seed;
    for (const { rule } of run.moves) if (this.#isNear(sighting.timeMs, rule)) this.#forgotten++;
    if (this.#changed.isAsked) for (const state of statesFrom(seed, key)) this.#changed.noteForgotten(state);
  }

  #forget(state: State): void {
    const isUnderWay = this.#isNear(lastMsOf(state), state.rule);
    this.#judgeAtEnd(state);
    if (state.bursts.length === 0 && isUnderWay) this.#forgotten++;
    for (const burst of state.bursts) this.#telling.close(burst);
    this.#closing.delete(state);
    this.#changed.noteForgotten(state);
  }

  /** Tells whether what came last at that time may count together with what comes now; what is older than the rule's timespan may not. */
  #isNear(timeMs: number, { timespanMs }: Rule): boolean {
    return Math.abs(this.#timeMs - timeMs) <= timespanMs;
  }
}
