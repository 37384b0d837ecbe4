import type { CorrelationRule, Rule, SingleRule } from '../../sigma/rule.ts';
import type { RuleSet } from '../../sigma/rule-set.ts';
import type { Subject } from '../../sigma/subject.ts';
import { type FieldTerm, predicateOf, type Term } from '../../sigma/term.ts';

/** Most questions of one selection that are shown. */
const maxShown = 3;

/** For each selection of a rule, whether it holds for the record, and which of its questions say so. */
export function reasonsOf({ selections }: SingleRule, subject: Subject): readonly string[] {
  return [...selections].map(([name, term]) => {
    const holds = predicateOf(term)(subject);
    const questions = questionsIn(term).filter(({ matches }) => matches(subject) === holds);
    const more = questions.length > maxShown ? `; and ${questions.length - maxShown} more` : '';
    const shown = questions.slice(0, maxShown).map(({ label }) => label);
    return `${name} ${holds ? 'holds' : 'does not hold'}${shown.length > 0 ? `: ${shown.join('; ')}${more}` : ''}`;
  });
}

/** What a match of the rule leads to: a finding, or a count of a correlation. */
export function servedBy(rule: Rule, all: RuleSet): readonly string[] {
  const readers = all.readersOf(rule).map(({ reader }) => `counts for ${reader.name}: ${wishOf(reader)}`);
  return all.isReporting(rule) ? [`is a finding: ${rule.severity}`, ...readers] : readers;
}

function questionsIn(term: Term): readonly FieldTerm[] {
  switch (term.kind) {
    case 'field':
      return [term];
    case 'not':
    case 'named':
      return questionsIn(term.part);
    default:
      return term.parts.flatMap(questionsIn);
  }
}

function wishOf({ type, condition, groupBy, timespanMs, severity }: CorrelationRule): string {
  const by = groupBy.map(({ name }) => name).join(', ');
  const values = condition.values.map(({ name }) => name).join(', ');
  const what = `${type}${values === '' ? '' : ` of ${values}`}`;
  return `${severity} at ${what} ${condition.threshold} within ${timespanMs / 1_000} s${by === '' ? '' : ` by ${by}`}`;
}
