import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../cli/command.ts';
import { printable } from '../../io/printable.ts';
import { decodeLine } from '../../model/decode.ts';
import type { Finding, LogRecord } from '../../model/envelope.ts';
import { type ExitStatus, exitStatus } from '../../model/exit-status.ts';
import type { Rule } from '../../sigma/rule.ts';
import type { RuleSet } from '../../sigma/rule-set.ts';
import { chooseRules, type RuleChoice } from './choice.ts';
import { outputOf } from './stage.ts';

/** One test of a rule: a log in which it must find something, or must not. */
interface Case {
  readonly rule: Rule;
  readonly file: string;
  readonly isMatch: boolean;
  /** From 1. */
  readonly number: number;
  readonly log: string;
}

/**
 * All cases go through one pipe, which costs a second and not a minute; each lies this much before the next, which is more
 * than any rule looks back, and whole weeks, for rules about days.
 */
const apartMs = 364 * 86_400_000;

/** Most cases of one pipe: a thousand years back. */
const maxCases = 1_000;

/** Runs the tests of the chosen rules, and writes those that fail and how many there were. Status 78 when one fails. */
export async function testRules(choice: RuleChoice, context: Context): Promise<ExitStatus> {
  const { all, chosen } = await chooseRules(choice);
  const directory = await mkdtemp(join(tmpdir(), 'lp-rules-'));
  try {
    const cases = chosen.flatMap((rule, number) => casesOf(rule, join(directory, String(number))));
    const failed: Case[] = [];
    for (let from = 0; from < cases.length; from += maxCases)
      failed.push(...(await failedOf(cases.slice(from, from + maxCases), all, choice)));
    const untested = chosen.filter((rule) => all.isReporting(rule) && rule.tests.match.length === 0).length;
    const summary = `rules: ${chosen.length}, tests: ${cases.length}, failed: ${failed.length}, without lines that must match: ${untested}`;
    await context.output.write(Buffer.from([...failed.map(failureOf), summary].map((line) => `${line}\n`).join('')));
    return failed.length > 0 ? exitStatus.config : exitStatus.ok;
  } finally {
    await rm(directory, { recursive: true });
  }
}

function casesOf(rule: Rule, prefix: string): readonly Case[] {
  const of = (logs: readonly string[], isMatch: boolean): readonly Case[] =>
    logs.map((log, index) => ({
      rule,
      file: `${prefix}-${isMatch ? 'match' : 'nomatch'}-${index + 1}.log`,
      isMatch,
      number: index + 1,
      log: `${log.trimEnd()}\n`,
    }));
  return [...of(rule.tests.match, true), ...of(rule.tests.nomatch, false)];
}

function failureOf({ rule, isMatch, number, log }: Case): string {
  const what = isMatch ? 'finds nothing in' : 'finds something in';
  const list = isMatch ? 'match' : 'nomatch';
  const [first = ''] = log.split('\n', 1);
  return printable(`${rule.place.file}:${rule.place.line}: ${rule.name} ${what} test ${number} of ${list}: ${first}`);
}

async function failedOf(cases: readonly Case[], all: RuleSet, { rules, expand }: RuleChoice): Promise<readonly Case[]> {
  await Promise.all(cases.map(({ file, log }) => writeFile(file, log)));
  const parsed = await outputOf('lp-parse', ['--tz', 'UTC', ...cases.map(({ file }) => file)], '');
  const records = recordsIn(parsed, cases);
  const options = [...rules.flatMap((path) => ['--rules', path]), ...expand.flatMap((text) => ['--expand', text])];
  const input = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const findings = await outputOf('lp-analyze', ['--engine', 'rules', ...options], input);
  const found = foundIn(findings);
  for (const record of records)
    for (const rule of all.matching(all.subjectOf(record)))
      if (!all.isReporting(rule)) found.add(keyOf(record.log.source, rule.name));
  return cases.filter(({ rule, file, isMatch }) => isJudged(rule, all) && found.has(keyOf(file, rule.name)) !== isMatch);
}

/** A correlation that only serves others shows in no output. */
function isJudged(rule: Rule, all: RuleSet): boolean {
  return all.isReporting(rule) || rule.kind === 'single';
}

function recordsIn(parsed: string, cases: readonly Case[]): readonly LogRecord[] {
  const numbers = new Map(cases.map(({ file }, number) => [file, number]));
  return envelopesIn(parsed).flatMap((envelope) => {
    if (envelope.type !== 'record') return [];
    const backMs = (numbers.get(envelope.log.source) ?? 0) * apartMs;
    return [{ ...envelope, timestamp: new Date(Date.parse(envelope.timestamp) - backMs).toISOString() }];
  });
}

function foundIn(findings: string): Set<string> {
  const sourcesOf = ({ log, evidence }: Finding): readonly string[] => [
    ...(log?.source === undefined ? [] : [log.source]),
    ...evidence.map((entry) => entry.log.source),
  ];
  return new Set(
    envelopesIn(findings).flatMap((envelope) =>
      envelope.type === 'finding' ? sourcesOf(envelope).map((source) => keyOf(source, envelope.rule.name)) : [],
    ),
  );
}

function envelopesIn(text: string) {
  return text.split('\n').flatMap((line) => {
    const decoded = line === '' ? undefined : decodeLine(line);
    return decoded?.ok === true ? [decoded.envelope] : [];
  });
}

function keyOf(source: string, rule: string): string {
  return `${source}\0${rule}`;
}
