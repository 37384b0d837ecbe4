/*
 * What the model is sent: tokens for the entries of a log that hold a keyword of lp-filter, as cases and as raw lines in batches of
 * 50 with the same instructions. Prints, never judges.
 *
 *     npx tsx test/bench/tokens.ts LOG...
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { countTokens } from 'gpt-tokenizer/model/gpt-5';
import type { Case } from '../../src/analyze/case/case.ts';
import { CaseBuilder } from '../../src/analyze/case/case-builder.ts';
import { Engine } from '../../src/analyze/engine.ts';
import { promptFor } from '../../src/analyze/llm/prompt.ts';
import { TemplateMiner } from '../../src/analyze/template/miner.ts';
import { defaultKeywords, keywordTest } from '../../src/filter/keywords.ts';
import { decodeLine } from '../../src/model/decode.ts';
import type { Finding, LogRecord } from '../../src/model/envelope.ts';
import { Pseudonyms } from '../../src/redact/pseudonyms.ts';
import { loadPatterns, Redactor } from '../../src/redact/redactor.ts';
import { builtInRules, loadRules } from '../../src/sigma/load.ts';
import { verdict } from '../support/model-server.ts';
import { parseLines } from '../support/parse-lines.ts';

const patterns = await loadPatterns();
const rules = await loadRules([builtInRules]);
const isHit = keywordTest(defaultKeywords);

/** What models answered about one line in a batch, on average, in tokens. Source: the form of a verdict without evidence. */
const answerOfLine = 45;
const linesOfBatch = 50;
const casesOfBatch = 40;

interface Sent {
  readonly calls: number;
  readonly input: number;
  readonly output: number;
}

async function hitsIn(path: string): Promise<readonly LogRecord[]> {
  const { text } = await parseLines(readFileSync(path, 'utf8').split('\n').filter(Boolean), { zone: 'utc' });
  return text.split('\n').flatMap((line) => {
    const found = decodeLine(line);
    return found.ok && found.envelope.type === 'record' && isHit(found.envelope) ? [found.envelope] : [];
  });
}

/** All cases, with what the built-in rules find in them. */
function casesOf(records: readonly LogRecord[]): readonly Case[] {
  const cases: Case[] = [];
  const now = (): Date => new Date(0);
  const builder = new CaseBuilder({ now, miner: new TemplateMiner(), emit: (given) => cases.push(given) });
  const found: Finding[] = [];
  const engine = new Engine(rules, { now, emit: (finding) => found.push(finding) });
  for (const record of records) builder.take(record, engine.take(record));
  engine.end();
  for (const finding of found) builder.see(finding);
  builder.end();
  return cases;
}

/** Tokens of each message of a request and of what it says of the answer's form. */
function tokensOf(cases: readonly Case[]): number {
  const redactor = new Redactor({ patterns, strictness: 'strict', secrets: [], pseudonyms: new Pseudonyms() });
  const { body } = promptFor({ cases, settings: { models: ['m'], isOpenRouter: true }, redactor, falsePositives: [] });
  const { messages, response_format } = JSON.parse(body) as { messages: readonly { content: string }[]; response_format: object };
  return messages.reduce((sum, { content }) => sum + countTokens(content), countTokens(JSON.stringify(response_format)));
}

function asLines(records: readonly LogRecord[]): Sent {
  const calls = Math.ceil(records.length / linesOfBatch);
  const text = records.reduce((sum, { original }) => sum + countTokens(`${original}\n`), 0);
  return { calls, input: text + calls * tokensOf([]), output: records.length * answerOfLine };
}

function asCases(cases: readonly Case[]): Sent {
  const answer = countTokens(JSON.stringify(verdict('c1a2b', { evidence: ['T1', 'T2'], summary: 'x'.padEnd(60, ' word') })));
  let [calls, input] = [0, 0];
  for (let start = 0; start < cases.length; start += casesOfBatch) {
    calls++;
    input += tokensOf(cases.slice(start, start + casesOfBatch));
  }
  return { calls, input, output: cases.length * answer };
}

const number = (value: number): string => value.toLocaleString('en').padStart(9);
console.log('log              hits   cases   kept   lines: calls, in, out              cases: calls, in, out             fewer');
for (const path of process.argv.slice(2)) {
  const records = await hitsIn(path);
  const cases = casesOf(records);
  const counts = cases.filter(({ count }) => count > 0).flatMap(({ occurrences }) => [...occurrences.values()]);
  const kept = counts.reduce((sum, { count }) => sum + count, 0);
  const [lines, ours] = [asLines(records), asCases(cases)];
  const shown = ({ calls, input, output }: Sent): string => `${String(calls).padStart(5)} ${number(input)} ${number(output)}`;
  const times = (lines.input + lines.output) / (ours.input + ours.output);
  console.log(
    `${basename(path).padEnd(14)} ${number(records.length).slice(3)} ${number(cases.length).slice(3)}  ${((100 * kept) / records.length).toFixed(0)} % ${shown(lines)}        ${shown(ours)}       ${times.toFixed(1)}×`,
  );
}
