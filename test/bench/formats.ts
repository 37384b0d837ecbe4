/*
 * Lines per second of lp-parse for each format, in processor time of the whole process less its start: the format's first good
 * sample, which is the usual one, repeated with other addresses, numbers and times; and all of its good samples in turn, where
 * no two lines are alike. Beside it what one would write first: split2, then `JSON.parse`, or a
 * regular expression of five columns, a mapping, and ndjson.stringify.
 *
 *     npm run build && npx tsx test/bench/formats.ts [LINES] [NAME...]
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { loadCatalog } from '../../src/parse/catalog.ts';

const [count = '100000', ...names] = process.argv.slice(2);
const lines = Number(count);
const file = `${process.env['TMPDIR'] ?? '/tmp'}/lp-bench-formats-${process.pid}.log`;

const { formats } = await loadCatalog();
for (const { name, samples } of formats) {
  if (names.length > 0 && !names.includes(name)) continue;
  const good = samples
    .filter(({ kind, line, takenBy }) => kind === 'good' && takenBy === undefined && !line.includes('\n'))
    .map(({ line }) => line);
  if (good.length === 0) continue;
  const kind = good.every((line) => line.startsWith('{')) ? 'json' : 'columns';
  const results = [good.slice(0, 1), good].map((ones) => compared(ones, kind));
  process.stdout.write(`${name.padEnd(26)}${results.join('')}   ${kind}\n`);
}
rmSync(file, { force: true });

/** The rate for lines like these, and how much faster it is than plain Node. */
function compared(ones: readonly string[], kind: string): string {
  const all = Array.from({ length: lines }, (_, index) => `${varied(ones[index % ones.length] ?? '', index)}\n`);
  writeFileSync(file, all.join(''));
  const own = secondsOf('bin/lp-parse --tz utc --now 2026-12-31T00:00:00Z');
  const plain = secondsOf(`node --import tsx test/bench/plain-node.ts ${kind}`);
  return `${`${Math.round(lines / own / 1000)} k lines/s`.padStart(16)}${`${(plain / own).toFixed(1)} x plain`.padStart(14)}`;
}

/** The same line with other values, where this leaves it a line of its format. */
function varied(line: string, index: number): string {
  return line
    .replaceAll('203.0.113.5', `203.0.113.${index % 254}`)
    .replaceAll(/13:36:0\d/g, `13:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`)
    .replaceAll('4022', String(40_000 + (index % 9_000)));
}

/** Processor time, user and system, less the start of the process. */
function secondsOf(command: string): number {
  return timed(`${command} < ${file} > /dev/null`) - timed(`${command} < /dev/null > /dev/null`);
}

function timed(command: string): number {
  const { stderr } = spawnSync('/usr/bin/time', ['-f', '%U %S', 'sh', '-c', command], { encoding: 'utf8' });
  const [user = '0', system = '0'] = (stderr.trim().split('\n').at(-1) ?? '').split(' ');
  return Number(user) + Number(system);
}
