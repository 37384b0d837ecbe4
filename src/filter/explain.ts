import { type PrintableText, printable } from '../io/printable.ts';
import type { LogRecord } from '../model/envelope.ts';
import type { RuleSet } from '../sigma/rule-set.ts';
import { isKeeping, type Verdict } from './selection.ts';

/** Most of an entry that is shown, in characters. */
const maxShown = 100;

const reasons: Readonly<Record<Exclude<Verdict, 'relevant'>, string>> = {
  keyword: 'a keyword',
  level: 'its level',
  asked: 'the expression',
  excluded: 'an exclusion',
  outside: 'its time',
  noise: 'nothing asks for it',
};

/** A line that says whether a record is kept, why, and which it is. */
export function explanationOf(record: LogRecord, verdict: Verdict, rules: RuleSet | undefined): PrintableText {
  const { log, original } = record;
  const reason = verdict === 'relevant' ? namesOf(record, rules) : reasons[verdict];
  const shown = original.length > maxShown ? `${original.slice(0, maxShown - 1)}…` : original;
  return printable(`${isKeeping(verdict) ? 'kept' : 'dropped'}: ${reason}: ${log.source}:${log.offset}: ${shown}`);
}

function namesOf(record: LogRecord, rules: RuleSet | undefined): string {
  const matching = rules?.matching(rules.subjectOf(record)) ?? [];
  return `${matching.length === 1 ? 'the rule' : 'the rules'} ${matching.map(({ name }) => name).join(', ')}`;
}
