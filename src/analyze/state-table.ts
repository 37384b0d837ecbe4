import type { Rule } from '../sigma/rule.ts';
import type { Limits } from './bounded-table.ts';
import type { Group } from './entity.ts';
import { type Siblings, type State, stateOf } from './group-state.ts';

/*
 * Hot path: a flood of addresses makes several states for each record. The states of one group form a chain under its key, so
 * that the key is looked up for all rules together and never joined with anything, and each state is its own link in the order of
 * use. Measured with sshd failures of 65,000 addresses, beside a table with a key for each state: a quarter of the time.
 */

/** The states of groups, by rule and key; forgets what was used longest ago once it holds too much. */
export class StateTable {
  readonly #byKey = new Map<string, Siblings>();
  /** Those asked for last: several rules in turn ask for the same. */
  #latest: Siblings | undefined;
  readonly #limits: Limits;
  readonly #forget: (state: State) => void;
  #oldest: State | undefined;
  #newest: State | undefined;
  #size = 0;
  #weight = 0;

  constructor(limits: Limits, forget: (state: State) => void) {
    this.#limits = limits;
    this.#forget = forget;
  }

  /** The state of a group, without counting as use, or undefined. */
  peek(rule: Rule, key: string): State | undefined {
    let state = this.#byKey.get(key)?.first;
    while (state !== undefined && state.rule !== rule) state = state.sibling;
    return state;
  }

  /** The state of a group, made if it is missing; it is now the last to be forgotten. */
  use(rule: Rule, group: Group): State {
    const siblings = this.#siblingsOf(group.key);
    let state = siblings.first;
    while (state !== undefined && state.rule !== rule) state = state.sibling;
    if (state === undefined) return this.#add(rule, group, siblings);
    if (state !== this.#newest) {
      this.#unlink(state);
      this.#append(state);
    }
    return state;
  }

  /** All states, what was used longest ago first. */
  *all(): Generator<State, void> {
    for (let state = this.#oldest; state !== undefined; state = state.newer) yield state;
  }

  /** Says how heavy a state has become; forgets others while the table is too full. */
  weigh(state: State, weight: number): void {
    this.#weight += weight - state.weight;
    state.weight = weight;
    while (this.#size > 1 && (this.#size > this.#limits.entries || this.#weight > this.#limits.weight)) this.#forgetOldest();
  }

  #siblingsOf(key: string): Siblings {
    if (this.#latest?.key === key) return this.#latest;
    let siblings = this.#byKey.get(key);
    if (siblings === undefined) {
      siblings = { key, first: undefined };
      this.#byKey.set(key, siblings);
    }
    this.#latest = siblings;
    return siblings;
  }

  #add(rule: Rule, group: Group, siblings: Siblings): State {
    const state = stateOf(rule, group, siblings);
    state.sibling = siblings.first;
    siblings.first = state;
    this.#size++;
    this.#append(state);
    return state;
  }

  #forgetOldest(): void {
    const state = this.#oldest;
    if (state === undefined) return;
    this.#unlink(state);
    this.#takeFromSiblings(state);
    this.#size--;
    this.#weight -= state.weight;
    this.#forget(state);
  }

  #takeFromSiblings(state: State): void {
    const { siblings } = state;
    if (siblings.first === state) siblings.first = state.sibling;
    else {
      let before = siblings.first;
      while (before !== undefined && before.sibling !== state) before = before.sibling;
      if (before !== undefined) before.sibling = state.sibling;
    }
    state.sibling = undefined;
    if (siblings.first !== undefined) return;
    this.#byKey.delete(siblings.key);
    if (this.#latest === siblings) this.#latest = undefined;
  }

  #append(state: State): void {
    state.older = this.#newest;
    state.newer = undefined;
    if (this.#newest === undefined) this.#oldest = state;
    else this.#newest.newer = state;
    this.#newest = state;
  }

  #unlink({ older, newer }: State): void {
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
  }
}
