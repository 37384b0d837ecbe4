import type { Clock } from '../time/clock.ts';
import { numberAt } from '../time/digits.ts';
import { held, type Slots, timeSlot } from './slots.ts';

/** The times that a scan gives its entry: they are taken back with the fields, where a pattern does not match in the end. */
export class Times {
  readonly #slots: Slots;
  readonly #clock: Clock;
  /** By the length of the trail when they were given. */
  readonly #given: { readonly text: Uint8Array; readonly quality: number }[] = [];

  constructor(slots: Slots, clock: Clock) {
    this.#slots = slots;
    this.#clock = clock;
  }

  /** Gives the time that the clock has read last. */
  hold(): void {
    const index = this.#slots.trail;
    this.#slots.hold(timeSlot, held.text, index, index);
    this.#given[index] = { text: Uint8Array.from(this.#clock.text), quality: this.#clock.quality };
  }

  /** Lets the clock hold the entry's time again; false when it has none. */
  settle(): boolean {
    if (this.#slots.held[timeSlot] === held.nothing) return false;
    const time = this.#given[numberAt(this.#slots.from, timeSlot)];
    if (time !== undefined) this.#clock.put(time.text, time.quality);
    return time !== undefined;
  }
}
