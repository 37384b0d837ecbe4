import { text } from 'node:stream/consumers';
import type { Context } from '../../cli/command.ts';
import { printable } from '../../io/printable.ts';
import { BatchWriter } from '../../io/sink.ts';
import { decodeLine } from '../../model/decode.ts';
import type { LogRecord } from '../../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../../model/exit-status.ts';
import type { Rule } from '../../sigma/rule.ts';
import type { RuleSet } from '../../sigma/rule-set.ts';
import { type ChosenRules, chooseRules, type RuleChoice } from './choice.ts';
import { reasonsOf, servedBy } from './reasons.ts';
import { outputOf } from './stage.ts';

/** What `lp-rules explain` is told. */
export interface ExplainOptions extends RuleChoice {
  readonly format: string | undefined;
  /** None for standard input. */
  readonly lines: readonly string[];
}

/** Tells of each line how it is read, and which rules match it and which do not, and why. */
export async function explainLines(options: ExplainOptions, context: Context): Promise<ExitStatus> {
  const { format, lines, names } = options;
  const input = lines.length > 0 ? `${lines.join('\n')}\n` : await text(context.input);
  const { all, chosen } = await chooseRules(options);
  const parsed = await outputOf('lp-parse', format === undefined ? [] : ['--format', format], input);
  const writer = new BatchWriter(context.output);
  for (const line of parsed.split('\n')) {
    const decoded = line === '' ? undefined : decodeLine(line);
    if (decoded?.ok !== true || decoded.envelope.type !== 'record') continue;
    const wanted = names.length > 0 ? chosen : undefined;
    for (const part of explanation(decoded.envelope, all, wanted)) writer.text(`${printable(part)}\n`);
    if (writer.isFull) await writer.flush();
  }
  await writer.end();
  return exitStatus.ok;
}

function* explanation(record: LogRecord, all: RuleSet, wanted: ChosenRules['chosen'] | undefined): Generator<string, void> {
  const { original, log } = record;
  yield original;
  yield `  read as ${log.format}${log.dataset === undefined ? '' : `, of ${log.dataset}`}, at ${record.timestamp}`;
  for (const field of fieldsOf(record)) yield `    ${field}`;
  const subject = all.subjectOf(record);
  const considered = all.considered(subject);
  const matching = new Set<Rule>(all.matching(subject));
  const near = considered.filter(({ rule, isCandidate }) => isCandidate && !matching.has(rule)).length;
  yield `  ${considered.length} of ${all.rules.filter(({ kind }) => kind === 'single').length} rules are about such logs: ${matching.size} match, ${near} more hold something of it`;
  const isShown = (rule: Rule, isCandidate: boolean): boolean => wanted?.includes(rule) ?? isCandidate;
  const shown = considered.filter(({ rule, isCandidate }) => isShown(rule, isCandidate));
  for (const { rule } of [...shown].sort((a, b) => Number(matching.has(b.rule)) - Number(matching.has(a.rule)))) {
    yield `  ${matching.has(rule) ? 'matches' : 'does not match'} ${rule.name}: ${rule.title}`;
    for (const reason of reasonsOf(rule, subject)) yield `    ${reason}`;
    if (matching.has(rule)) for (const reader of servedBy(rule, all)) yield `    ${reader}`;
  }
  for (const rule of wanted ?? [])
    if (!considered.some((other) => other.rule === rule)) yield `  does not ask ${rule.name}: ${otherLogs(rule)}`;
}

function otherLogs(rule: Rule): string {
  if (rule.kind === 'correlation') return `it looks at what ${rule.rules.join(', ')} match`;
  const source = Object.entries(rule.route.logsource).map(([key, value]) => `${key} ${value}`);
  return `it is about ${source.join(', ')}`;
}

/** The fields of a record but those that are shown already: `source.ip = "203.0.113.5"`. */
function fieldsOf(record: LogRecord): readonly string[] {
  const {
    schema: _,
    type: __,
    timestamp: ___,
    original: ____,
    log: { level },
    ...rest
  } = record;
  return flattened({ ...(level !== undefined && { log: { level } }), ...rest }, '');
}

function flattened(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, part]) => flattened(part, path === '' ? key : `${path}.${key}`));
}
