import type { Clock } from './clock.ts';

const windowMs = 60_000;

/** Keeps requests to so many in any minute, however many ask at a time. */
export class Pace {
  readonly #callsMinute: number;
  readonly #clock: Clock;
  /** When the last ones were, or will be, sent. */
  readonly #turnsMs: number[] = [];

  constructor(callsMinute: number, clock: Clock) {
    this.#callsMinute = callsMinute;
    this.#clock = clock;
  }

  /** How long the next request would have to wait, in ms. */
  get waitMs(): number {
    const first = this.#turnsMs.length < this.#callsMinute ? undefined : this.#turnsMs[0];
    return first === undefined ? 0 : Math.min(windowMs, Math.max(0, first + windowMs - this.#clock.nowMs()));
  }

  /** Resolves when the next request may be sent, or at once when the signal is aborted. */
  async turn(signal: AbortSignal): Promise<void> {
    const { waitMs } = this;
    this.#turnsMs.push(this.#clock.nowMs() + waitMs);
    if (this.#turnsMs.length > this.#callsMinute) this.#turnsMs.shift();
    if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
  }
}
