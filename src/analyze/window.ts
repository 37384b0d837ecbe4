import type { Sighting } from './sighting.ts';

/** What made a rule fire: its entries, and how many there were in all. */
export interface Fired {
  readonly sightings: readonly Sighting[];
  readonly count: number;
}

/** One more match for a window. */
export interface Step {
  readonly sighting: Sighting;
  /** All that the match stands for: several entries when it is a correlation that fired. */
  readonly fired: Fired;
  /** Which of the correlation's rules matched. */
  readonly ruleIndex: number;
  /** The value that a `value_count` counts. */
  readonly value: string | undefined;
}

/** What one group has done lately, until it is enough for a finding. */
export interface Window {
  /** Takes a match in; gives what made the rule fire, if that is now so. Matches may come out of order. */
  add(step: Step): Fired | undefined;
  /** What makes the rule fire when nothing more comes; only for windows that must be over to tell. */
  close(): Fired | undefined;
  /** True when only a window that is over tells, so that nothing grows meanwhile. */
  readonly isClosing: boolean;
  /** The time of the newest entry that it holds; minus infinity without any. */
  readonly lastMs: number;
  /** When it is over, by the times of its entries; infinite while nothing waits for that. */
  readonly endMs: number;
  /** What it remembers, for `restore` of a window of the same rule. */
  save(): unknown;
  restore(saved: unknown): void;
  /** About how much memory its entries take, in bytes. */
  readonly weight: number;
}
