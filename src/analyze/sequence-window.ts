import type { CorrelationCondition, CorrelationRule } from '../sigma/rule.ts';
import { type Sighting, weightOf } from './sighting.ts';
import type { Fired, Step, Window } from './window.ts';

/** How far a chain of rules has come: the latest possible start, the time of its last link, and what it is made of. */
interface Chain {
  readonly startMs: number;
  readonly endMs: number;
  readonly sightings: readonly Sighting[];
  readonly count: number;
}

/** Most entries that a chain remembers. */
const maxChainSightings = 12;

/** Waits until enough of several rules have matched within the timespan, in the order given or in any. */
export class SequenceWindow implements Window {
  readonly isClosing = false;
  readonly endMs = Number.POSITIVE_INFINITY;
  readonly #timespanMs: number;
  readonly #suffices: CorrelationCondition['suffices'];
  readonly #isOrdered: boolean;
  /** Whether each rule must follow the one before it: without words that say which. */
  readonly #isChained: boolean;
  readonly #chains: (Chain | undefined)[];

  constructor({ type, rules, timespanMs, condition }: CorrelationRule) {
    this.#timespanMs = timespanMs;
    this.#suffices = condition.suffices;
    this.#isOrdered = type === 'temporal_ordered';
    this.#isChained = this.#isOrdered && condition.threshold === rules.length;
    this.#chains = new Array<Chain | undefined>(rules.length).fill(undefined);
  }

  get weight(): number {
    let weight = 0;
    for (const chain of this.#chains) for (const sighting of chain?.sightings ?? []) weight += weightOf(sighting);
    return weight;
  }

  get lastMs(): number {
    return Math.max(...this.#chains.map((chain) => chain?.endMs ?? Number.NEGATIVE_INFINITY));
  }

  close(): undefined {}

  save(): readonly (Chain | undefined)[] {
    return this.#chains;
  }

  restore(saved: unknown): void {
    // From `save`.
    for (const [index, chain] of (saved as readonly (Chain | undefined)[]).entries()) this.#chains[index] = chain;
  }

  add(step: Step): Fired | undefined {
    const fired = this.#isChained ? this.#addChained(step) : this.#addAny(step);
    if (fired !== undefined) this.#chains.fill(undefined);
    return fired;
  }

  #addChained({ sighting, fired, ruleIndex }: Step): Fired | undefined {
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

  #addAny({ sighting, fired, ruleIndex }: Step): Fired | undefined {
    this.#chains[ruleIndex] = this.#repeated(this.#chains[ruleIndex], sighting.timeMs, fired);
    const seen = new Set<number>();
    const chains: Chain[] = [];
    for (const [index, chain] of this.#chains.entries()) {
      if (chain === undefined || Math.abs(chain.endMs - sighting.timeMs) > this.#timespanMs) continue;
      if (this.#isOrdered && chain.endMs < (chains.at(-1)?.endMs ?? Number.NEGATIVE_INFINITY)) return undefined;
      seen.add(index);
      chains.push(chain);
    }
    if (!this.#suffices(seen)) return undefined;
    return { sightings: chains.flatMap((chain) => chain.sightings), count: chains.reduce((sum, chain) => sum + chain.count, 0) };
  }

  /** A rule that matches again moves the chain's start on, and what it has found so far stays with it, unless that lies too far back, or ahead where older logs are read later. */
  #repeated(chain: Chain | undefined, timeMs: number, fired: Fired): Chain {
    const at = { startMs: timeMs, endMs: timeMs };
    const isNew = chain === undefined || Math.abs(chain.endMs - timeMs) > this.#timespanMs;
    return isNew ? { ...at, ...fired } : chained(chain, at, fired);
  }
}

function chained(chain: Chain, at: Pick<Chain, 'startMs' | 'endMs'>, fired: Fired): Chain {
  const sightings = [...chain.sightings, ...fired.sightings];
  // The first ones and the newest ones tell most.
  if (sightings.length > maxChainSightings) sightings.splice(maxChainSightings / 2, sightings.length - maxChainSightings);
  return { startMs: at.startMs, endMs: at.endMs, sightings, count: chain.count + fired.count };
}
