import type { CorrelationRule } from '../sigma/rule.ts';
import { type Sighting, weightOf } from './sighting.ts';
import type { Fired, Step, Window } from './window.ts';

/** Most matches of one window that are reckoned with: beyond that, the first to come are left out. */
const maxHeld = 1_000;

interface Held {
  readonly sighting: Sighting;
  readonly value: string | undefined;
}

function heldFrom(saved: unknown): Held[] {
  // From `save`.
  return [...(saved as readonly Held[])];
}

/** What a window's matches come to. */
function measureOf({ type, condition }: CorrelationRule, held: readonly Held[]): number {
  const numbers = (): readonly number[] => held.map(({ value }) => Number(value));
  switch (type) {
    case 'value_count':
      return new Set(held.map(({ value }) => value)).size;
    case 'value_sum':
      return numbers().reduce((sum, number) => sum + number, 0);
    case 'value_avg':
      return numbers().reduce((sum, number) => sum + number, 0) / held.length;
    case 'value_percentile':
      return percentileOf(numbers(), condition.percentile);
    case 'event_count':
    case 'temporal':
    case 'temporal_ordered':
      return held.length;
    default:
      return type satisfies never;
  }
}

/** The smallest number that at least so many percent of all do not exceed: the nearest rank. */
function percentileOf(numbers: readonly number[], percentile: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Tells whether a match has what its type reckons with: sums and the like need numbers. */
function isMeasurable({ type }: CorrelationRule, value: string | undefined): boolean {
  const isNumber = type === 'value_sum' || type === 'value_avg' || type === 'value_percentile';
  return !isNumber || (value !== undefined && value.trim() !== '' && Number.isFinite(Number(value)));
}

function lastMsOf(held: readonly Held[]): number {
  return held.at(-1)?.sighting.timeMs ?? Number.NEGATIVE_INFINITY;
}

function firedBy(held: readonly Held[]): Fired {
  return { sightings: held.map(({ sighting }) => sighting), count: held.length };
}

/** Reckons, with each match, what the matches of the timespan that ends with the newest one near it come to. */
export class MeasureWindow implements Window {
  readonly isClosing = false;
  readonly endMs = Number.POSITIVE_INFINITY;
  readonly #rule: CorrelationRule;
  #held: Held[] = [];

  constructor(rule: CorrelationRule) {
    this.#rule = rule;
  }

  get weight(): number {
    return this.#held.reduce((sum, { sighting }) => sum + weightOf(sighting), 0);
  }

  get lastMs(): number {
    return lastMsOf(this.#held);
  }

  close(): undefined {}

  save(): readonly Held[] {
    return this.#held;
  }

  restore(saved: unknown): void {
    this.#held = heldFrom(saved);
  }

  add({ sighting, value }: Step): Fired | undefined {
    const { timespanMs, condition } = this.#rule;
    if (!isMeasurable(this.#rule, value) || this.#held.at(-1)?.sighting === sighting) return undefined;
    this.#held.push({ sighting, value });
    if (this.#held.length > maxHeld) this.#held.shift();
    const near = this.#held.filter((held) => Math.abs(held.sighting.timeMs - sighting.timeMs) <= timespanMs);
    const endMs = near.reduce((latest, held) => Math.max(latest, held.sighting.timeMs), sighting.timeMs);
    const within = near
      .filter((held) => held.sighting.timeMs >= endMs - timespanMs)
      .sort((a, b) => a.sighting.timeMs - b.sighting.timeMs);
    if (!condition.holds(measureOf(this.#rule, within))) return undefined;
    const used = new Set(within);
    this.#held = this.#held.filter((held) => !used.has(held));
    return firedBy(within);
  }
}

/**
 * Waits until its timespan is over, counted from its first match, because more may still come: for conditions with an upper
 * limit. It is over when a later match comes, or the input ends.
 */
export class ClosingWindow implements Window {
  readonly isClosing = true;
  readonly #rule: CorrelationRule;
  #held: Held[] = [];

  constructor(rule: CorrelationRule) {
    this.#rule = rule;
  }

  get weight(): number {
    return this.#held.reduce((sum, { sighting }) => sum + weightOf(sighting), 0);
  }

  get lastMs(): number {
    return lastMsOf(this.#held);
  }

  get endMs(): number {
    return this.#held.reduce((startMs, { sighting }) => Math.min(startMs, sighting.timeMs), Infinity) + this.#rule.timespanMs;
  }

  add({ sighting, value }: Step): Fired | undefined {
    if (!isMeasurable(this.#rule, value) || this.#held.at(-1)?.sighting === sighting) return undefined;
    const fired = sighting.timeMs > this.endMs ? this.close() : undefined;
    this.#held.push({ sighting, value });
    if (this.#held.length > maxHeld) this.#held.shift();
    return fired;
  }

  save(): readonly Held[] {
    return this.#held;
  }

  restore(saved: unknown): void {
    this.#held = heldFrom(saved);
  }

  close(): Fired | undefined {
    const held = this.#held.sort((a, b) => a.sighting.timeMs - b.sighting.timeMs);
    this.#held = [];
    if (held.length === 0 || !this.#rule.condition.holds(measureOf(this.#rule, held))) return undefined;
    return firedBy(held);
  }
}
