import type { Evidence } from '../model/envelope.ts';
import { type Sighting, weightOf } from './sighting.ts';

/** Most entries that a finding shows. */
const maxEntries = 10;

/** Entries of one shape that are kept while there is room: two beside the first and the last show the rhythm. */
const maxAlike = 2;

/** What an `EvidenceKeeper` remembers. */
export interface SavedEvidence {
  readonly first: Sighting | undefined;
  readonly last: Sighting | undefined;
  readonly between: Sighting[] | undefined;
  readonly shapes: Map<string, number> | undefined;
}

/** Keeps the first entry, the last, and between them those that differ most, in bounded memory. */
export class EvidenceKeeper {
  #first: Sighting | undefined;
  #last: Sighting | undefined;
  /** Made when there is a third entry: most bursts of a flood of addresses have one. */
  #between: Sighting[] | undefined;
  #shapes: Map<string, number> | undefined;
  /** Shapes that are of no interest any more, by their hashes; made when there is one. */
  #usual: Map<number, string> | undefined;

  /** Takes an entry in; entries may come out of order. */
  add(sighting: Sighting): void {
    if (this.#first === undefined) {
      this.#first = sighting;
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

  /** What it remembers, for `restore`. */
  save(): SavedEvidence {
    return { first: this.#first, last: this.#last, between: this.#between, shapes: this.#shapes };
  }

  /** Takes what `save` gave. */
  restore({ first, last, between, shapes }: SavedEvidence): void {
    this.#first = first;
    this.#last = last;
    this.#between = between;
    this.#shapes = shapes;
  }

  /** What is kept, oldest first. */
  list(): readonly Evidence[] {
    const kept = [this.#first, ...(this.#between ?? []), this.#last].filter((sighting) => sighting !== undefined);
    return kept.sort((a, b) => a.timeMs - b.timeMs).map(evidenceOf);
  }

  /** About how much memory the entries take, in bytes. */
  get weight(): number {
    let weight = (this.#first && weightOf(this.#first)) ?? 0;
    if (this.#last !== undefined) weight += weightOf(this.#last);
    // The table of shapes is as large as an entry for each.
    for (const sighting of this.#between ?? []) weight += 2 * weightOf(sighting);
    return weight;
  }

  #keepBetween(sighting: Sighting): void {
    this.#between ??= [];
    if (this.#between.length >= maxEntries - 2) {
      // Of many failures, the one success is what people look for.
      const isNew = sighting.isSuccess && !this.#between.some((kept) => kept.isSuccess);
      if (isNew) this.#between[this.#between.length - 1] = sighting;
      return;
    }
    if (this.#isUsual(sighting)) return;
    const alike = this.#seen(sighting);
    // The last places are for something new.
    if (alike === 1 || (alike <= maxAlike && this.#between.length < 3)) this.#between.push(sighting);
  }

  /** How many entries of this shape there were, with the first one of all. */
  #seen(sighting: Sighting): number {
    this.#shapes ??= new Map(this.#first && [[shapeOf(this.#first.original), 1]]);
    const shape = shapeOf(sighting.original);
    const alike = (this.#shapes.get(shape) ?? 0) + 1;
    this.#shapes.set(shape, alike);
    if (alike >= maxAlike) {
      this.#usual ??= new Map();
      this.#usual.set(shapeHash(shape), shape);
    }
    return alike;
  }

  #isUsual({ original }: Sighting): boolean {
    if (this.#usual === undefined) return false;
    const shape = this.#usual.get(shapeHash(original));
    return shape !== undefined && hasShape(original, shape);
  }
}

function evidenceOf({ timestamp, source, offset, isSuccess, message, original, dataset, path }: Sighting): Evidence {
  // Loggers of applications write "request completed", and what was asked for in a field.
  const isPathUntold = dataset === 'web.access' && path !== undefined && message !== undefined && !message.includes(path);
  return {
    timestamp,
    log: { source, offset },
    ...(isSuccess && { event: { outcome: 'success' } }),
    ...(isPathUntold && { url: { path } }),
    ...(message !== undefined && { message }),
    original,
  };
}

/** How much of an entry says what shape it has. */
const shapedLength = 512;

/** The entry without its numbers, cut: entries that differ in nothing else are alike. */
export function shapeOf(original: string): string {
  return original.slice(0, shapedLength).replace(/\d+/g, '#');
}

const numberSign = 0x23;

/** What comparing with `shapeOf` gives, at a fifth of the cost: most entries of a burst are of one shape. */
export function hasShape(original: string, shape: string): boolean {
  const length = Math.min(original.length, shapedLength);
  let at = 0;
  for (let place = 0; place < shape.length; place++) {
    if (at >= length) return false;
    let unit = original.charCodeAt(at++);
    if (isDigit(unit)) {
      while (at < length && isDigit(original.charCodeAt(at))) at++;
      unit = numberSign;
    }
    if (unit !== shape.charCodeAt(place)) return false;
  }
  return at === length;
}

/** A hash of the shape of an entry, the same for that shape itself. Source: FNV-1a. */
export function shapeHash(original: string): number {
  const length = Math.min(original.length, shapedLength);
  let hash = 0x811c9dc5;
  let wasDigit = false;
  for (let at = 0; at < length; at++) {
    let unit = original.charCodeAt(at);
    const isNumber = isDigit(unit);
    if (isNumber) {
      if (wasDigit) continue;
      unit = numberSign;
    }
    wasDigit = isNumber;
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  return hash;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
