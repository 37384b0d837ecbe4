import type { AttackReference, Category } from '../model/envelope.ts';
import type { Severity } from '../model/severity.ts';
import type { Field } from './fields.ts';
import type { Route } from './logsource.ts';
import type { Place } from './node.ts';
import type { Term } from './term.ts';

/** What every rule says of itself and of its findings. */
interface RuleHead {
  /** A UUID, as a rule. */
  readonly id: string;
  /** How other rules and people call it; its title when it has no name. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly author?: string;
  readonly license?: string;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly severity: Severity;
  readonly category: Category;
  readonly threat?: Threat;
  /** Whom a finding is about; without it the address, user or host of the record. */
  readonly entity?: Field;
  /** The finding's texts, with `{entity}`, `{count}` and the like to be filled in. */
  readonly findingTitle?: string;
  readonly summary?: string;
  readonly action?: string;
  /** Rules whose open burst for the same entity keeps this one silent: they tell the same story better. */
  readonly unless: readonly string[];
  /** Rules whose open burst for the same entity takes in what this one would newly find; until then it is told at once. */
  readonly partOf: readonly string[];
  readonly tests: RuleTests;
  readonly place: Place;
}

interface Threat {
  readonly tactic?: readonly AttackReference[];
  readonly technique?: readonly AttackReference[];
}

/** Logs of one or more lines in which a rule must find something, and in which it must not. */
export interface RuleTests {
  readonly match: readonly string[];
  readonly nomatch: readonly string[];
}

/** A rule that one record matches or not. */
export interface SingleRule extends RuleHead {
  readonly kind: 'single';
  readonly route: Route;
  /** What a record must be like. */
  readonly term: Term;
  /** The detection's selections by name, for those who ask why a rule matched. */
  readonly selections: ReadonlyMap<string, Term>;
  /** How long an entity must be quiet for the next match to be a new finding. */
  readonly timespanMs: number;
}

/** All types of correlation. */
export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
] as const;

/** A field that may be another one for each of a correlation's rules. */
export interface Alias {
  readonly name: string;
  /** In the order of the correlation's rules. */
  readonly fields: readonly Field[];
}

/** A rule about several records of one group within a length of time. */
export interface CorrelationRule extends RuleHead {
  readonly kind: 'correlation';
  readonly type: (typeof correlationTypes)[number];
  /** Names or ids of the rules whose matches it looks at. */
  readonly rules: readonly string[];
  readonly groupBy: readonly Alias[];
  readonly timespanMs: number;
  readonly condition: CorrelationCondition;
  /** Whether the rules it refers to make findings of their own as well. */
  readonly isGenerating: boolean;
}

/** When a correlation fires. */
export interface CorrelationCondition {
  /** How many records, values or rules it takes at least: a window keeps no fewer. */
  readonly threshold: number;
  /** Tells whether a count, sum, average or percentile is one to fire at. */
  readonly holds: (measure: number) => boolean;
  /** False when a larger measure may end what a smaller one fulfils: only a window that is over tells. */
  readonly isLowerBound: boolean;
  /** Whose values are counted, or reckoned with; several count as one value together. */
  readonly values: readonly Alias[];
  /** Which percentile a `value_percentile` looks at, 0 to 100. */
  readonly percentile: number;
  /** For a `temporal` correlation: tells whether these of its rules, by their number, are the ones to fire at. */
  readonly suffices: (seen: ReadonlySet<number>) => boolean;
}

/** Any rule. */
export type Rule = SingleRule | CorrelationRule;

/** What a filter says: a further condition for rules that exist already. */
export interface RuleFilter {
  readonly title: string;
  readonly place: Place;
  /** Names or ids; undefined for any rule of its log source. */
  readonly rules: readonly string[] | undefined;
  readonly route: Route;
  readonly term: Term;
}
