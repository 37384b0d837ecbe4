import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { Diagnostics } from './diagnostics.ts';

/** What a stage reads, and what to say when it gets something else. */
export interface Expected {
  /** `records` or `findings`. */
  readonly what: string;
  /** `put lp-parse before lp-filter`. */
  readonly advice: string;
}

/** A stream may run for months: after so many lines of which none is an envelope, people are told before its end. */
const suspicious = 100;

/** Tells input with some bad lines from input of another kind, which must not pass for one in which nothing was found. */
export class ForeignInput {
  readonly #expected: Expected;
  readonly #diagnostics: Diagnostics;
  #bad = 0;
  #hasEnvelope = false;

  constructor(expected: Expected, diagnostics: Diagnostics) {
    this.#expected = expected;
    this.#diagnostics = diagnostics;
  }

  /** Notes whether a line was an envelope. */
  saw(isEnvelope: boolean): void {
    if (isEnvelope) this.#hasEnvelope = true;
    else if (++this.#bad === suspicious && !this.#hasEnvelope) {
      const { what, advice } = this.#expected;
      this.#diagnostics.warn(`the first ${suspicious} lines of standard input are not ${what}: ${advice}`);
    }
  }

  /** Throws `LpError` 65 at the end of an input that had lines and no envelope. */
  refuse(): void {
    if (this.#bad === 0 || this.#hasEnvelope) return;
    const { what, advice } = this.#expected;
    throw new LpError(`standard input is not ${what}: ${advice}`, exitStatus.badData);
  }
}
