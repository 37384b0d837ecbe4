import { isAtLeastSeverity, severityRank } from '../../model/severity.ts';
import { type Case, floorOf } from '../case/case.ts';
import { newError, unknownErrors } from '../errors/error-rules.ts';
import type { Feedback } from './feedback.ts';

/** Rules that tell of errors without knowing them: there a model adds most. */
const unknown = new Set([unknownErrors.name, newError.name]);

/** Whether a case is put to the model when not all are: rules warn of it, or do not know what it is. */
export function isWorthAsking(given: Case): boolean {
  const floor = floorOf(given);
  if (floor === undefined) return false;
  return isAtLeastSeverity(floor, 'WARNING') || [...given.findings.values()].some(({ rule }) => unknown.has(rule.name));
}

/**
 * What a case is worth when not all can be asked: by its severity, then by how much is unknown, how many kinds of entry it has and
 * whom it involves; less when people have called its like a false alarm.
 */
export function worthOf(given: Case, feedback: Feedback): number {
  const floor = floorOf(given);
  const severity = floor === undefined ? -1 : severityRank(floor);
  const findings = [...given.findings.values()];
  const news = findings.some(({ rule }) => unknown.has(rule.name)) ? 3 : 0;
  const spread = Math.min(3, Math.log2(1 + given.users.size + given.hosts.size));
  const alarms = findings.some((finding) => feedback.isFalseAlarm(finding)) ? -20 : 0;
  return severity * 10 + news + spread + Math.min(3, given.occurrences.size / 3) + alarms;
}
