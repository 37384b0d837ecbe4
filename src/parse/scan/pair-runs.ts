import { latin1, nextPair, type Pair } from './search.ts';

/** A run of pairs: the first step of each known key, and what parts the pairs. */
interface PairRun {
  readonly starts: ReadonlyMap<string, number> | undefined;
  readonly parting: number;
}

/** Finds the pairs of a line's runs: of each key the first. */
export class PairRuns {
  /** The pair found last. */
  readonly pair: Pair = { keyFrom: 0, keyTo: 0, from: 0, to: 0, behind: 0 };
  /** First steps of the keys that have been read. */
  readonly #seen = new Set<number>();

  /** Begins with another line. */
  clear(): void {
    if (this.#seen.size > 0) this.#seen.clear();
  }

  /** The first step of the next known key; undefined when there is none. */
  next(bytes: Uint8Array, from: number, limit: number, { starts, parting }: PairRun): number | undefined {
    const { pair } = this;
    let at = from;
    while (nextPair(bytes, at, limit, parting, pair)) {
      at = pair.behind;
      const start = starts?.get(latin1(bytes, pair.keyFrom, pair.keyTo));
      if (start === undefined || this.#seen.has(start)) continue;
      this.#seen.add(start);
      return start;
    }
    return undefined;
  }
}
