/*
 * What lp-store takes, beside a bare loop of better-sqlite3 and what one would write first, each as a process of its own that
 * reads NDJSON and in turn; then how long a digest of the last day takes. Prints, never judges.
 *
 *     npm run build && npx tsx test/bench/store.ts [FINDINGS] [ROUNDS]
 *
 * Findings have ids like hashes, lie in 90 days and are about many addresses. Seconds are of the processor (user and system),
 * for others may use the machine; those of the digest are by the clock too. Nothing but lp-store counts entries by hour.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../src/model/envelope.ts';
import { severities } from '../../src/model/severity.ts';
import { finding } from '../support/findings.ts';

const total = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 3);
const directory = mkdtempSync(join(tmpdir(), 'lp-bench-'));
const database = join(directory, 'lp.db');
const endMs = Date.parse('2026-11-22T00:00:00.000Z');
const dayMs = 86_400_000;

/** One of `total` findings in so many days, `count` entries large. */
function findingOf(number: number, days: number, count: number): Finding {
  const hash = createHash('sha256').update(String(number)).digest();
  const ip = `203.${hash[0]}.${hash[1]}.${(hash[2] ?? 0) % 8}`;
  const at = (ms: number): string => new Date(endMs - days * dayMs + ((number + ms) / total) * days * dayMs).toISOString();
  const rule = `lp.rule_${(hash[3] ?? 0) % 40}`;
  const source = `/var/www/site${(hash[4] ?? 0) % 20}/data/logs/frontend.access.log`;
  return finding(number, {
    ...{ id: hash.toString('base64url').slice(0, 22), severity: severities[(hash[5] ?? 0) % 4] ?? 'INFO', count },
    ...{ entity: { type: 'ip', value: ip }, source: { ip }, related: { ip: [ip] }, risk_score: (hash[6] ?? 0) % 101 },
    ...{ rule: { id: `00000000-0000-4000-8000-${rule.slice(8).padStart(12, '0')}`, name: rule }, title: `Matter of ${rule}` },
    ...{ log: { source, dataset: 'nginx.access' }, first_seen: at(-1), last_seen: at(-0.5) },
  });
}

function write(file: string, days: number, count: number): void {
  const out = openSync(file, 'w');
  for (let start = 0; start < total; start += 1_000) {
    const lines = Array.from({ length: Math.min(1_000, total - start) }, (_, at) =>
      JSON.stringify(findingOf(start + at, days, count)),
    );
    writeSync(out, `${lines.join('\n')}\n`);
  }
  closeSync(out);
}

/** Runs a command; its seconds by the clock and of the processor, and what it printed. */
function run(command: string): { seconds: number; cpu: number; kilobytes: number; output: string } {
  const result = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', 'sh', '-c', command], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  // What fails at once would look fast.
  if (result.status !== 0) throw new Error(`${command}: ${result.stderr}`);
  const [seconds = 0, user = 0, system = 0, kilobytes = 0] = (result.stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { seconds, cpu: user + system, kilobytes, output: result.stdout };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function dropDatabase(): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
}

const plain = (mode: string): string => `node --import tsx test/bench/plain-store.ts ${mode} ${database}`;
const fresh = join(directory, 'new.ndjson');
const grown = join(directory, 'grown.ndjson');

/** Each way to store, what it reads, and whether its database is new; `printed` tells that it measures itself. */
const ways = [
  { name: 'ndjson.parse, transactions of 1,000', command: plain('ndjson'), input: fresh, isNew: true, isPrinted: false },
  { name: 'bare loop: JSON.parse, insert', command: plain('bare'), input: fresh, isNew: true, isPrinted: false },
  { name: 'bare loop: insert alone', command: plain('rows'), input: fresh, isNew: true, isPrinted: true },
  { name: 'batches of the SQLite backend alone', command: plain('batches'), input: fresh, isNew: true, isPrinted: true },
  { name: 'lp-store, new findings', command: `bin/lp-store --db ${database}`, input: fresh, isNew: true, isPrinted: false },
  {
    name: 'lp-store, the same ones grown',
    command: `bin/lp-store --db ${database}`,
    input: grown,
    isNew: false,
    isPrinted: false,
  },
] as const;

function compareWays(): void {
  const runs = new Map(ways.map((way) => [way, { cpu: [] as number[], seconds: [] as number[], kilobytes: 0 }]));
  for (let round = 0; round < rounds; round++) {
    for (const [way, { cpu, seconds }] of runs) {
      if (way.isNew) dropDatabase();
      const result = run(`${way.command} < ${way.input}`);
      cpu.push(way.isPrinted ? Number(result.output) : result.cpu);
      seconds.push(result.seconds);
    }
  }
  process.stdout.write(`${total} findings of ${Math.round(statSync(fresh).size / total)} bytes, median of ${rounds}\n`);
  // Each way beside the bare loop that does as much.
  const bare = new Map(
    ways.filter(({ name }) => name.startsWith('bare')).map((way) => [way.isPrinted, runs.get(way)?.cpu ?? []]),
  );
  for (const [{ name, isPrinted }, { cpu, seconds }] of runs) {
    const ratio = `${(median(bare.get(isPrinted) ?? []) / median(cpu)).toFixed(2)} of bare`;
    const rate = `${(total / median(cpu) / 1_000).toFixed(1)} k/s of processor time`;
    const clock = isPrinted ? '' : `${(total / median(seconds) / 1_000).toFixed(1)} k/s by the clock`;
    process.stdout.write(`${name.padEnd(38)}${rate.padStart(30)}${ratio.padStart(15)}${clock.padStart(26)}\n`);
  }
  process.stdout.write(`database: ${(statSync(database).size / 2 ** 20).toFixed(0)} MiB\n`);
}

function measureDigest(days: number): void {
  const [since, until] = [endMs - dayMs, endMs].map((ms) => new Date(ms).toISOString());
  const results = Array.from({ length: Math.max(5, rounds) }, () =>
    run(`bin/lp-report --db ${database} --since ${since} --until ${until} > ${directory}/digest.txt`),
  );
  const ms = (seconds: number): string => `${Math.round(seconds * 1_000)} ms`;
  const clock = ms(median(results.map(({ seconds }) => seconds)));
  const cpu = ms(median(results.map((result) => result.cpu)));
  const memory = Math.round(Math.max(...results.map(({ kilobytes }) => kilobytes)) / 1_024);
  process.stdout.write(
    `digest of a day, of ${total} findings in ${days} days: ${clock} by the clock, ${cpu} of the processor, ${memory} MB\n`,
  );
}

try {
  write(fresh, 90, 10);
  write(grown, 90, 11);
  compareWays();
  measureDigest(90);
  dropDatabase();
  write(fresh, 1, 10);
  run(`bin/lp-store --db ${database} < ${fresh}`);
  measureDigest(1);
} finally {
  rmSync(directory, { recursive: true });
}
