import { type CompiledFormat, datasetOf } from './compiled.ts';
import { Memories } from './memories.ts';
import type { KernelCandidate } from './scan/candidates.ts';
import type { ByteSet } from './scan/first-bytes.ts';
import type { Known } from './scan/kernel-run.ts';
import { type FixedParts, formatPart, sourceParts } from './scan/record-writer.ts';

/** A format as it reads one source. */
export interface Candidate extends KernelCandidate {
  readonly firstBytes: ByteSet;
  readonly format: CompiledFormat;
  readonly tally: Tally;
  /** True when lines of another format may go on with its entries. */
  readonly isContinued: boolean;
}

/** How many lines a format has read, in all sources. */
export interface Tally {
  readonly format: CompiledFormat;
  lines: number;
}

/** What is known of a source. */
export interface SourceState {
  readonly candidates: readonly Candidate[];
  /** The parts of records that name it. */
  readonly parts: FixedParts['source'];
  /** Tells its sessions from those of other sources. */
  readonly number: number;
  /** The format that is tried first. */
  last: Candidate | undefined;
  /** The format that took the line before. */
  taken: Candidate | undefined;
  /** False when the kernel cannot read it. */
  isForKernel: boolean;
  /** What else is remembered of it. */
  readonly memories: Memories;
  /** What its columns are, where a header has told: it is for the kernel as long as the format of these reads it. */
  header: string | undefined;
}

/** Tells whether the kernel can read what follows. */
export function isForKernel({ isForKernel: isReadable, header, last }: SourceState): boolean {
  return isReadable && (header === undefined || last?.shapes === 'columns');
}

/** Notes what the format that has read a line keeps of its source. */
export function keepMemory(state: SourceState, memory: string): void {
  if (state.taken?.shapes === 'columns') state.header = memory;
  else state.isForKernel = false;
}

const nothingInside = { candidate: -1, dataset: undefined } as const;

/** What the kernel must know of a source. */
export function knownOf({ header, candidates, last, memories }: SourceState, source: string): Known {
  const inner = last && memories.inside.get(last.format);
  if (inner === undefined) return { header, inside: nothingInside };
  // Entries that go on over lines are not for the kernel, nor what only a header explains.
  const isForKernel = inner.joins === undefined && inner.shapes !== 'columns';
  const candidate = isForKernel ? candidates.findIndex(({ format }) => format === inner) : -1;
  return { header, inside: { candidate, dataset: datasetOf(inner, source) } };
}

/** Sources whose state is kept; one that is dropped has its format found anew, and its header is forgotten. */
const maxSources = 1_000;

/** The sources that lines come from, and the formats as they read each. */
export class Sources {
  readonly #tallies: readonly Tally[];
  readonly #states = new Map<string, SourceState>();
  readonly #shared = new Map<Tally, Candidate>();
  /** Formats whose entries lines of others go on with. */
  readonly #continued: ReadonlySet<string | undefined>;
  #count = 0;

  constructor(tallies: readonly Tally[]) {
    this.#tallies = tallies;
    this.#continued = new Set(tallies.map(({ format }) => format.continues));
  }

  /** What is known of a source; with `only`, it is read by this format, and as text where that does not fit. */
  of(source: string, only: { readonly name: string } | undefined): SourceState {
    let state = this.#states.get(source);
    if (state === undefined) {
      if (this.#states.size >= maxSources) this.#states.delete(this.#states.keys().next().value ?? '');
      const candidates = this.#tallies
        .map((tally) =>
          typeof tally.format.dataset !== 'object' ? this.#sharedCandidate(tally) : this.#candidateOf(tally, source),
        )
        .filter(
          ({ format: { name, continues, rank } }) => only === undefined || [name, continues].includes(only.name) || rank === 0,
        );
      const parts = sourceParts(source);
      state = {
        candidates,
        parts,
        last: undefined,
        taken: undefined,
        isForKernel: true,
        number: this.#count++,
        memories: new Memories(),
        header: undefined,
      };
      this.#states.set(source, state);
    }
    return state;
  }

  /** A format that does not name its dataset by the source is the same for all. */
  #sharedCandidate(tally: Tally): Candidate {
    const shared = this.#shared.get(tally) ?? this.#candidateOf(tally, '');
    this.#shared.set(tally, shared);
    return shared;
  }

  #candidateOf(tally: Tally, source: string): Candidate {
    return { ...candidateOf(tally.format, source), tally, isContinued: this.#continued.has(tally.format.name) };
  }
}

function candidateOf(format: CompiledFormat, source: string): Omit<Candidate, 'tally' | 'isContinued'> {
  return {
    format,
    entry: format.entry,
    guard: format.guard,
    part: formatPart(format.name, datasetOf(format, source)),
    isSticky: format.isSticky,
    mayHold: format.holds === 'messages',
    isKeyed: format.program >= 0 && format.by !== undefined && format.holds === undefined,
    isJoining: format.joins !== undefined,
    shapes: format.shapes,
    firstBytes: format.firstBytes,
    needs: format.needs,
  };
}
