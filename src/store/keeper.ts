import { kindOf } from '../database/place.ts';
import type { Entry, Saved } from '../database/write.ts';
import { type Backend, loadBackend, type Store, type StoreSettings } from './backend.ts';
import { retried } from './retry.ts';

/** What a keeper needs to know. */
export interface KeeperSettings extends Omit<StoreSettings, 'now'> {
  /** Age at which findings are deleted; undefined keeps them for ever. */
  readonly retentionMs: number | undefined;
  readonly now: () => Date;
}

/** Old findings are looked for this often while a pipe runs, and at its end. */
const expiryIntervalMs = 3_600_000;

/** Puts batches into a store that is opened when the first one comes, because loading SQLite costs start-up time. */
export class Keeper {
  readonly #settings: KeeperSettings;
  #store: Store | undefined;
  #nextExpiryMs: number;
  #totals: Saved = { added: 0, updated: 0, stale: 0, marks: 0 };
  readonly #tooOld = new Set<string>();

  constructor(settings: KeeperSettings) {
    this.#settings = settings;
    this.#nextExpiryMs = settings.now().getTime() + expiryIntervalMs;
  }

  /** What all batches came to. */
  get totals(): Saved {
    return this.#totals;
  }

  /** How many findings of this run were older than the retention when they came, so that they are deleted again. */
  get tooOld(): number {
    return this.#tooOld.size;
  }

  /** Finds out whether the place can be used, before the first finding comes. Throws `LpError`. */
  async prepare(): Promise<void> {
    const { now, ...settings } = this.#settings;
    const backend = await this.#backend();
    await retried(() => backend.prepare({ ...settings, now: now() }));
  }

  /** Stores a batch, all of it or nothing. Throws `LpError` when it cannot, after a few tries. */
  async save(batch: Iterable<Entry>): Promise<void> {
    const now = this.#settings.now();
    const { retentionMs } = this.#settings;
    const oldestMs = retentionMs === undefined ? undefined : now.getTime() - retentionMs;
    const given = oldestMs === undefined ? batch : { [Symbol.iterator]: () => this.#watched(batch, oldestMs) };
    const saved = await retried(async () => (await this.#open()).save(given, now));
    this.#totals = {
      added: this.#totals.added + saved.added,
      updated: this.#totals.updated + saved.updated,
      stale: this.#totals.stale + saved.stale,
      marks: this.#totals.marks + saved.marks,
    };
    if (now.getTime() >= this.#nextExpiryMs) await this.expire();
  }

  /** Deletes what is older than the retention; makes the store if there is none yet. Throws `LpError`. */
  async expire(): Promise<void> {
    const { retentionMs, now } = this.#settings;
    const nowMs = now().getTime();
    this.#nextExpiryMs = nowMs + expiryIntervalMs;
    await retried(async () => {
      const store = await this.#open();
      if (retentionMs !== undefined) await store.expire(new Date(nowMs - retentionMs));
    });
  }

  /** Closes the store if it was opened. Throws `LpError`. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    await store?.close(this.#settings.now());
  }

  /** The entries of a batch; notes on the way which findings were last seen before `oldestMs`. */
  *#watched(batch: Iterable<Entry>, oldestMs: number): Generator<Entry, void> {
    for (const entry of batch) {
      if ('finding' in entry) {
        const { id, last_seen } = entry.finding;
        if (Date.parse(last_seen) < oldestMs) this.#tooOld.add(id);
        else this.#tooOld.delete(id);
      }
      yield entry;
    }
  }

  async #open(): Promise<Store> {
    if (this.#store !== undefined) return this.#store;
    const { now, ...settings } = this.#settings;
    this.#store = await (await this.#backend()).open({ ...settings, now: now() });
    return this.#store;
  }

  #backend(): Promise<Backend> {
    return loadBackend(kindOf(this.#settings.place));
  }
}
