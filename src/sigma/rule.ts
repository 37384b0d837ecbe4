import type { AttackReference, Category } from '../model/envelope.ts';
import type { Severity } from '../model/severity.ts';
import type { Field } from './fields.ts';
import type { Route } from './logsource.ts';
import type { Place } from './node.ts';
import type { Predicate } from './subject.ts';

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
  readonly matches: Predicate;
  /** How long an entity must be quiet for the next match to be a new finding. */
  readonly timespanMs: number;
}

/** A rule about several records of one group within a length of time. */
export interface CorrelationRule extends RuleHead {
  readonly kind: 'correlation';
  readonly type: 'event_count' | 'value_count' | 'temporal' | 'temporal_ordered';
  /** Names or ids of the rules whose matches it looks at. */
  readonly rules: readonly string[];
  readonly groupBy: readonly Field[];
  readonly timespanMs: number;
  /** How many records or values it takes; for `temporal` types the number of rules. */
  readonly threshold: number;
  /** Whose distinct values a `value_count` counts. */
  readonly valueField?: Field;
  /** Whether the rules it refers to make findings of their own as well. */
  readonly isGenerating: boolean;
}

/** Any rule. */
export type Rule = SingleRule | CorrelationRule;
