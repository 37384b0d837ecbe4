import type { LinearMemory } from '../../io/linear-memory.ts';
import { slotOf } from '../fields.ts';
import { keptFields } from '../inside.ts';
import { stampShapes } from '../time/shapes.ts';

/** What the kernel has for this; the names are those of ../kernel/contained.ts. */
export interface ContainedExports {
  setContained(stream: number, iso: number, rfc3339: number, kept: number, count: number): void;
  setInside(candidate: number, dataset: number, length: number): void;
}

/** What lines of containers hold. */
export interface Inside {
  /** The number of the candidate that has read the last one; -1 for one that does not read by itself. */
  readonly candidate: number;
  /** The dataset of what is inside, where its lines do not tell it. */
  readonly dataset: string | undefined;
}

const longestDataset = 64;

/** Tells the kernel how to read lines of containers. */
export class Contained {
  readonly #exports: ContainedExports;
  readonly #memory: LinearMemory;
  readonly #datasetAt: number;

  constructor(exports: ContainedExports, memory: LinearMemory) {
    this.#exports = exports;
    this.#memory = memory;
    this.#datasetAt = memory.take(longestDataset);
    const kept = Uint8Array.from(keptFields.map(slotOf));
    const [iso, rfc3339] = [stampShapes.indexOf('iso'), stampShapes.indexOf('rfc3339')];
    exports.setContained(slotOf('log.iostream'), iso, rfc3339, memory.put(kept), kept.length);
  }

  /** Says what is inside from now on. */
  bring({ candidate, dataset }: Inside): void {
    const json = Buffer.from(dataset === undefined ? '' : JSON.stringify(dataset));
    const isThere = json.length <= longestDataset;
    if (isThere) this.#memory.bytes.set(json, this.#datasetAt);
    this.#exports.setInside(isThere ? candidate : -1, this.#datasetAt, json.length);
  }
}
