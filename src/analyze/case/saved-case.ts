import type { Case } from './case.ts';

/** A case as it is kept for a later run: of its templates, what a request shows. */
export type SavedCase = Case;

/** The case without what only this process has. */
export function savedCase(given: Case): SavedCase {
  const occurrences = [...given.occurrences].map(
    ([id, { template, ...rest }]) => [id, { ...rest, template: { id: template.id, text: template.text } }] as const,
  );
  return { ...given, occurrences: new Map(occurrences) };
}
