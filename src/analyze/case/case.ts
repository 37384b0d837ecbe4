import type { Finding } from '../../model/envelope.ts';
import { type Severity, severityRank } from '../../model/severity.ts';
import type { Template } from '../template/tree.ts';

/** How often one kind of entry came in a case. */
export interface Occurrence {
  readonly template: Pick<Template, 'id' | 'text'>;
  count: number;
  /** Whether a rule has matched one of them. */
  isKnown?: boolean;
}

/** One entry of a case, as text. */
export interface Sample {
  readonly templateId: string;
  readonly text: string;
  /** Whether a rule has matched it: these come first. */
  readonly isKnown?: boolean;
}

/** What one entity did in one window of time: what is put to the model. */
export interface Case {
  readonly key: string;
  readonly entity: Finding['entity'];
  /** By template; bounded, the rest is in `uncounted`. */
  readonly occurrences: Map<string, Occurrence>;
  /** Entries of further kinds, when there were too many kinds. */
  uncounted: number;
  readonly samples: Sample[];
  /** Names that fields gave, besides the entity. */
  readonly users: Set<string>;
  readonly hosts: Set<string>;
  readonly ips: Set<string>;
  /** What rules have found, by id: the newest state. */
  readonly findings: Map<string, Finding>;
  count: number;
  firstMs: number;
  lastMs: number;
  /** When it was last added to, in ms of wall time. */
  touchedMs: number;
  readonly openedMs: number;
}

/** The severity that rules give a case, or undefined when they have found nothing. */
export function floorOf({ findings }: Case): Severity | undefined {
  let floor: Severity | undefined;
  for (const { severity } of findings.values()) {
    if (floor === undefined || severityRank(severity) > severityRank(floor)) floor = severity;
  }
  return floor;
}

/** The findings of a case that a verdict is about: the worst of them. */
export function leadsOf(given: Case): readonly Finding[] {
  const floor = floorOf(given);
  return [...given.findings.values()].filter(({ severity }) => severity === floor);
}
