import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { RuleSet } from './rule-set.ts';

/**
 * What placeholders stand for, from texts such as `admins=ann`; a name that comes again has several values. Throws `LpError`
 * 64 for a text without a name.
 */
export function placeholdersFrom(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const placeholders = new Map<string, readonly string[]>();
  for (const text of texts) {
    const [, name, value] = /^([^=%\s]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new LpError(`--expand takes NAME=VALUE, such as admins=ann, not "${text}"`, exitStatus.usage);
    placeholders.set(name, [...(placeholders.get(name) ?? []), value]);
  }
  return placeholders;
}

/** Most reasons that are told at a time. */
const maxReasons = 3;

/** What to tell people of rules that were left out; undefined when there are none. */
export function unusableNote({ unusable, rules }: RuleSet): string | undefined {
  if (unusable.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { what } of unusable) {
    const reason = what.replace(/;.*/s, '').replace(/ is not (supported|known)$/, '');
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, maxReasons).map(([reason, count]) => `${count} for ${reason}`);
  const more = sorted.length > maxReasons ? `, and ${sorted.length - maxReasons} more reasons` : '';
  const all = unusable.length + rules.length;
  return `${unusable.length} of ${all} rules are about logs or fields that are not read here and were left out: ${shown.join(', ')}${more}`;
}
