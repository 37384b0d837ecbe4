import type { Severity } from '../model/severity.ts';

/** What makes one finding more urgent than another. */
export interface RiskFactors {
  readonly severity: Severity;
  /** How many entries the burst holds. */
  readonly count: number;
  /** How many of them the server let through. */
  readonly successes: number;
  /** How many different users, hosts and addresses are involved. */
  readonly spread: number;
  /** Whether the same entity did not do the same before, as far as is remembered. */
  readonly isNew: boolean;
}

const bases: Readonly<Record<Severity, number>> = { INFO: 5, WARNING: 30, ERROR: 55, CRITICAL: 80 };

/**
 * The risk score, 0 to 100: severity gives 5, 30, 55 or 80; to that come 8 when something was let through, up to 6 for
 * volume (2 for each power of ten), up to 5 for spread (1 for each doubling of users, hosts and addresses) and 3 for what is
 * new. So no number of harmless entries outranks the next severity. lp-risk(7) tells people the same.
 */
export function riskScore({ severity, count, successes, spread, isNew }: RiskFactors): number {
  const success = successes > 0 ? 8 : 0;
  const volume = Math.min(6, Math.floor(2 * Math.log10(Math.max(1, count))));
  const breadth = Math.min(5, Math.floor(Math.log2(Math.max(1, spread))));
  return Math.min(100, bases[severity] + success + volume + breadth + (isNew ? 3 : 0));
}
