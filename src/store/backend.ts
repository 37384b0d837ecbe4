import type { Entry, Saved } from '../database/write.ts';

/** Where and how to store. */
export interface StoreSettings {
  /** The file, or whatever names the place to this backend. */
  readonly place: string;
  /** How long to wait for another process's lock. */
  readonly lockTimeoutMs: number;
  readonly now: Date;
  /** How long one file takes what comes, where there are several. */
  readonly roll?: 'day' | 'hour';
  /** Passwords come from here. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Tells people of something that was mended. */
  readonly warn?: (text: string) => void;
}

/**
 * An open store. A finding is what its last state says, by its `id`: a later state replaces an earlier one unless its count is
 * smaller. Methods reject with `LpError` (69, 74, 75: try again; others: give up), and then nothing has changed.
 */
export interface Store {
  /**
   * Stores all of a batch, in order, or nothing: a mark is never there without what came before it. A store that does not look
   * at what it has counts every finding as added. A batch that could not be stored may be given again: it is the same object.
   */
  save(batch: Iterable<Entry>, now: Date): Promise<Saved>;
  /** Deletes the findings that were last seen before `moment`. */
  expire(moment: Date): Promise<void>;
  close(now: Date): Promise<void>;
}

/** A kind of store; the default export of one file in `backends/`. */
export interface Backend {
  readonly name: string;
  /** Finds out, at little cost, whether the place can be used, before the first finding comes. Rejects with `LpError`. */
  prepare(settings: StoreSettings): Promise<void>;
  /** Opens the store, and makes it when it is missing. */
  open(settings: StoreSettings): Promise<Store>;
}

/** Loads the backend of that name: one file of `backends/`. */
export async function loadBackend(name: string): Promise<Backend> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const module: { readonly default: Backend } = await import(new URL(`./backends/${name}.${extension}`, import.meta.url).href);
  return module.default;
}
