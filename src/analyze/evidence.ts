import type { Evidence } from '../model/envelope.ts';
import type { Sighting } from './sighting.ts';

/** Most entries that a finding shows. */
const maxEntries = 10;

/** Entries of one shape that are kept while there is room: two beside the first and the last show the rhythm. */
const maxAlike = 2;

/** Keeps the first entry, the last, and between them those that differ most, in bounded memory. */
export class EvidenceKeeper {
  #first: Sighting | undefined;
  #last: Sighting | undefined;
  readonly #between: Sighting[] = [];
  readonly #shapes = new Map<string, number>();

  /** Takes an entry in; entries may come out of order. */
  add(sighting: Sighting): void {
    if (this.#first === undefined) {
      this.#first = sighting;
      this.#seen(sighting);
      return;
    }
    if (this.#last === undefined) {
      this.#last = sighting;
      if (sighting.timeMs < this.#first.timeMs) [this.#first, this.#last] = [sighting, this.#first];
      return;
    }
    let rest = sighting;
    if (sighting.timeMs >= this.#last.timeMs) {
      rest = this.#last;
      this.#last = sighting;
    } else if (sighting.timeMs < this.#first.timeMs) {
      rest = this.#first;
      this.#first = sighting;
    }
    this.#keepBetween(rest);
  }

  /** What is kept, oldest first. */
  list(): readonly Evidence[] {
    const kept = [this.#first, ...this.#between, this.#last].filter((sighting) => sighting !== undefined);
    return kept.sort((a, b) => a.timeMs - b.timeMs).map(evidenceOf);
  }

  /** How many characters of log are kept. */
  get weight(): number {
    let weight = lengthOf(this.#first) + lengthOf(this.#last);
    for (const sighting of this.#between) weight += lengthOf(sighting);
    return weight;
  }

  #keepBetween(sighting: Sighting): void {
    if (this.#between.length >= maxEntries - 2) {
      // Of many failures, the one success is what people look for.
      const isNew = sighting.isSuccess && !this.#between.some((kept) => kept.isSuccess);
      if (isNew) this.#between[this.#between.length - 1] = sighting;
      return;
    }
    const alike = this.#seen(sighting);
    // The last places are for something new.
    if (alike === 1 || (alike <= maxAlike && this.#between.length < 3)) this.#between.push(sighting);
  }

  #seen(sighting: Sighting): number {
    const shape = shapeOf(sighting.original);
    const alike = (this.#shapes.get(shape) ?? 0) + 1;
    this.#shapes.set(shape, alike);
    return alike;
  }
}

function evidenceOf({ timestamp, source, offset, isSuccess, message, original }: Sighting): Evidence {
  return {
    timestamp,
    log: { source, offset },
    ...(isSuccess && { event: { outcome: 'success' } }),
    ...(message !== undefined && { message }),
    original,
  };
}

function lengthOf(sighting: Sighting | undefined): number {
  return (sighting?.original.length ?? 0) + (sighting?.message?.length ?? 0);
}

/** The entry without its numbers, cut: entries that differ in nothing else are alike. */
function shapeOf(original: string): string {
  return original.slice(0, 512).replace(/\d+/g, '#');
}
