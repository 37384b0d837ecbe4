/** One thing that a part of the analysis remembers, by its key; undefined when it remembers it no more. */
export type Change = readonly [key: string, value: unknown];

/**
 * A part of the analysis whose memory outlives the process. Values are what `v8.serialize` takes: plain objects, lists, maps
 * and sets; one object that is in a value twice is one object in what comes back.
 */
export interface Stateful {
  /** All that it remembers, what was used longest ago first. From now on it notes what changes. */
  all(): Iterable<Change>;
  /** What has changed since the last call of this or of `all`. */
  changes(): Iterable<Change>;
  /** Takes one thing back, in the order in which it was given. */
  restore(key: string, value: unknown): void;
}
