import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { type Case, leadsOf } from '../case/case.ts';
import { type SavedCase, savedCase } from '../case/saved-case.ts';
import type { ModelStore } from './model-store.ts';

/** Cases that could not be asked about, kept from one run to the next where no mark says what goes on. */
export class Spool {
  readonly #store: ModelStore;
  readonly #loaded = new Set<string>();

  constructor(store: ModelStore) {
    this.#store = store;
  }

  /** The cases of earlier runs. They stay in the spool until `save`, so that a crash loses none. */
  *load(nowMs: number): Generator<Case, void> {
    for (const [key, value] of this.#store.spooled(nowMs)) {
      this.#loaded.add(key);
      // Written by `save`, in a file that others may not write.
      yield deserialize(value) as SavedCase;
    }
  }

  /** Keeps these, and of those that were loaded no others. */
  save(held: Iterable<Case>, nowMs: number): void {
    const values = new Map([...held].map((given) => [keyOf(given), serialize(savedCase(given))]));
    const done = [...this.#loaded].filter((key) => !values.has(key));
    if (values.size > 0 || done.length > 0) this.#store.spool(values, done, nowMs);
  }
}

/** The same for the same findings, so that a log which is read twice is asked about once. */
function keyOf(given: Case): string {
  const ids = leadsOf(given).map(({ id }) => id);
  return createHash('sha256')
    .update(JSON.stringify([given.key, ...ids.sort()]))
    .digest('base64url');
}
