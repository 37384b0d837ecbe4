import type { Rule } from '../sigma/rule.ts';
import type { Limits } from './bounded-table.ts';
import type { Group } from './entity.ts';
import { type Siblings, type State, stateOf } from './group-state.ts';

/*
 * Hot path: a flood of addresses makes several states for each record. The states of one group form a chain under its key, so
 * that the key is looked up for all rules together and never joined with anything, and the chain as a whole is a link in the
 * order of use: one record moves it once, and it is forgotten at once.
 */

/** The states of groups, by rule and key; once it holds too much, forgets the group that was used longest ago. */
export class StateTable {
  readonly #byKey = new Map<string, Siblings>();
  readonly #limits: Limits;
  readonly #forget: (state: State) => void;
  #oldest: Siblings | undefined;
  /** That used last: several rules in turn ask for the same. */
  #newest: Siblings | undefined;
  #size = 0;
  #weight = 0;

  constructor(limits: Limits, forget: (state: State) => void) {
    this.#limits = limits;
    this.#forget = forget;
  }

  /** The state of a group, without counting as use, or undefined. */
  peek(rule: Rule, key: string): State | undefined {
    return stateIn(this.#byKey.get(key), rule);
  }

  /** The state of a group, made if it is missing; its group is now the last to be forgotten. */
  use(rule: Rule, group: Group): State {
    const siblings = this.#used(group.key);
    const known = stateIn(siblings, rule);
    if (known !== undefined) return known;
    const state = stateOf(rule, group);
    state.sibling = siblings.first;
    siblings.first = state;
    this.#size++;
    return state;
  }

  /** All states, those of the group that was used longest ago first. */
  *all(): Generator<State, void> {
    for (let siblings = this.#oldest; siblings !== undefined; siblings = siblings.newer) yield* statesIn(siblings);
  }

  /** Says how heavy a state has become; forgets other groups while the table is too full. */
  weigh(state: State, weight: number): void {
    this.#weight += weight - state.weight;
    state.weight = weight;
    while (this.#size > this.#limits.entries || this.#weight > this.#limits.weight) {
      if (this.#oldest === undefined || this.#oldest === this.#newest) return;
      this.#forgetGroup(this.#oldest);
    }
  }

  #used(key: string): Siblings {
    if (this.#newest?.key === key) return this.#newest;
    let siblings = this.#byKey.get(key);
    if (siblings === undefined) {
      siblings = { key, first: undefined, older: undefined, newer: undefined };
      this.#byKey.set(key, siblings);
    } else this.#unlink(siblings);
    this.#append(siblings);
    return siblings;
  }

  #forgetGroup(siblings: Siblings): void {
    this.#unlink(siblings);
    for (const state of statesIn(siblings)) {
      this.#size--;
      this.#weight -= state.weight;
      this.#forget(state);
    }
    // Not before: what a rule tells at its end may depend on what another one has told.
    this.#byKey.delete(siblings.key);
  }

  #append(siblings: Siblings): void {
    siblings.older = this.#newest;
    siblings.newer = undefined;
    if (this.#newest === undefined) this.#oldest = siblings;
    else this.#newest.newer = siblings;
    this.#newest = siblings;
  }

  #unlink({ older, newer }: Siblings): void {
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
  }
}

function stateIn(siblings: Siblings | undefined, rule: Rule): State | undefined {
  let state = siblings?.first;
  while (state !== undefined && state.rule !== rule) state = state.sibling;
  return state;
}

/** In the order in which they were made. */
function statesIn({ first }: Siblings): readonly State[] {
  const states: State[] = [];
  for (let state = first; state !== undefined; state = state.sibling) states.push(state);
  return states.reverse();
}
