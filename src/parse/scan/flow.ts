import { numberAt } from '../time/digits.ts';
import type { Slots } from './slots.ts';

const deepest = 32;

/** Where a scan goes on when what was chosen fails, and how things stood there. */
interface Choice {
  step: number;
  at: number;
  limit: number;
  trail: number;
  entered: number;
  calls: number;
}

/** Where a scan stands in its program and in the line: the next step, the limit, and the ways back. */
export class Flow {
  /** The next step. */
  step = 0;
  /** The end of the stretch that is read. */
  limit = 0;
  readonly #slots: Slots;
  // A scan makes no objects: choices are filled again and again.
  readonly #choices: readonly Choice[] = Array.from({ length: deepest }, () => ({
    step: 0,
    at: 0,
    limit: 0,
    trail: 0,
    entered: 0,
    calls: 0,
  }));
  readonly #limits = new Int32Array(deepest);
  readonly #calls = new Int32Array(deepest);
  #choiceCount = 0;
  #entered = 0;
  #callCount = 0;

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  /** Starts at a step. */
  start(step: number, limit: number): void {
    this.step = step;
    this.limit = limit;
    this.#choiceCount = this.#entered = this.#callCount = 0;
  }

  /** Remembers where to go on when what follows fails; false when too much is remembered. */
  choose(step: number, at: number): boolean {
    const choice = this.#choices[this.#choiceCount];
    if (choice === undefined) return false;
    this.#choiceCount++;
    choice.step = step;
    choice.at = at;
    choice.limit = this.limit;
    choice.trail = this.#slots.trail;
    choice.entered = this.#entered;
    choice.calls = this.#callCount;
    return true;
  }

  /** Forgets the last choice. */
  commit(): void {
    this.#choiceCount--;
  }

  /** Goes back to the last choice: gives its place in the line, or -1 when there is none. */
  goBack(): number {
    const choice = this.#choices[this.#choiceCount - 1];
    if (choice === undefined) return -1;
    this.#choiceCount--;
    this.step = choice.step;
    this.limit = choice.limit;
    this.#entered = choice.entered;
    this.#callCount = choice.calls;
    this.#slots.undo(choice.trail);
    return choice.at;
  }

  /** Goes on inside a stretch, up to its end. */
  enter(limit: number): void {
    this.#limits[this.#entered++] = this.limit;
    this.limit = limit;
  }

  /** Goes on behind the stretch: gives its end. */
  leave(): number {
    const behind = this.limit;
    this.limit = numberAt(this.#limits, --this.#entered);
    return behind;
  }

  /** Goes to a step, to come back with `give`. False, and nothing, when it is none, or too deep. */
  call(step: number): boolean {
    if (step < 0 || this.#callCount >= deepest) return false;
    this.#calls[this.#callCount++] = this.step;
    this.step = step;
    return true;
  }

  /** Goes back to where the last call came from. */
  give(): void {
    this.step = numberAt(this.#calls, --this.#callCount);
  }

  /** Goes to the step that reads a value of a run, and back to the run from its end or when it fails. */
  enterPair(run: number, step: number, pair: { readonly to: number; readonly behind: number }): boolean {
    if (this.#callCount >= deepest || this.#entered + 2 > deepest || !this.choose(run, pair.behind)) return false;
    this.step = run;
    this.call(step);
    this.enter(pair.behind);
    this.enter(pair.to);
    return true;
  }

  /** Goes back to the run: gives the place behind the pair. */
  leavePair(): number {
    this.commit();
    this.leave();
    const behind = this.leave();
    this.give();
    return behind;
  }
}
