import { LpError } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { builtInRules, loadRules } from '../../sigma/load.ts';
import type { Rule } from '../../sigma/rule.ts';
import type { RuleSet } from '../../sigma/rule-set.ts';
import { placeholdersFrom } from '../../sigma/settings.ts';

/** Which rules a person asks for. */
export interface RuleChoice {
  readonly rules: readonly string[];
  readonly expand: readonly string[];
  /** Names or ids; none for all. */
  readonly names: readonly string[];
}

/** Rules that were asked for, and all that they may refer to. */
export interface ChosenRules {
  readonly all: RuleSet;
  readonly chosen: readonly Rule[];
}

/** Loads the built-in rules and those of the choice; chosen are the latter, or the former when there are none of these. Throws `LpError` 78, and 64 for a name that no rule has. */
export async function chooseRules({ rules, expand, names }: RuleChoice): Promise<ChosenRules> {
  const all = await loadRules([builtInRules, ...rules], { placeholders: placeholdersFrom(expand) });
  for (const name of names) if (all.named(name) === undefined) throw new LpError(`there is no rule "${name}"`, exitStatus.usage);
  if (names.length > 0) return { all, chosen: names.flatMap((name) => all.named(name) ?? []) };
  const isOwn = rules.length > 0;
  return { all, chosen: all.rules.filter(({ place }) => place.file.startsWith(builtInRules) !== isOwn) };
}
