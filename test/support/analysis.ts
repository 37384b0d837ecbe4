import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnalyzeOptions } from '../../src/analyze/analysis.ts';
import { analyze } from '../../src/analyze/analyze.ts';
import { type ModelOptions, modelSettings } from '../../src/analyze/llm/settings.ts';
import type { Finding, LogRecord } from '../../src/model/envelope.ts';
import { testContext } from './context.ts';

/** The key of tests: what must be nowhere but in the header of a request. */
export const testKey = 'sk-or-v1-0123456789abcdef0123456789abcdef';

/** The options about the model when none is given. */
export const modelOptions: ModelOptions = {
  engine: 'auto',
  llm: 'auto',
  models: [],
  baseUrl: 'https://openrouter.ai/api/v1',
  apiKeyFile: undefined,
  redact: 'strict',
  deadlineMs: 20_000,
  maxUsdDay: '0.10',
  maxUsdRun: undefined,
  maxCallsHour: 60,
  isFreeAllowed: false,
  isDryRun: false,
  state: undefined,
  isSpooling: false,
  feedback: undefined,
};

/** The options of lp-analyze when none is given. */
export const analyzeOptions: AnalyzeOptions = {
  rules: [],
  trusted: [],
  expand: [],
  emit: 'findings',
  silentAfterMs: undefined,
  model: undefined,
  state: undefined,
  deadLetter: undefined,
};

/** What a run gave. */
export interface Analysis {
  readonly output: string;
  readonly messages: string;
  /** The last state of each finding, by id. */
  readonly findings: ReadonlyMap<string, Finding>;
}

/** Runs lp-analyze on records; with options about the model, it is asked. */
export async function analysisOf(records: readonly LogRecord[], given?: Partial<ModelOptions>): Promise<Analysis> {
  const context = testContext([records.map((record) => `${JSON.stringify(record)}\n`).join('')]);
  const options: ModelOptions = { ...modelOptions, ...given };
  const settings = given === undefined ? undefined : modelSettings(options, { OPENROUTER_API_KEY: testKey });
  const model = settings && { settings, options };
  await analyze({ ...analyzeOptions, model }, context);
  const lines = context.lines();
  const findings = new Map<string, Finding>();
  if (!options.isDryRun) {
    for (const line of lines) {
      const finding: Finding = JSON.parse(line);
      findings.set(finding.id, finding);
    }
  }
  return { output: lines.join('\n'), messages: context.messages(), findings };
}

/** A directory for the model's state; remove it when done. */
export async function makeState(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'lp-model-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
