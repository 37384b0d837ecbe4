/*
 * Lines per second of lp-parse for each format, in processor time of the whole process: the format's own good samples,
 * repeated with other addresses, numbers and times. Beside it what one would write first: split2, then `JSON.parse`, or a
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
  writeFileSync(
    file,
    Array.from({ length: lines }, (_, index) => `${varied(good[index % good.length] ?? '', index)}\n`).join(''),
  );
  const own = secondsOf('bin/lp-parse --tz utc --now 2026-12-31T00:00:00Z');
  const kind = good.every((line) => line.startsWith('{')) ? 'json' : 'columns';
  const plain = secondsOf(`node --import tsx test/bench/plain-node.ts ${kind}`);
  const rate = `${Math.round(lines / own / 1000)} k lines/s`.padStart(15);
  process.stdout.write(`${name.padEnd(26)}${rate}${`${(plain / own).toFixed(1)} x plain Node, ${kind}`.padStart(32)}\n`);
}
rmSync(file, { force: true });

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
