import type { CorrelationRule } from '../sigma/rule.ts';
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

/** What the windows of a flood share, which mostly see one match: a list of their own would be half of what each takes. */
const nothing: Held[] = [];

/** Counts matches, or distinct values: each value is held once, at its latest sighting. */
export class CountWindow implements Window {
  readonly isClosing = false;
  readonly endMs = Number.POSITIVE_INFINITY;
  readonly #rule: CorrelationRule;
  #held = nothing;
  #weight = 0;

  constructor(rule: CorrelationRule) {
    this.#rule = rule;
  }

  get weight(): number {
    return this.#weight;
  }

  get lastMs(): number {
    return this.#held.at(-1)?.sighting.timeMs ?? Number.NEGATIVE_INFINITY;
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
    const { threshold } = this.#rule.condition;
    // Two rules of one correlation may match the same entry, which counts once, but for its value.
    const last = this.#held.at(-1);
    const isAgain = last?.sighting === sighting;
    if (isAgain && last.value === value) return undefined;
    const known = value === undefined ? -1 : this.#placeOf(value);
    const count = (known < 0 ? 0 : this.#remove(known)) + (isAgain ? 0 : 1);
    this.#append({ sighting, value, count });
    if (this.#held.length > 2 * threshold) this.#remove(0);
    if (this.#held.length < threshold) return undefined;
    const enough = this.#enoughAround(sighting.timeMs);
    if (enough === undefined) return undefined;
    this.#removeAll(new Set(enough));
    const sightings = [...new Set(enough.map((held) => held.sighting))];
    return { sightings, count: enough.reduce((sum, held) => sum + held.count, 0) };
  }

  #placeOf(value: string): number {
    for (let place = 0; place < this.#held.length; place++) if (this.#held[place]?.value === value) return place;
    return -1;
  }

  #append(held: Held): void {
    if (this.#held === nothing) this.#held = [held];
    else this.#held.push(held);
    this.#weight += weightOf(held.sighting);
  }

  #remove(index: number): number {
    const [removed] = this.#held.splice(index, 1);
    if (removed === undefined) return 0;
    this.#weight -= weightOf(removed.sighting);
    return removed.count;
  }

  #removeAll(used: ReadonlySet<Held>): void {
    for (const { sighting } of used) this.#weight -= weightOf(sighting);
    this.#held = this.#held.filter((held) => !used.has(held));
  }

  #enoughAround(timeMs: number): readonly Held[] | undefined {
    const { timespanMs, condition } = this.#rule;
    let count = 0;
    for (const { sighting } of this.#held) if (Math.abs(sighting.timeMs - timeMs) <= timespanMs) count++;
    if (count < condition.threshold) return undefined;
    const near = this.#held
      .filter((held) => Math.abs(held.sighting.timeMs - timeMs) <= timespanMs)
      .sort((a, b) => a.sighting.timeMs - b.sighting.timeMs);
    for (let start = 0; start + condition.threshold <= near.length; start++) {
      const end = (near[start]?.sighting.timeMs ?? 0) + timespanMs;
      const within = near.slice(start).filter((held) => held.sighting.timeMs <= end);
      if (within.length >= condition.threshold) return within;
    }
    return undefined;
  }
}
