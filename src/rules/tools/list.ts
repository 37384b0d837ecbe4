import type { Context } from '../../cli/command.ts';
import { printable } from '../../io/printable.ts';
import { type ExitStatus, exitStatus } from '../../model/exit-status.ts';
import type { Rule } from '../../sigma/rule.ts';
import { type ChosenRules, chooseRules, type RuleChoice } from './choice.ts';

/** What `lp-rules list` is told. */
export interface ListOptions extends RuleChoice {
  readonly isJson: boolean;
}

/** Writes the chosen rules, one a line, by their names. */
export async function listRules(options: ListOptions, context: Context): Promise<ExitStatus> {
  const { all, chosen } = await chooseRules(options);
  const sorted = [...chosen].sort((a, b) => (a.name < b.name ? -1 : 1));
  const widths = { name: Math.max(0, ...sorted.map(({ name }) => name.length)) };
  const lines = sorted.map((rule) => (options.isJson ? asJson(rule, all) : asText(rule, all, widths.name)));
  await context.output.write(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  return exitStatus.ok;
}

function asText(rule: Rule, all: ChosenRules['all'], width: number): string {
  const severity = all.isReporting(rule) ? rule.severity : '-';
  return printable(`${severity.padEnd(8)}  ${rule.name.padEnd(width)}  ${rule.title}`);
}

function asJson(rule: Rule, all: ChosenRules['all']): string {
  const { id, name, title, description, author, license, references, severity, category, threat, place, kind } = rule;
  return JSON.stringify({
    id,
    name,
    title,
    description,
    author,
    license,
    reference: references,
    kind,
    severity,
    category,
    threat,
    reporting: all.isReporting(rule),
    file: place.file,
    line: place.line,
  });
}
