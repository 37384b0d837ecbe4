import type { LogRecord } from '../model/envelope.ts';
import { shapeOf } from './logsource.ts';
import type { SingleRule } from './rule.ts';
import type { Lane, RuleIndex } from './rule-index.ts';
import type { Need } from './term.ts';

/** Most datasets whose lanes are remembered; records of other programs may name any. */
const maxDatasets = 1_000;

/** The lanes of an index: one for all records that the same rules look at. */
export class Lanes {
  readonly #rules: readonly SingleRule[];
  readonly #index: RuleIndex;
  /** By dataset, then by shape. */
  readonly #lanes = new Map<string, (Lane | undefined)[]>();
  /** The same by their keys: most datasets have no rules of their own. */
  readonly #byKey = new Map<string, Lane>();

  /** `rules` are those of the index. */
  constructor(rules: readonly SingleRule[], index: RuleIndex) {
    this.#rules = rules;
    this.#index = index;
  }

  /** The rules whose log source a record is of. */
  of(record: LogRecord): Lane {
    const dataset = record.log.dataset ?? '';
    let byShape = this.#lanes.get(dataset);
    if (byShape === undefined) {
      if (this.#lanes.size >= maxDatasets) this.#lanes.clear();
      byShape = [];
      this.#lanes.set(dataset, byShape);
    }
    const shape = shapeOf(record);
    const lane = byShape[shape] ?? this.with(this.#routedTo(record));
    byShape[shape] = lane;
    return lane;
  }

  /** Rules by their numbers, as `laneOf` of the index takes them. */
  with(numbers: readonly number[], isMet?: (need: Need) => boolean | undefined): Lane {
    const lane = this.#index.laneOf(numbers, isMet);
    const known = this.#byKey.get(lane.key) ?? lane;
    this.#byKey.set(lane.key, known);
    return known;
  }

  #routedTo(record: LogRecord): readonly number[] {
    const verdicts = new Map<string, boolean>();
    return this.#rules.flatMap(({ route }, number) => {
      const isLed = verdicts.get(route.key) ?? route.leadsTo(record);
      verdicts.set(route.key, isLed);
      return isLed ? [number] : [];
    });
  }
}
