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
    let weight = (this.#first?.original.length ?? 0) + (this.#last?.original.length ?? 0);
    for (const sighting of this.#between) weight += sighting.original.length;
    return weight;
  }

  #keepBetween(sighting: Sighting): void {
    if (this.#between.length >= maxEntries - 2) return;
    const alike = this.#seen(sighting);
    // The last place is for something new.
    if (alike === 1 || (alike <= maxAlike && this.#between.length < 3)) this.#between.push(sighting);
  }

  #seen(sighting: Sighting): number {
    const shape = shapeOf(sighting.original);
    const alike = (this.#shapes.get(shape) ?? 0) + 1;
    this.#shapes.set(shape, alike);
    return alike;
  }
}

function evidenceOf({ timestamp, source, offset, original }: Sighting): Evidence {
  return { timestamp, log: { source, offset }, original };
}

/** The entry without its numbers, cut: entries that differ in nothing else are alike. */
function shapeOf(original: string): string {
  return original.slice(0, 512).replace(/\d+/g, '#');
}
