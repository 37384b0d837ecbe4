import type { Finding, LogRecord } from '../model/envelope.ts';
import type { CorrelationRule, Rule } from '../sigma/rule.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import type { Subject } from '../sigma/subject.ts';
import { BoundedTable, type Limits } from './bounded-table.ts';
import { Burst } from './burst.ts';
import { type Group, groupOf } from './entity.ts';
import { findingOf } from './finding.ts';
import { sightingOf } from './sighting.ts';
import { liveMs } from './ticks.ts';
import type { Fired, Step, Window } from './window.ts';
import { windowFor } from './window-for.ts';

/** Most groups that are kept, and most memory for them: measured with 400,000 addresses, the process takes 255 MB. */
const defaultLimits: Limits = { entries: 100_000, weight: 32 * 1024 * 1024 };

/** What a group takes beside its entries, in bytes: key, table, window. */
const groupWeight = 700;

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

/** What is known of one group under one rule. */
interface State {
  readonly rule: Rule;
  readonly group: Group;
  readonly window: Window | undefined;
  readonly bursts: Burst[];
}

/**
 * Turns records into findings: each as soon as its rule fires, and again when `emitGrown` is called and it has grown. A
 * finding of a rule with `unless` waits, because the better rule may need a few more records than this one.
 */
export class Engine {
  readonly #rules: RuleSet;
  readonly #context: EngineContext;
  readonly #numbers: ReadonlyMap<Rule, number>;
  readonly #states: BoundedTable<State>;
  readonly #grown = new Set<Burst>();
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
    for (const burst of this.#grown) this.#emit(burst);
    this.#grown.clear();
  }

  /** Emits what has grown, but no finding of an archive that is held back, and no other before its time is over. */
  emitSettled(): void {
    const nowMs = this.#context.now().getTime();
    for (const burst of this.#grown) {
      if (burst.heldUntilMs > nowMs) continue;
      this.#grown.delete(burst);
      this.#emit(burst);
    }
  }

  #tellReaders(rule: Rule, subject: Subject, step: Step): void {
    for (const reader of this.#rules.readersOf(rule)) {
      const ruleIndex = reader.rules.findIndex((name) => name === rule.name || name === rule.id);
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
    const state = this.#states.use(key, () => ({
      rule,
      group,
      window: rule.kind === 'correlation' ? windowFor(rule) : undefined,
      bursts: [],
    }));
    const fired =
      state.window?.isClosing === true ? this.#judge(state, step) : (this.#grow(state, step) ?? this.#open(state, step));
    this.#states.weigh(key, weightOf(state));
    return fired;
  }

  /** Puts a match to a window that tells only when it is over: what it then tells is of before. */
  #judge(state: State, step: Step): Fired | undefined {
    const fired = state.window?.add(step);
    const last = fired?.sightings.at(-1);
    return fired === undefined || last === undefined ? undefined : this.#start(state, { ...step, sighting: last, fired });
  }

  #grow(state: State, { sighting, fired }: Step): Fired | undefined {
    const burst = state.bursts.find((candidate) => candidate.isOpenAt(sighting.timeMs));
    if (burst === undefined) return undefined;
    // Two rules of one correlation may match the same entry.
    if (burst.latest === sighting) return fired;
    burst.add(sighting);
    if (!burst.isSilent && this.#rules.isReporting(burst.rule)) this.#grown.add(burst);
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
    if (!burst.isSilent && this.#rules.isReporting(rule)) this.#show(burst, step.sighting.timeMs);
    return fired;
  }

  /** Tells whether another rule's burst tells of it already. */
  #isTold(rule: Rule, group: Group, timeMs: number): boolean {
    const { value } = group.entity;
    return (
      this.#betterThan(rule).some((other) => this.#isOpen(other, group.key, timeMs)) ||
      this.#rulesOf(rule.partOf).some((other) => this.#isOpen(other, value, timeMs))
    );
  }

  #betterThan(rule: Rule): readonly Rule[] {
    return this.#rulesOf(rule.unless);
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
      for (const burst of this.#states.peek(this.#keyOf(lesser, group.key))?.bursts ?? []) {
        if (burst.heldUntilMs === 0 || !burst.isOpenAt(timeMs)) continue;
        burst.isSilent = true;
        this.#grown.delete(burst);
      }
    }
  }

  /** Emits a new finding, or holds it back for as long as a better rule may take. */
  #show(burst: Burst, firedMs: number): void {
    const better = this.#betterThan(burst.rule);
    if (better.length === 0) {
      this.#emit(burst);
      return;
    }
    const nowMs = this.#context.now().getTime();
    // What an archive gives must not depend on how fast it is read.
    const isLive = firedMs > nowMs - liveMs;
    const waitMs = Math.max(...better.map((other) => other.timespanMs));
    burst.heldUntilMs = isLive ? nowMs + waitMs : Number.POSITIVE_INFINITY;
    this.#grown.add(burst);
  }

  #keyOf(rule: Rule, groupKey: string): string {
    return `${this.#numbers.get(rule)}\0${groupKey}`;
  }

  #judgeAtEnd(state: State): void {
    const fired = state.window?.close();
    const sighting = fired?.sightings.at(-1);
    if (fired !== undefined && sighting !== undefined) this.#start(state, { sighting, fired, ruleIndex: 0 });
  }

  #forget(state: State): void {
    this.#judgeAtEnd(state);
    if (state.bursts.length === 0) this.#forgotten++;
    for (const burst of state.bursts) this.#close(burst);
  }

  #close(burst: Burst | undefined): void {
    if (burst !== undefined && this.#grown.delete(burst)) this.#emit(burst);
  }

  #emit(burst: Burst): void {
    burst.heldUntilMs = 0;
    this.#context.emit(findingOf(burst, this.#context.now()));
  }
}

/** No field of a record: which of the correlation's rules matched. */
const ruleField = 'lp.rule';

/** What a match adds to a correlation's measure; several fields count as one value. */
function valueFor({ condition, rules }: CorrelationRule, subject: Subject, ruleIndex: number): string | undefined {
  const values = condition.values.map(({ name, fields }) => {
    if (name === ruleField) return rules[ruleIndex];
    const field = fields[ruleIndex];
    return field === undefined ? undefined : subject.texts(field)[0];
  });
  return values.length === 0 || values.some((value) => value === undefined) ? undefined : values.join('\0');
}

function weightOf(state: State): number {
  let weight = groupWeight + (state.window?.weight ?? 0);
  for (const burst of state.bursts) weight += burst.weight;
  return weight;
}
