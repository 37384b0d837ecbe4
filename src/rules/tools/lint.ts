import type { Context } from '../../cli/command.ts';
import { printable } from '../../io/printable.ts';
import { type ExitStatus, exitStatus } from '../../model/exit-status.ts';
import { builtInRules, checkRules } from '../../sigma/load.ts';
import type { Rule } from '../../sigma/rule.ts';
import type { RuleSet } from '../../sigma/rule-set.ts';
import { placeholdersFrom } from '../../sigma/settings.ts';
import { needsOf } from '../../sigma/term.ts';
import type { RuleChoice } from './choice.ts';

/** Writes all mistakes in the chosen rules, and what would make the others better, as compilers do. Status 78 for mistakes. */
export async function lintRules({ rules, expand, names }: RuleChoice, context: Context): Promise<ExitStatus> {
  const paths = rules.length > 0 ? [builtInRules, ...rules] : [builtInRules];
  const { mistakes, set } = await checkRules(paths, { placeholders: placeholdersFrom(expand) });
  const isChosen = ({ name, id, place }: Rule): boolean =>
    names.length > 0 ? names.includes(name) || names.includes(id) : place.file.startsWith(builtInRules) === (rules.length === 0);
  const lines = [
    ...mistakes.map(({ message }) => message.replace(/^(.*?:\d+): /, '$1: error: ')),
    ...(set?.unusable ?? []).map(({ message }) => message.replace(/^(.*?:\d+): /, '$1: left out: ')),
    ...(set?.rules ?? []).filter(isChosen).flatMap((rule) => (set === undefined ? [] : advice(rule, set))),
  ];
  await context.output.write(Buffer.from(lines.map((line) => `${printable(line)}\n`).join('')));
  return mistakes.length > 0 ? exitStatus.config : exitStatus.ok;
}

function advice(rule: Rule, set: RuleSet): readonly string[] {
  const { place, name, author, description, falsePositives, tests, summary, action } = rule;
  const isReporting = set.isReporting(rule);
  const missing = Object.entries({
    author: author === undefined,
    description: description === undefined,
    falsepositives: isReporting && falsePositives.length === 0,
    'lp.summary': isReporting && summary === undefined,
    'lp.action': isReporting && action === undefined,
    'tests.match': isReporting && tests.match.length === 0,
    'tests.nomatch': isReporting && tests.nomatch.length === 0,
  }).flatMap(([key, isMissing]) => (isMissing ? [key] : []));
  const notes = missing.length > 0 ? [`has no ${missing.join(', ')}`] : [];
  if (rule.kind === 'single' && isSlow(rule.term))
    notes.push('asks each record of its log source, as it has no text that all matches hold: give one to save time');
  return notes.map((note) => `${place.file}:${place.line}: note: ${name} ${note}`);
}

function isSlow(term: Parameters<typeof needsOf>[0]): boolean {
  const needs = needsOf(term);
  return needs === undefined || needs.some(({ kind }) => kind === 'present');
}
