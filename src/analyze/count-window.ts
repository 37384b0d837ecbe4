import { type Sighting, weightOf } from './sighting.ts';
import type { Fired, Step, Window } from './window.ts';

interface Held {
  readonly sighting: Sighting;
  readonly value: string | undefined;
  /** How often the value was seen. */
  readonly count: number;
}

/*
 * Keeps twice as many matches as it takes, in the order of their arrival, and looks for enough of them within the
 * timespan around the newest arrival. So neither late lines nor archives read newest first go astray.
 */

/** Counts matches, or distinct values: each value is held once, at its latest sighting. */
export class CountWindow implements Window {
  readonly isClosing = false;
  readonly endMs = Number.POSITIVE_INFINITY;
  readonly #threshold: number;
  readonly #timespanMs: number;
  #held: Held[] = [];
  #weight = 0;

  constructor(threshold: number, timespanMs: number) {
    this.#threshold = threshold;
    this.#timespanMs = timespanMs;
  }

  get weight(): number {
    return this.#weight;
  }

  close(): undefined {}

  save(): readonly Held[] {
    return this.#held;
  }

  restore(saved: unknown): void {
    // From `save`.
    this.#held = [...(saved as readonly Held[])];
    this.#weight = this.#held.reduce((sum, { sighting }) => sum + weightOf(sighting), 0);
  }

  add({ sighting, value }: Step): Fired | undefined {
    // Two rules of one correlation may match the same entry, which counts once, but for its value.
    const last = this.#held.at(-1);
    const isAgain = last?.sighting === sighting;
    if (isAgain && last.value === value) return undefined;
    const known = value === undefined ? -1 : this.#held.findIndex((held) => held.value === value);
    const count = (known < 0 ? 0 : this.#remove(known)) + (isAgain ? 0 : 1);
    this.#held.push({ sighting, value, count });
    this.#weight += weightOf(sighting);
    if (this.#held.length > 2 * this.#threshold) this.#remove(0);
    if (this.#held.length < this.#threshold) return undefined;
    const enough = this.#enoughAround(sighting.timeMs);
    if (enough === undefined) return undefined;
    for (const held of enough) this.#remove(this.#held.indexOf(held));
    const sightings = [...new Set(enough.map((held) => held.sighting))];
    return { sightings, count: enough.reduce((sum, held) => sum + held.count, 0) };
  }

  #remove(index: number): number {
    const [removed] = this.#held.splice(index, 1);
    if (removed === undefined) return 0;
    this.#weight -= weightOf(removed.sighting);
    return removed.count;
  }

  #enoughAround(timeMs: number): readonly Held[] | undefined {
    const near = this.#held
      .filter((held) => Math.abs(held.sighting.timeMs - timeMs) <= this.#timespanMs)
      .sort((a, b) => a.sighting.timeMs - b.sighting.timeMs);
    for (let start = 0; start + this.#threshold <= near.length; start++) {
      const end = (near[start]?.sighting.timeMs ?? 0) + this.#timespanMs;
      const within = near.slice(start).filter((held) => held.sighting.timeMs <= end);
      if (within.length >= this.#threshold) return within;
    }
    return undefined;
  }
}
