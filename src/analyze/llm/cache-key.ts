import { createHash } from 'node:crypto';
import { type Case, floorOf, leadsOf } from '../case/case.ts';
import { named } from './answer.ts';
import type { KeptVerdict } from './model-store.ts';
import type { Prompt } from './prompt.ts';
import type { ModelSettings } from './settings.ts';
import { promptVersion, type Verdict } from './verdict.ts';

/** Stands in a kept text for whom the case is about. */
const entitySlot = '<entity>';

/** What two cases must share for one verdict to do for both: who is asked, what was seen, about how often, and what rules say. */
export function cacheKey(given: Case, { baseUrl, models }: Pick<ModelSettings, 'baseUrl' | 'models'>): string {
  const seen = [...given.occurrences.values()].map(({ template, count }) => `${template.id} ${halfDecade(count)}`).sort();
  const rules = leadsOf(given)
    .map(({ rule }) => rule.id)
    .sort();
  const parts = [promptVersion, baseUrl, models, given.entity.type, seen, [...new Set(rules)], floorOf(given) ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** 1, 2 to 3, 4 to 10, 11 to 31, …: two steps for each power of ten. */
function halfDecade(count: number): number {
  return Math.ceil(2 * Math.log10(Math.max(1, count)));
}

/** Whether a verdict may be used again: not one that somebody may have shaped, or that the model doubts. */
export function isKeepable({ isInjection, confidence }: Verdict): boolean {
  return !isInjection && confidence !== 'low';
}

/** The verdict with nobody's name in it. */
export function forKeeping(verdict: Verdict, given: Case, { redactor }: Prompt): Verdict {
  const slotted = (text: string | undefined): string | undefined =>
    named(text, (mark) => (redactor.restore(mark) === given.entity.value ? entitySlot : undefined));
  return { ...verdict, summary: slotted(verdict.summary), action: slotted(verdict.action) };
}

/** A kept verdict about this case. */
export function fromKept({ verdict }: KeptVerdict, given: Case): Verdict {
  const filled = (text: string | undefined): string | undefined =>
    named(text, (mark) => (mark === entitySlot ? given.entity.value : undefined));
  return { ...verdict, summary: filled(verdict.summary), action: filled(verdict.action) };
}
