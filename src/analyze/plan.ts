import type { Field } from '../sigma/fields.ts';
import type { Rule } from '../sigma/rule.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import { soleFieldOf } from './entity.ts';
import { needsMore } from './window-for.ts';

/** A rule that a match is put to. */
export interface Move {
  readonly rule: Rule;
  /** Which of the correlation's rules has matched; undefined for a rule that reports its own matches. */
  readonly ruleIndex: number | undefined;
}

/** Rules that a match is put to one after the other. */
export type Run = LazyRun | { readonly moves: readonly Move[]; readonly lazyBy: undefined };

/** Rules that all group by one field, and with each of which the first match of a group comes to nothing. */
export interface LazyRun {
  readonly moves: readonly Move[];
  readonly lazyBy: Field;
}

/** Most lists whose plans are remembered. */
const maxPlans = 1_000;

/** What the matches of a record are put to. Made once for each list of rules that match, for most records have the same ones. */
export class Plans {
  readonly #rules: RuleSet;
  readonly #known = new Map<readonly Rule[], readonly Run[]>();

  constructor(rules: RuleSet) {
    this.#rules = rules;
  }

  /** The runs for the rules that have matched, in their order. */
  of(matching: readonly Rule[]): readonly Run[] {
    const known = this.#known.get(matching);
    if (known !== undefined) return known;
    if (this.#known.size >= maxPlans) this.#known.clear();
    const plan = runsOf(matching.flatMap((rule) => this.#movesOf(rule)));
    this.#known.set(matching, plan);
    return plan;
  }

  #movesOf(rule: Rule): readonly Move[] {
    const own = this.#rules.isReporting(rule) ? [{ rule, ruleIndex: undefined }] : [];
    return [...own, ...this.#rules.readersOf(rule).map(({ reader, ruleIndex }) => ({ rule: reader, ruleIndex }))];
  }
}

function runsOf(moves: readonly Move[]): readonly Run[] {
  const runs: (Run & { readonly moves: Move[] })[] = [];
  for (const move of moves) {
    // What comes to a rule for the second time is more than one match.
    const isAgain = moves.indexOf(move) !== moves.findIndex(({ rule }) => rule === move.rule);
    const lazyBy = isAgain ? undefined : lazyFieldOf(move);
    const last = runs.at(-1);
    if (last !== undefined && last.lazyBy === lazyBy) last.moves.push(move);
    else runs.push({ moves: [move], lazyBy });
  }
  return runs;
}

function lazyFieldOf({ rule, ruleIndex }: Move): Field | undefined {
  return ruleIndex !== undefined && rule.kind === 'correlation' && needsMore(rule) ? soleFieldOf(rule, ruleIndex) : undefined;
}
