import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Context } from '../../cli/command.ts';
import { decodeValue, isFields } from '../../model/decode.ts';
import type { Finding, LogRecord } from '../../model/envelope.ts';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';
import { isAtLeastSeverity, isSeverity, type Severity } from '../../model/severity.ts';
import { builtInRules, loadRules } from '../../sigma/load.ts';
import type { RuleSet } from '../../sigma/rule-set.ts';
import { Engine } from '../engine.ts';
import { UnknownErrors } from '../errors/unknown-errors.ts';
import { TemplateMiner } from '../template/miner.ts';
import { openJudge } from './open-judge.ts';
import type { ModelOptions, ModelSettings } from './settings.ts';

/** A case whose severity somebody knows. */
interface Labelled {
  readonly severity: Severity;
  readonly records: readonly LogRecord[];
}

/** How often something was found that is there, that is not there, and that was missed. */
interface Score {
  hits: number;
  alarms: number;
  misses: number;
}

/** What counts as found: at least a warning. */
const threshold: Severity = 'WARNING';

/** Puts labelled cases to rules and model, and writes how often each was right, and what it cost. Throws `LpError` 65 or 66. */
export async function evaluate(
  path: string,
  model: { readonly settings: ModelSettings; readonly options: ModelOptions },
  context: Context,
): Promise<void> {
  const rules = await loadRules([builtInRules]);
  const [alone, judged]: [Score, Score] = [noScore(), noScore()];
  let [cases, calls, cached, costUsd] = [0, 0, 0, 0];
  for await (const labelled of readLabelled(path)) {
    cases++;
    const found = await judge(labelled, rules, { model, context });
    note(alone, labelled, found.before);
    note(judged, labelled, found.after);
    calls += found.calls;
    cached += found.cached;
    costUsd += found.costUsd;
  }
  const lines = [
    `${cases} cases; found means ${threshold} or worse`,
    `rules alone:     ${shown(alone)}`,
    `with the model:  ${shown(judged)}`,
    `${calls} requests, ${cached} answered before, ${costUsd.toFixed(6)} USD`,
  ];
  await context.output.write(Buffer.from(`${lines.join('\n')}\n`));
}

interface Setup {
  readonly model: { readonly settings: ModelSettings; readonly options: ModelOptions };
  readonly context: Context;
}

async function judge({ records }: Labelled, rules: RuleSet, { model, context }: Setup) {
  const [before, after] = [new Map<string, Finding>(), new Map<string, Finding>()];
  const miner = new TemplateMiner();
  const open = await openJudge({ ...model, miner, emit: (finding) => after.set(finding.id, finding) }, context);
  const emit = (finding: Finding): void => {
    before.set(finding.id, finding);
    after.set(finding.id, open.judge.see(finding));
  };
  try {
    const engine = new Engine(rules, { now: context.now, emit });
    const errors = new UnknownErrors({ now: context.now, miner, emit });
    for (const record of records) {
      const isKnown = engine.take(record);
      if (!isKnown) errors.take(record);
      open.judge.take(record, isKnown);
    }
    engine.end();
    errors.emitGrown();
    await open.judge.end(model.settings.deadlineMs);
  } finally {
    await open.close();
  }
  const { calls, cached, costUsd } = open.judge.totals;
  return { before, after, calls, cached, costUsd };
}

async function* readLabelled(path: string): AsyncGenerator<Labelled, void> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      number++;
      if (line.trim() !== '') yield labelledFrom(line, `${path}:${number}`);
    }
  } catch (thrown) {
    if (thrown instanceof LpError) throw thrown;
    throw new LpError(`cannot read ${path}: ${reasonOf(thrown)}`, exitStatus.noInput);
  }
}

function labelledFrom(line: string, place: string): Labelled {
  const advice = 'expected {"severity": "INFO" to "CRITICAL", "records": [what lp-parse writes]}';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LpError(`${place}: not JSON; ${advice}`, exitStatus.badData);
  }
  if (!isFields(value)) throw new LpError(`${place}: ${advice}`, exitStatus.badData);
  const { severity, records } = value;
  if (!isSeverity(severity) || !Array.isArray(records)) throw new LpError(`${place}: ${advice}`, exitStatus.badData);
  const decoded = records.flatMap((record: unknown) => {
    const found = decodeValue(record);
    return found.ok && found.envelope.type === 'record' ? [found.envelope] : [];
  });
  if (decoded.length < records.length)
    throw new LpError(`${place}: not all of "records" are records; ${advice}`, exitStatus.badData);
  return { severity, records: decoded };
}

function noScore(): Score {
  return { hits: 0, alarms: 0, misses: 0 };
}

function note(score: Score, { severity }: Labelled, findings: ReadonlyMap<string, Finding>): void {
  const isFound = [...findings.values()].some((finding) => isAtLeastSeverity(finding.severity, threshold));
  const isThere = isAtLeastSeverity(severity, threshold);
  if (isFound && isThere) score.hits++;
  else if (isFound) score.alarms++;
  else if (isThere) score.misses++;
}

function shown({ hits, alarms, misses }: Score): string {
  const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} %`);
  return `precision ${percent(hits, hits + alarms)}, recall ${percent(hits, hits + misses)} (${hits} found, ${misses} missed, ${alarms} false alarms)`;
}
