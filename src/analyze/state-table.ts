import type { Rule } from '../sigma/rule.ts';
import type { Limits } from './bounded-table.ts';
import type { Group } from './entity.ts';
import { type Seed, type Siblings, type State, seedWeight, stateOf, statesFrom } from './group-state.ts';

/*
 * Hot path: a flood of addresses makes several states for each record. The states of one group form a chain under its key, so
 * that the key is looked up for all rules together and never joined with anything, and the chain as a whole is a link in the
 * order of use: one record moves it once, and it is forgotten at once.
 */

const none: readonly State[] = [];

/** The states of groups, by rule and key; once it holds too much, forgets the group that was used longest ago. */
export class StateTable {
  readonly #byKey = new Map<string, Siblings>();
  readonly #limits: Limits;
  readonly #forget: (state: State) => void;
  readonly #forgetSeed: (seed: Seed, key: string) => void;
  #oldest: Siblings | undefined;
  /** That used last: several rules in turn ask for the same. */
  #newest: Siblings | undefined;
  #size = 0;
  #weight = 0;

  constructor(limits: Limits, forget: (state: State) => void, forgetSeed: (seed: Seed, key: string) => void = () => {}) {
    this.#limits = limits;
    this.#forget = forget;
    this.#forgetSeed = forgetSeed;
  }

  /** The state of a group of which there is more than a seed, without counting as use, or undefined. */
  peek(rule: Rule, key: string): State | undefined {
    return stateIn(this.#byKey.get(key), rule);
  }

  /** The state of a group, made if it is missing; its group is now the last to be forgotten. */
  use(rule: Rule, group: Group): State {
    const siblings = this.#used(group.key);
    if (siblings.seed?.run.moves.some((move) => move.rule === rule) === true) grow(siblings, siblings.seed);
    const known = stateIn(siblings, rule);
    if (known !== undefined) return known;
    const state = stateOf(rule, group);
    state.sibling = siblings.first;
    siblings.first = state;
    this.#size++;
    return state;
  }

  /** Tells whether there is a group of that key. */
  has(key: string): boolean {
    return this.#newest?.key === key || this.#byKey.has(key);
  }

  /** Begins a group, of which there must be none yet, with a seed; forgets others as `weigh` does. */
  sow(key: string, seed: Seed): void {
    this.#used(key).seed = seed;
    const states = seed.run.moves.length;
    this.#size += states;
    this.#weight += states * seedWeight(seed.sighting);
    this.#forgetSome();
  }

  /** All states, those of the group that was used longest ago first; those of a seed are of no use but to be read. */
  *all(): Generator<State, void> {
    for (let siblings = this.#oldest; siblings !== undefined; siblings = siblings.newer) yield* statesIn(siblings);
  }

  /** The same but for those of seeds. */
  *grown(): Generator<State, void> {
    for (let siblings = this.#oldest; siblings !== undefined; siblings = siblings.newer) yield* madeIn(siblings);
  }

  /** Says how heavy a state has become; forgets other groups while the table is too full. */
  weigh(state: State, weight: number): void {
    this.#weight += weight - state.weight;
    state.weight = weight;
    this.#forgetSome();
  }

  #forgetSome(): void {
    while (this.#size > this.#limits.entries || this.#weight > this.#limits.weight) {
      if (this.#oldest === undefined || this.#oldest === this.#newest) return;
      this.#forgetGroup(this.#oldest);
    }
  }

  #used(key: string): Siblings {
    if (this.#newest?.key === key) return this.#newest;
    let siblings = this.#byKey.get(key);
    if (siblings === undefined) {
      siblings = { key, first: undefined, seed: undefined, older: undefined, newer: undefined };
      this.#byKey.set(key, siblings);
    } else this.#unlink(siblings);
    this.#append(siblings);
    return siblings;
  }

  #forgetGroup(siblings: Siblings): void {
    const { seed } = siblings;
    this.#unlink(siblings);
    if (seed !== undefined) {
      const states = seed.run.moves.length;
      this.#size -= states;
      this.#weight -= states * seedWeight(seed.sighting);
      this.#forgetSeed(seed, siblings.key);
    }
    for (const state of madeIn(siblings)) {
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
function statesIn(siblings: Siblings): readonly State[] {
  const { key, seed } = siblings;
  return seed === undefined ? madeIn(siblings) : [...statesFrom(seed, key), ...madeIn(siblings)];
}

function madeIn({ first }: Siblings): readonly State[] {
  if (first === undefined) return none;
  const states: State[] = [];
  for (let state: State | undefined = first; state !== undefined; state = state.sibling) states.push(state);
  return states.reverse();
}

/** Makes the states that a seed stands for, behind those that were made since. */
function grow(siblings: Siblings, seed: Seed): void {
  let oldest = siblings.first;
  while (oldest?.sibling !== undefined) oldest = oldest.sibling;
  const states = statesFrom(seed, siblings.key);
  for (let index = states.length - 1; index >= 0; index--) {
    const state = states[index];
    if (oldest === undefined) siblings.first = state;
    else oldest.sibling = state;
    oldest = state;
  }
  siblings.seed = undefined;
}
