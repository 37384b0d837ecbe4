import type { CorrelationRule, Rule } from '../sigma/rule.ts';
import type { Subject } from '../sigma/subject.ts';
import type { Burst, SavedBurst } from './burst.ts';
import type { Group } from './entity.ts';
import type { Window } from './window.ts';
import { windowFor } from './window-for.ts';

/** What a group takes beside its entries, in bytes: key, table, window. */
const groupWeight = 700;

/** What is known of one group under one rule. */
export interface State {
  readonly rule: Rule;
  readonly group: Group;
  readonly window: Window | undefined;
  readonly bursts: Burst[];
}

/** A group as it is kept for a later run; `grown` are the bursts that have not been emitted as they are. */
export interface SavedState {
  readonly rule: { readonly id: string; readonly name: string };
  readonly group: Group;
  readonly window: unknown;
  readonly bursts: readonly SavedBurst[];
  readonly grown: readonly number[];
}

/** What `restore` of the engine takes. */
export function savedState({ rule, group, window, bursts }: State, isGrown: (burst: Burst) => boolean): SavedState {
  const { id, name } = rule;
  const grown = bursts.flatMap((burst, index) => (isGrown(burst) ? [index] : []));
  return { rule: { id, name }, group, window: window?.save(), bursts: bursts.map((burst) => burst.save()), grown };
}

/** The state of a group of which nothing has come yet. */
export function stateOf(rule: Rule, group: Group): State {
  return { rule, group, window: rule.kind === 'correlation' ? windowFor(rule) : undefined, bursts: [] };
}

/** No field of a record: which of the correlation's rules matched. */
const ruleField = 'lp.rule';

/** What a match adds to a correlation's measure; several fields count as one value. */
export function valueFor({ condition, rules }: CorrelationRule, subject: Subject, ruleIndex: number): string | undefined {
  const values = condition.values.map(({ name, fields }) => {
    if (name === ruleField) return rules[ruleIndex];
    const field = fields[ruleIndex];
    return field === undefined ? undefined : subject.texts(field)[0];
  });
  return values.length === 0 || values.some((value) => value === undefined) ? undefined : values.join('\0');
}

/** About how much memory it takes, in bytes. */
export function weightOf(state: State): number {
  let weight = groupWeight + (state.window?.weight ?? 0);
  for (const burst of state.bursts) weight += burst.weight;
  return weight;
}
