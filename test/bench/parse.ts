/*
 * Lines per second of lp-parse and of peers that do the same, side by side: each in turn, several rounds, medians.
 *
 *     npm run build && npx tsx test/bench/parse.ts [LINES] [ROUNDS]
 *
 * A peer that is not installed is said to be missing. Figures are of whole processes, with their start.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';

const lines = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 3);

/** The fields of a combined line for lognormalizer, which writes them as they are. */
const normalized = `rule=:%ip:ipv4% %ident:word% %user:word% [%time:char-to:]%] "%method:word% %url:word% HTTP/%version:char-to:"%" %status:number% %bytes:number% "%referrer:char-to:"%" "%agent:char-to:"%"`;

interface Peer {
  readonly name: string;
  /** Whether it reads the log's lines in envelopes. */
  readonly isEnveloped?: true;
  readonly command: string;
  /** The program that must be there. */
  readonly needs?: string;
}

const rulebase = `${process.env['TMPDIR'] ?? '/tmp'}/lp-bench.rulebase`;
writeFileSync(rulebase, `version=2\n${normalized}\n`);

const plain = 'node --import tsx test/bench/plain-node.ts';
const cases: readonly { readonly kind: string; readonly peers: readonly Peer[] }[] = [
  {
    kind: 'access',
    peers: [
      { name: 'lp-parse', command: 'bin/lp-parse --tz utc' },
      { name: 'lp-parse, envelopes of lp-tail', isEnveloped: true, command: 'bin/lp-parse --tz utc' },
      { name: 'plain Node (split2, regex, ndjson)', command: `${plain} access` },
      { name: 'mawk, the same records', command: 'mawk -f test/bench/combined.awk', needs: 'mawk' },
      { name: 'gawk, the same records', command: 'gawk -b -f test/bench/combined.awk', needs: 'gawk' },
      { name: 'lognormalizer, its fields', command: `lognormalizer -r ${rulebase} -e json`, needs: 'lognormalizer' },
      { name: 'goaccess -o json', command: 'goaccess --log-format=COMBINED -o json --no-progress -', needs: 'goaccess' },
      { name: 'wc -l', command: 'wc -l' },
    ],
  },
  {
    kind: 'auth',
    peers: [
      { name: 'lp-parse', command: 'bin/lp-parse --tz utc --now 2026-12-31T00:00:00Z' },
      { name: 'plain Node (split2, regex, ndjson)', command: `${plain} auth` },
      { name: 'wc -l', command: 'wc -l' },
    ],
  },
];

for (const { kind, peers } of cases) {
  const file = `${process.env['TMPDIR'] ?? '/tmp'}/lp-bench-${kind}-${lines}.log`;
  if (!existsSync(file)) execFileSync('sh', ['-c', `npx tsx test/bench/generate.ts ${kind} ${lines} > ${file}`]);
  if (!existsSync(`${file}.tail`))
    execFileSync('sh', ['-c', `bin/lp-tail --once --from beginning --state ${file}.tail.json ${file} > ${file}.tail`]);
  const present = peers.filter(({ needs }) => needs === undefined || spawnSync('sh', ['-c', `command -v ${needs}`]).status === 0);
  const runs = new Map(present.map((peer) => [peer, { seconds: [] as number[], kilobytes: 0 }]));
  for (let round = 0; round <= rounds; round++) {
    for (const [peer, run] of runs) {
      const { seconds, kilobytes } = timed(`${peer.command} < ${file}${peer.isEnveloped ? '.tail' : ''} > /dev/null`);
      if (round > 0) run.seconds.push(seconds);
      run.kilobytes = Math.max(run.kilobytes, kilobytes);
    }
  }
  const own = median([...runs.values()][0]?.seconds ?? []);
  process.stdout.write(`\n${kind}, ${lines} lines, median of ${rounds}\n`);
  for (const [peer, run] of runs) {
    const seconds = median(run.seconds);
    const rate = `${Math.round(lines / seconds / 1000)} k lines/s`.padStart(16);
    process.stdout.write(
      `${peer.name.padEnd(38)}${rate}${`${(seconds / own).toFixed(1)} x our time`.padStart(20)}${`${Math.round(run.kilobytes / 1024)} MB`.padStart(9)}\n`,
    );
  }
  for (const peer of peers) if (!present.includes(peer)) process.stdout.write(`${peer.name.padEnd(38)}    not installed\n`);
}

function timed(command: string): { seconds: number; kilobytes: number } {
  const result = spawnSync('/usr/bin/time', ['-f', '%e %M', 'sh', '-c', command], { encoding: 'utf8' });
  const [seconds = '0', kilobytes = '0'] = (result.stderr.trim().split('\n').at(-1) ?? '').split(' ');
  return { seconds: Number(seconds), kilobytes: Number(kilobytes) };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
