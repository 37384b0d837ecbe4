/*
 * The whole pipe, from lines of an access log to findings in a database, beside what one would write first, each stage a
 * process of its own; what lp-filter leaves of the speed of lp-parse; and five stages on empty input beside five times `node`.
 * Prints, never judges.
 *
 *     npm run build && npx tsx test/bench/pipe.ts [LINES] [ROUNDS]
 *
 * Seconds are by the clock, for stages work at the same time, and of the processor (user and system), for others may use the
 * machine. Where crowdsec is there, it replays 10,000 of the lines with the parsers and scenarios that it has been given; as the
 * start of lp takes longer than these, lines per second of a long run are told, too.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const lines = Number(process.argv[2] ?? 200_000);
const rounds = Number(process.argv[3] ?? 3);
const replayed = Math.min(lines, 10_000);
const directory = mkdtempSync(join(tmpdir(), 'lp-bench-'));
const log = join(directory, 'access.log');
const fewer = join(directory, 'fewer.log');
const plain = (script: string): string => `node --import tsx test/bench/${script}`;

interface Cost {
  readonly seconds: number;
  readonly cpu: number;
}

function run(command: string): Cost {
  // Each run starts with neither database nor state.
  rmSync(join(directory, 'run'), { recursive: true, force: true });
  const shell = ['-c', `mkdir ${directory}/run; ${command}`];
  const result = spawnSync('/usr/bin/time', ['-f', '%e %U %S', 'sh', ...shell], {
    encoding: 'utf8',
    env: { ...process.env, LP_STATE: join(directory, 'run') },
    maxBuffer: 2 ** 30,
  });
  const [seconds = 0, user = 0, system = 0] = (result.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds, cpu: user + system };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** The commands, each in turn: the first is what the others are held against. */
function compare(title: string, commands: Readonly<Record<string, string>>): readonly Cost[] {
  const runs = Object.entries(commands).map(([name, command]) => ({ name, command, costs: [] as Cost[] }));
  for (let round = 0; round < rounds; round++) for (const { command, costs } of runs) costs.push(run(command));
  const medians = runs.map(({ costs }) => ({
    seconds: median(costs.map(({ seconds }) => seconds)),
    cpu: median(costs.map(({ cpu }) => cpu)),
  }));
  process.stdout.write(`\n${title}, median of ${rounds}\n`);
  const first = medians[0] ?? { seconds: Number.NaN, cpu: Number.NaN };
  for (const [index, { seconds, cpu }] of medians.entries()) {
    const beside = `${(seconds / first.seconds).toFixed(2)} x the time, ${(cpu / first.cpu).toFixed(2)} x the processor's`;
    const name = runs[index]?.name ?? '';
    process.stdout.write(`${name.padEnd(44)}${seconds.toFixed(2).padStart(7)} s${cpu.toFixed(2).padStart(8)} s   ${beside}\n`);
  }
  return medians;
}

function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

execFileSync('sh', ['-c', `${plain('generate.ts')} access ${lines} > ${log}; head -n ${replayed} ${log} > ${fewer}`]);
const database = join(directory, 'run', 'lp.db');
const stages = `bin/lp-filter | bin/lp-analyze --engine rules | bin/lp-store --db ${database}`;
const [whole] = compare(`the whole pipe, ${lines} lines`, {
  'lp-parse | lp-filter | lp-analyze | lp-store': `bin/lp-parse < ${log} | ${stages}`,
  'split2, regex | ndjson, words | better-sqlite3': [
    `${plain('plain-node.ts')} access < ${log}`,
    plain('plain-filter.ts'),
    `${plain('plain-keep.ts')} ${database}`,
  ].join(' | '),
});
compare(`what a filter leaves of the speed, ${lines} lines`, {
  'lp-parse': `bin/lp-parse < ${log} > /dev/null`,
  'lp-parse | cat': `bin/lp-parse < ${log} | cat > /dev/null`,
  'lp-parse | lp-filter': `bin/lp-parse < ${log} | bin/lp-filter > /dev/null`,
});
compare('five stages on empty input', {
  'five times node -e 0': Array.from({ length: 5 }, () => 'node -e 0').join(' | '),
  'lp-parse | … | lp-report -': `bin/lp-parse < /dev/null | ${stages}; : | bin/lp-report - > /dev/null`,
});
const replay = `crowdsec -c ${process.env['CROWDSEC_CONFIG'] ?? '/etc/crowdsec/config.yaml'} -dsn file://${fewer} -type nginx`;
if (!has('crowdsec')) process.stdout.write('\ncrowdsec is not there\n');
else if (spawnSync('sh', ['-c', `${replay} > /dev/null 2>&1`]).status !== 0)
  process.stdout.write('\ncrowdsec is there, but does not replay: CROWDSEC_CONFIG may name another configuration\n');
else {
  const [, crowdsec] = compare(`a replay of ${replayed} lines`, {
    'lp-parse | lp-filter | lp-analyze | lp-store': `bin/lp-parse < ${fewer} | ${stages}`,
    crowdsec: `${replay} > /dev/null 2>&1`,
  });
  const rates = [lines / (whole?.seconds ?? Number.NaN), replayed / (crowdsec?.seconds ?? Number.NaN)] as const;
  process.stdout.write(
    `lines per second: lp ${Math.round(rates[0])}, crowdsec ${Math.round(rates[1])}: ${Math.round(rates[0] / rates[1])} x\n`,
  );
}
rmSync(directory, { recursive: true });
