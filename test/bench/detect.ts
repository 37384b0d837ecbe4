/*
 * What rules cost: records per second that are matched with the built-in rules, and with 1,000 more that do not match, in
 * one process; and lp-filter as a whole process, beside what one would write first. Prints, never judges.
 *
 *     npm run build && npx tsx test/bench/detect.ts [LINES] [ROUNDS]
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeLine } from '../../src/model/decode.ts';
import type { LogRecord } from '../../src/model/envelope.ts';
import { builtInRules, type RuleText, rulesOf } from '../../src/sigma/load.ts';
import type { RuleSet } from '../../src/sigma/rule-set.ts';
import { numbersFrom } from '../support/log-lines.ts';

const lines = Number(process.argv[2] ?? 200_000);
const rounds = Number(process.argv[3] ?? 5);

/** Rules of the kinds that public collections have, with words that no generated log holds. */
function strangers(count: number): readonly RuleText[] {
  const next = numbersFrom(7);
  const word = (): string => Array.from({ length: 9 }, () => 'bcdfghjklmnpqrstvwxz'.charAt(Math.floor(next() * 20))).join('');
  const kinds: readonly (() => string)[] = [
    () =>
      `logsource: {category: webserver}\ndetection: {s: {cs-uri-query|contains: [/${word()}, ${word()}.php, '=${word()}']}, condition: s}`,
    () =>
      `logsource: {category: webserver}\ndetection: {a: {cs-method: POST, cs-uri-query|endswith: /${word()}.jsp}, b: {sc-status: 200}, condition: a and b}`,
    () => `logsource: {category: webserver}\ndetection: {s: {c-useragent|startswith: ${word()}}, condition: s}`,
    () =>
      `logsource: {product: linux, service: sshd}\ndetection: {keywords: ['${word()} ${word()}', ${word()}], condition: keywords}`,
    () => `logsource: {product: linux}\ndetection: {s: {message|re: '${word()}\\d+ (${word()}|${word()})'}, condition: s}`,
  ];
  return Array.from({ length: count }, (_, number) => ({
    file: `generated-${number}.yaml`,
    text: `title: generated ${number}\n${kinds[number % kinds.length]?.() ?? ''}\n`,
  }));
}

async function ownRules(): Promise<readonly RuleText[]> {
  const names = (await readdir(builtInRules)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(names.map(async (file) => ({ file, text: await readFile(join(builtInRules, file), 'utf8') })));
}

/** The path of generated records, made when they are not there. */
function recordsOf(kind: string): string {
  const path = `${process.env['TMPDIR'] ?? '/tmp'}/lp-bench-${kind}-${lines}.ndjson`;
  const parse = 'bin/lp-parse --tz utc --now 2026-12-31T00:00:00Z';
  if (!existsSync(path)) execFileSync('sh', ['-c', `npx tsx test/bench/generate.ts ${kind} ${lines} | ${parse} > ${path}`]);
  return path;
}

function decoded(path: string): readonly LogRecord[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const found = line === '' ? undefined : decodeLine(line);
      return found?.ok === true && found.envelope.type === 'record' ? [found.envelope] : [];
    });
}

function matchSeconds(rules: RuleSet, records: readonly LogRecord[]): number {
  const started = performance.now();
  for (const record of records) rules.matching(rules.subjectOf(record));
  return (performance.now() - started) / 1_000;
}

function processSeconds(command: string): number {
  const started = performance.now();
  spawnSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] });
  return (performance.now() - started) / 1_000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function tell(what: string, seconds: number, beside: number): void {
  const rate = `${Math.round(lines / seconds / 1_000)} k records/s`.padStart(18);
  process.stdout.write(`${what.padEnd(48)}${rate}${`${(seconds / beside).toFixed(2)} x the time`.padStart(18)}\n`);
}

/** The same, each in turn: the first is what the others are held against. */
function compare(title: string, contenders: Readonly<Record<string, () => number>>): void {
  const runs = Object.entries(contenders).map(([name, run]) => ({ name, run, seconds: [] as number[] }));
  for (let round = 0; round <= rounds; round++)
    for (const { run, seconds } of runs) {
      const taken = run();
      if (round > 0) seconds.push(taken);
    }
  process.stdout.write(`\n${title}, ${lines} records, median of ${rounds}\n`);
  const first = median(runs[0]?.seconds ?? []);
  for (const { name, seconds } of runs) tell(name, median(seconds), first);
}

const own = await ownRules();
const [few, many] = [await rulesOf(own), await rulesOf([...own, ...strangers(1_000)])];
for (const kind of ['access', 'auth']) {
  const path = recordsOf(kind);
  const records = decoded(path);
  compare(`matching, ${kind}`, {
    [`the ${few.rules.length} built-in rules`]: () => matchSeconds(few, records),
    'and 1,000 more that do not match': () => matchSeconds(many, records),
  });
  compare(`processes, ${kind}`, {
    'lp-filter': () => processSeconds(`bin/lp-filter < ${path}`),
    'lp-filter --only-keywords': () => processSeconds(`bin/lp-filter --only-keywords < ${path}`),
    'ndjson.parse, test, ndjson.stringify': () => processSeconds(`node --import tsx test/bench/plain-filter.ts < ${path}`),
    'lp-analyze': () => processSeconds(`bin/lp-analyze < ${path} 2> /dev/null`),
  });
}
