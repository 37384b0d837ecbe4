import type { CorrelationRule } from '../sigma/rule.ts';
import { type Sighting, weightOf } from './sighting.ts';

/** What made a rule fire: its entries, and how many there were in all. */
export interface Fired {
  readonly sightings: readonly Sighting[];
  readonly count: number;
}

/** One more match for a window. */
export interface Step {
  readonly sighting: Sighting;
  /** All that the match stands for: several entries when it is a correlation that fired. */
  readonly fired: Fired;
  /** Which of the correlation's rules matched. */
  readonly ruleIndex: number;
  /** The value that a `value_count` counts. */
  readonly value?: string;
}

/** What one group has done lately, until it is enough for a finding. */
export interface Window {
  /** Takes a match in; gives what made the rule fire, if that is now so. Matches may come out of order. */
  add(step: Step): Fired | undefined;
  /** About how much memory its entries take, in bytes. */
  readonly weight: number;
}

/** The window that a correlation needs. */
export function windowFor(rule: CorrelationRule): Window {
  if (rule.type === 'event_count' || rule.type === 'value_count') return new CountWindow(rule.threshold, rule.timespanMs);
  return new SequenceWindow(rule.threshold, rule.timespanMs, rule.type === 'temporal_ordered');
}

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
class CountWindow implements Window {
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

  add({ sighting, value }: Step): Fired | undefined {
    // Two rules of one correlation may match the same entry.
    if (this.#held.at(-1)?.sighting === sighting) return undefined;
    const known = value === undefined ? -1 : this.#held.findIndex((held) => held.value === value);
    const count = known < 0 ? 1 : this.#remove(known) + 1;
    this.#held.push({ sighting, value, count });
    this.#weight += weightOf(sighting);
    if (this.#held.length > 2 * this.#threshold) this.#remove(0);
    if (this.#held.length < this.#threshold) return undefined;
    const enough = this.#enoughAround(sighting.timeMs);
    if (enough === undefined) return undefined;
    for (const held of enough) this.#remove(this.#held.indexOf(held));
    return { sightings: enough.map((held) => held.sighting), count: enough.reduce((sum, held) => sum + held.count, 0) };
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

/** How far a chain of rules has come: the latest possible start, the time of its last link, and what it is made of. */
interface Chain {
  readonly startMs: number;
  readonly endMs: number;
  readonly sightings: readonly Sighting[];
  readonly count: number;
}

/** Most entries that a chain remembers. */
const maxChainSightings = 12;

/** Waits until each of several rules has matched within the timespan, in the order given or in any. */
class SequenceWindow implements Window {
  readonly #timespanMs: number;
  readonly #isOrdered: boolean;
  readonly #chains: (Chain | undefined)[];

  constructor(length: number, timespanMs: number, isOrdered: boolean) {
    this.#timespanMs = timespanMs;
    this.#isOrdered = isOrdered;
    this.#chains = new Array<Chain | undefined>(length).fill(undefined);
  }

  get weight(): number {
    let weight = 0;
    for (const chain of this.#chains) for (const sighting of chain?.sightings ?? []) weight += weightOf(sighting);
    return weight;
  }

  add(step: Step): Fired | undefined {
    const fired = this.#isOrdered ? this.#addOrdered(step) : this.#addUnordered(step);
    if (fired !== undefined) this.#chains.fill(undefined);
    return fired;
  }

  #addOrdered({ sighting, fired, ruleIndex }: Step): Fired | undefined {
    const { timeMs } = sighting;
    if (ruleIndex === 0) {
      this.#chains[0] = this.#repeated(this.#chains[0], timeMs, fired);
    } else {
      const before = this.#chains[ruleIndex - 1];
      if (before === undefined || before.endMs > timeMs || before.startMs < timeMs - this.#timespanMs) return undefined;
      this.#chains[ruleIndex] = chained(before, { ...before, endMs: timeMs }, fired);
    }
    return ruleIndex === this.#chains.length - 1 ? this.#chains[ruleIndex] : undefined;
  }

  #addUnordered({ sighting, fired, ruleIndex }: Step): Fired | undefined {
    this.#chains[ruleIndex] = this.#repeated(this.#chains[ruleIndex], sighting.timeMs, fired);
    const chains = this.#chains.filter((chain) => chain !== undefined);
    const isClose = chains.every((chain) => Math.abs(chain.endMs - sighting.timeMs) <= this.#timespanMs);
    if (chains.length < this.#chains.length || !isClose) return undefined;
    return { sightings: chains.flatMap((chain) => chain.sightings), count: chains.reduce((sum, chain) => sum + chain.count, 0) };
  }

  /** A rule that matches again moves the chain's start on, and what it has found so far stays with it. */
  #repeated(chain: Chain | undefined, timeMs: number, fired: Fired): Chain {
    const at = { startMs: timeMs, endMs: timeMs };
    return chain === undefined || chain.endMs < timeMs - this.#timespanMs ? { ...at, ...fired } : chained(chain, at, fired);
  }
}

function chained(chain: Chain, at: Pick<Chain, 'startMs' | 'endMs'>, fired: Fired): Chain {
  const sightings = [...chain.sightings, ...fired.sightings];
  // The first ones and the newest ones tell most.
  if (sightings.length > maxChainSightings) sightings.splice(maxChainSightings / 2, sightings.length - maxChainSightings);
  return { startMs: at.startMs, endMs: at.endMs, sightings, count: chain.count + fired.count };
}
