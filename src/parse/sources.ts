import { generalRank, type LogFormat } from './format.ts';
import type { KernelCandidate } from './scan/candidates.ts';
import { firstBytesOf, setOf } from './scan/first-bytes.ts';
import { type FixedParts, formatPart, sourceParts } from './scan/record-writer.ts';

/** A format as it reads one source. */
export interface Candidate extends KernelCandidate, FixedParts {
  readonly format: LogFormat;
  readonly tally: Tally;
}

/** How many lines a format has read, in all sources. */
export interface Tally {
  readonly format: LogFormat;
  lines: number;
}

/** What is known of a source. */
export interface SourceState {
  readonly candidates: readonly Candidate[];
  /** Tells its sessions from those of other sources. */
  readonly number: number;
  /** The format that is tried first. */
  last: Candidate | undefined;
  /** The format that took the line before. */
  taken: Candidate | undefined;
  /** False when the kernel cannot read it. */
  isForKernel: boolean;
}

/** Sources whose state is kept; one that is dropped has its format found anew. */
const maxSources = 1_000;

/** The sources that lines come from, and the formats as they read each. */
export class Sources {
  readonly #tallies: readonly Tally[];
  readonly #entries: readonly number[];
  readonly #states = new Map<string, SourceState>();
  #count = 0;

  /** `entries` are the first steps of the formats, in the order of `tallies`. */
  constructor(tallies: readonly Tally[], entries: readonly number[]) {
    this.#tallies = tallies;
    this.#entries = entries;
  }

  /** What is known of a source; with `only`, it is read by this format, and as text where that does not fit. */
  of(source: string, only: LogFormat | undefined): SourceState {
    let state = this.#states.get(source);
    if (state === undefined) {
      if (this.#states.size >= maxSources) this.#states.clear();
      const parts = sourceParts(source);
      const candidates = this.#tallies
        .map((tally, index) => this.#candidate(tally, this.#entries[index] ?? -1, { name: source, parts }))
        .filter(({ format }) => only === undefined || format === only || format.rank === 0);
      state = { candidates, last: undefined, taken: undefined, isForKernel: true, number: this.#count++ };
      this.#states.set(source, state);
    }
    return state;
  }

  #candidate(tally: Tally, entry: number, source: { name: string; parts: readonly Uint8Array[] }): Candidate {
    const { format } = tally;
    return {
      format,
      tally,
      entry,
      source: source.parts,
      part: formatPart(format.name, format.dataset?.(source.name)),
      isSticky: format.rank > generalRank,
      isJoining: format.joins !== undefined,
      firstBytes: 'pattern' in format ? firstBytesOf(format.pattern) : setOf(format.begins),
    };
  }
}
