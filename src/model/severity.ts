/** How much a finding matters, least first. */
export const severities = ['INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;

/** The severity of a finding; what a program says of its own line is a `Level`. */
export type Severity = (typeof severities)[number];

/** Position on the ladder: 0 is INFO, 3 is CRITICAL. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Tells whether `severity` is `floor` or worse. */
export function isAtLeastSeverity(severity: Severity, floor: Severity): boolean {
  return severityRank(severity) >= severityRank(floor);
}

/** Tells whether `word` is a severity. */
export function isSeverity(word: unknown): word is Severity {
  return severities.some((severity) => severity === word);
}
