import type { Category } from '../model/envelope.ts';
import type { Severity } from '../model/severity.ts';

/** What makes one finding more urgent than another. */
export interface RiskFactors {
  readonly severity: Severity;
  /** Whether something has happened, or was only tried. */
  readonly hasHappened: boolean;
  /** How many entries the burst holds. */
  readonly count: number;
  /** How many different users, hosts and addresses are involved. */
  readonly spread: number;
  /** Whether the same entity did not do the same before, as far as is remembered. */
  readonly isNew: boolean;
}

const bases: Readonly<Record<Severity, number>> = { INFO: 5, WARNING: 30, ERROR: 55, CRITICAL: 80 };

/**
 * The risk score, 0 to 100: severity gives 5, 30, 55 or 80; to that come 12 when something has happened, up to 4 for volume
 * (1 for each power of ten), up to 3 for spread (1 for each doubling of users, hosts and addresses) and 3 for what is new. So
 * no number of tries outranks what worked, and nothing outranks the next severity. lp-risk(7) tells people the same.
 */
export function riskScore({ severity, hasHappened, count, spread, isNew }: RiskFactors): number {
  const fact = hasHappened ? 12 : 0;
  const volume = Math.min(4, Math.floor(Math.log10(Math.max(1, count))));
  const breadth = Math.min(3, Math.floor(Math.log2(Math.max(1, spread))));
  return Math.min(100, bases[severity] + fact + volume + breadth + (isNew ? 3 : 0));
}

/** What findings of these kinds tell of is so; of all others it depends on what the server let through. */
const facts: readonly Category[] = ['availability', 'config', 'exfiltration', 'integrity', 'malware'];

/** Tells whether something has happened, by what a finding is about and how many of its entries the server let through. */
export function hasHappened(category: Category, successes: number): boolean {
  // Many sites answer a wrong password with a page and status 200.
  return facts.includes(category) || (successes > 0 && category !== 'bruteforce');
}
