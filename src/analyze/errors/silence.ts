import type { Finding, LogRecord } from '../../model/envelope.ts';
import { Burst } from '../burst.ts';
import { findingOf } from '../finding.ts';
import { sightingOf } from '../sighting.ts';
import type { Change, Stateful } from '../state/stateful.ts';
import { silentService } from './error-rules.ts';
import { serviceOf } from './service.ts';

/** From how many entries on a service is one that writes all the time. */
const talkativeAfter = 50;

/** Most services that are watched; of more, the first to come are. */
const maxServices = 1_000;

/** How often all services are looked at, in ms of the log's time. */
const lookMs = 60_000;

interface Watched {
  readonly entity: Finding['entity'];
  last: LogRecord;
  lastMs: number;
  count: number;
  isTold: boolean;
}

/** Finds services that have written nothing for so long, while others did. */
export class Silence implements Stateful {
  readonly #afterMs: number;
  readonly #context: { readonly now: () => Date; readonly emit: (finding: Finding) => void };
  readonly #watched = new Map<string, Watched>();
  #newestMs = Number.NEGATIVE_INFINITY;
  #lookedMs = Number.NEGATIVE_INFINITY;
  readonly #changed = new Set<string>();

  constructor(afterMs: number, context: { readonly now: () => Date; readonly emit: (finding: Finding) => void }) {
    this.#afterMs = afterMs;
    this.#context = context;
  }

  *all(): Generator<Change, void> {
    for (const key of this.#watched.keys()) this.#changed.add(key);
    yield* this.changes();
  }

  *changes(): Generator<Change, void> {
    for (const key of this.#changed) yield [key, this.#watched.get(key)];
    this.#changed.clear();
  }

  restore(key: string, value: unknown): void {
    // From `changes`.
    const watched = value as Watched;
    this.#watched.set(key, watched);
    this.#newestMs = this.#lookedMs = Math.max(this.#newestMs, watched.lastMs);
  }

  /** Takes any record in. */
  take(record: LogRecord): void {
    const timeMs = Date.parse(record.timestamp);
    const entity = serviceOf(record);
    const key = `${entity.type}\0${entity.value}`;
    const known = this.#watched.get(key);
    this.#changed.add(key);
    if (known !== undefined) {
      if (timeMs >= known.lastMs) {
        known.last = record;
        known.lastMs = timeMs;
      }
      known.count++;
      known.isTold = false;
    } else if (this.#watched.size < maxServices) {
      this.#watched.set(key, { entity, last: record, lastMs: timeMs, count: 1, isTold: false });
    }
    this.#newestMs = Math.max(this.#newestMs, timeMs);
    if (this.#newestMs - this.#lookedMs >= lookMs) this.look();
  }

  /** Tells of those that are silent now. */
  look(): void {
    this.#lookedMs = this.#newestMs;
    for (const [key, watched] of this.#watched) {
      if (watched.isTold || watched.count < talkativeAfter || this.#newestMs - watched.lastMs < this.#afterMs) continue;
      watched.isTold = true;
      this.#changed.add(key);
      this.#context.emit(this.#findingOf(watched));
    }
  }

  #findingOf({ entity, last, count }: Watched): Finding {
    const sighting = { ...sightingOf(last), ip: undefined };
    const burst = new Burst(silentService, entity, { fired: { sightings: [sighting], count: 1 }, sighting });
    const summary = `${entity.value} had written ${count} entries and then no more, while other logs went on. This is its last.`;
    return { ...findingOf(burst, this.#context.now()), summary };
  }
}
