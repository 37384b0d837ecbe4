import type { Finding } from '../model/envelope.ts';
import type { Rule } from '../sigma/rule.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import type { Burst } from './burst.ts';
import { findingOf } from './finding.ts';
import type { State } from './group-state.ts';
import { liveMs } from './ticks.ts';

/** What telling needs from outside. */
export interface TellingContext {
  readonly rules: RuleSet;
  readonly now: () => Date;
  /** Takes each finding, and each later state of it with the same id. */
  readonly emit: (finding: Finding) => void;
  /** Takes note that what is kept of a state is no longer as it was. */
  readonly noteChange: (state: State) => void;
}

/** Tells of bursts: when they are new, when they have grown, or when no better rule has told of the same in time. */
export class Telling {
  readonly #context: TellingContext;
  /** Bursts to be emitted again, with the states that they are of. */
  readonly #grown = new Map<Burst, State>();

  constructor(context: TellingContext) {
    this.#context = context;
  }

  /** Tells whether a burst has grown since it was emitted, or was never. */
  isGrown(burst: Burst): boolean {
    return this.#grown.has(burst);
  }

  /** Takes note that a burst is to be emitted again. */
  note(burst: Burst, state: State): void {
    this.#grown.set(burst, state);
  }

  /** Takes a burst back that another one tells of. */
  silence(burst: Burst): void {
    burst.isSilent = true;
    this.#grown.delete(burst);
  }

  /** Emits a new finding, or holds it back for as long as a better rule may take. */
  show(burst: Burst, state: State, firedMs: number): void {
    const better = betterThan(burst.rule, this.#context.rules);
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

  /** Emits a burst that will not grow any more, if it has grown. */
  close(burst: Burst | undefined): void {
    const state = burst && this.#grown.get(burst);
    if (burst === undefined || state === undefined) return;
    this.#grown.delete(burst);
    this.#emit(burst, state);
  }

  /** Emits the newest state of all that have grown, and those that were held back. */
  emitGrown(): void {
    for (const [burst, state] of this.#grown) this.#emit(burst, state);
    this.#grown.clear();
  }

  /** Emits those that are not held back any longer. */
  emitSettled(nowMs: number): void {
    for (const [burst, state] of this.#grown) {
      if (burst.heldUntilMs > nowMs) continue;
      this.#grown.delete(burst);
      this.#emit(burst, state);
    }
  }

  /** Lets the time begin now for which findings of an archive are held back. */
  startWaiting(): void {
    for (const [burst, state] of this.#grown) {
      if (burst.heldUntilMs !== Number.POSITIVE_INFINITY) continue;
      burst.heldUntilMs = this.#context.now().getTime() + waitMsOf(betterThan(burst.rule, this.#context.rules));
      this.#context.noteChange(state);
    }
  }

  #emit(burst: Burst, state: State): void {
    if (burst.heldUntilMs !== 0) this.#context.noteChange(state);
    burst.heldUntilMs = 0;
    this.#context.emit(findingOf(burst, this.#context.now()));
  }
}

/** The rules that tell the story of this one better. */
export function betterThan({ unless }: Rule, rules: RuleSet): readonly Rule[] {
  return unless.map((name) => rules.named(name)).filter((other) => other !== undefined);
}

function waitMsOf(better: readonly Rule[]): number {
  return Math.max(...better.map((other) => other.timespanMs));
}
