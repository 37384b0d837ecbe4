import { fault } from './node.ts';
import type { Rule, RuleFilter, SingleRule } from './rule.ts';
import type { Logsource } from './taxonomy.ts';
import { allOf } from './term.ts';

/**
 * The rules with what filters say of them: a match must also fulfil the condition of each filter that names the rule, or that
 * is for any rule, when the rule is of the filter's log source. Throws `LpError` 78 for a filter of a rule that is not there
 * or that looks at other logs. Source: Sigma filters specification 2.1.
 */
export function withFilters(rules: readonly Rule[], filters: readonly RuleFilter[]): readonly Rule[] {
  if (filters.length === 0) return rules;
  for (const filter of filters) checkNames(filter, rules);
  return rules.map((rule) => {
    if (rule.kind === 'correlation') return rule;
    const own = filters.filter((filter) => isFor(filter, rule));
    return own.length === 0 ? rule : { ...rule, term: allOf([rule.term, ...own.map(({ term }) => term)]) };
  });
}

function checkNames(filter: RuleFilter, rules: readonly Rule[]): void {
  for (const name of filter.rules ?? []) {
    const rule = rules.find((candidate) => candidate.name === name || candidate.id === name);
    if (rule === undefined) throw fault(filter.place, `the filter "${filter.title}" is for a rule that is not there: "${name}"`);
    if (rule.kind === 'correlation')
      throw fault(
        filter.place,
        `the filter "${filter.title}" is for the correlation "${name}"; name the rules that it refers to`,
      );
    if (!isWithin(rule.route.logsource, filter.route.logsource))
      throw fault(filter.place, `the filter "${filter.title}" is not of the log source of the rule "${name}"`);
  }
}

function isFor(filter: RuleFilter, rule: SingleRule): boolean {
  if (filter.rules !== undefined) return filter.rules.includes(rule.name) || filter.rules.includes(rule.id);
  return isWithin(rule.route.logsource, filter.route.logsource);
}

/** Tells whether a log source has all keys of a wider one. */
function isWithin(narrow: Logsource, wide: Logsource): boolean {
  const keys = ['category', 'product', 'service'] as const;
  return keys.every((key) => wide[key] === undefined || wide[key] === narrow[key]);
}
