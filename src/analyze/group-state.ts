import type { CorrelationRule, Rule } from '../sigma/rule.ts';
import type { Subject } from '../sigma/subject.ts';
import type { Burst, SavedBurst } from './burst.ts';
import { type Group, soleGroup } from './entity.ts';
import type { LazyRun } from './plan.ts';
import { type Sighting, weightOf as weightOfSighting } from './sighting.ts';
import type { Fired, Step, Window } from './window.ts';
import { needsMore, windowFor } from './window-for.ts';

/** What a group takes beside its entries, in bytes: key, state, first match; reckoned by the sizes of these objects. */
const groupWeight = 300;

/** What is known of one group under one rule; the rest of it belongs to the table that it is in. */
export interface State {
  readonly rule: Rule;
  readonly group: Group;
  window: Window | undefined;
  /** The only match so far of a rule that needs more, and its value: most groups of a flood never have a window. */
  only: Sighting | undefined;
  onlyValue: string | undefined;
  bursts: readonly Burst[];
  weight: number;
  /** The next state of the same group. */
  sibling: State | undefined;
}

/** The first match of a group, under several rules with which it comes to nothing: most groups of a flood have no more. */
export interface Seed {
  readonly run: LazyRun;
  readonly sighting: Sighting;
  /** What the rules count, for each of them. */
  readonly values: readonly (string | undefined)[];
}

/** The states of one key, under different rules, that which was made last first. */
export interface Siblings {
  readonly key: string;
  first: State | undefined;
  /** What came before all of them. */
  seed: Seed | undefined;
  /** Used longer ago. */
  older: Siblings | undefined;
  /** Used later. */
  newer: Siblings | undefined;
}

/** A group as it is kept for a later run; `grown` are the bursts that have not been emitted as they are. */
export interface SavedState {
  readonly rule: { readonly id: string; readonly name: string };
  readonly group: Group;
  readonly window: unknown;
  readonly bursts: readonly SavedBurst[];
  readonly grown: readonly number[];
}

/** What `restore` of the engine takes. */
export function savedState(state: State, isGrown: (burst: Burst) => boolean): SavedState {
  const { rule, group, bursts } = state;
  const { id, name } = rule;
  const window = windowOf(state);
  const grown = bursts.flatMap((burst, index) => (isGrown(burst) ? [index] : []));
  return { rule: { id, name }, group, window: window?.save(), bursts: bursts.map((burst) => burst.save()), grown };
}

const nothingFired: Fired = { sightings: [], count: 0 };

/** Most groups of a flood come to nothing: a list that all share costs nothing. */
const noBursts: readonly Burst[] = [];

/** The state of a group of which nothing has come yet. */
export function stateOf(rule: Rule, group: Group): State {
  return {
    rule,
    group,
    window: rule.kind === 'single' || needsMore(rule) ? undefined : windowFor(rule),
    only: undefined,
    onlyValue: undefined,
    bursts: noBursts,
    weight: 0,
    sibling: undefined,
  };
}

/** The states that a seed stands for, in the order of its rules; each weighs what `seedWeight` says. */
export function statesFrom({ run, sighting, values }: Seed, key: string): readonly State[] {
  const group = soleGroup(run.lazyBy, key);
  return run.moves.map(({ rule }, index) => {
    const state = stateOf(rule, group);
    state.only = sighting;
    state.onlyValue = values[index];
    state.weight = seedWeight(sighting);
    return state;
  });
}

/** About how much memory the first match takes under one rule, in bytes. */
export function seedWeight(sighting: Sighting): number {
  return groupWeight + weightOfSighting(sighting);
}

/** The window of a group under a correlation. */
export function windowOf(state: State): Window | undefined {
  const { rule, only, onlyValue } = state;
  if (rule.kind === 'single' || state.window !== undefined) return state.window;
  const window = windowFor(rule);
  state.window = window;
  state.only = undefined;
  state.onlyValue = undefined;
  // What it stands for, and of which rule it is, counts for other types of correlation.
  if (only !== undefined) window.add({ sighting: only, fired: nothingFired, ruleIndex: 0, value: onlyValue });
  return window;
}

/** Puts a match to the rule; gives what made it fire, if that is now so. */
export function addTo(state: State, step: Step): Fired | undefined {
  const { rule, window, only } = state;
  if (rule.kind === 'single') return step.fired;
  if (window === undefined && only === undefined && needsMore(rule)) {
    state.only = step.sighting;
    state.onlyValue = step.value;
    return undefined;
  }
  return windowOf(state)?.add(step);
}

/** The time of the newest match that may still count together with others; minus infinity without any. */
export function lastMsOf({ window, only }: State): number {
  return only?.timeMs ?? window?.lastMs ?? Number.NEGATIVE_INFINITY;
}

/** No field of a record: which of the correlation's rules matched. */
const ruleField = 'lp.rule';

/** What a match adds to a correlation's measure; several fields count as one value. */
export function valueFor({ condition, rules }: CorrelationRule, subject: Subject, ruleIndex: number): string | undefined {
  let joined: string | undefined;
  for (const { name, fields } of condition.values) {
    const field = fields[ruleIndex];
    const value = name === ruleField ? rules[ruleIndex] : field && subject.text(field);
    if (value === undefined) return undefined;
    joined = joined === undefined ? value : `${joined}\0${value}`;
  }
  return joined;
}

/** About how much memory it takes, in bytes. */
export function weightOf(state: State): number {
  let weight = groupWeight;
  if (state.only !== undefined) weight += weightOfSighting(state.only);
  else if (state.window !== undefined) weight += state.window.weight;
  for (const burst of state.bursts) weight += burst.weight;
  return weight;
}
