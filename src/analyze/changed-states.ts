import type { State } from './group-state.ts';

/** Which states have changed, and which are forgotten, since somebody asked; notes nothing before. */
export class ChangedStates {
  readonly #keyOf: (state: State) => string;
  #isAsked = false;
  /** In the order of their last use. */
  readonly #changed = new Set<State>();
  /** Only the keys: in a flood, more states are forgotten between two marks than fit into memory. */
  readonly #forgotten = new Set<string>();

  constructor(keyOf: (state: State) => string) {
    this.#keyOf = keyOf;
  }

  /** Tells whether it notes what changes. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** Notes from now on what changes. */
  start(): void {
    this.#isAsked = true;
    this.#changed.clear();
    this.#forgotten.clear();
  }

  /** Notes that a state has changed, behind all that changed before. */
  note(state: State): void {
    if (!this.#isAsked) return;
    this.#changed.delete(state);
    this.#changed.add(state);
  }

  /** Notes that there is a state no more. */
  noteForgotten(state: State): void {
    if (!this.#isAsked) return;
    this.#changed.delete(state);
    this.#forgotten.add(this.#keyOf(state));
  }

  /** The keys of those forgotten, undefined for each, then the keys of those that have changed; what came back is in both. */
  *take(): Generator<readonly [key: string, state: State | undefined], void> {
    for (const key of this.#forgotten) yield [key, undefined];
    for (const state of this.#changed) yield [this.#keyOf(state), state];
    this.#changed.clear();
    this.#forgotten.clear();
  }
}
