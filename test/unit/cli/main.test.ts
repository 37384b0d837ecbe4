import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../..');
const script = [process.execPath, '--import', 'tsx', 'test/fixtures/echo-main.ts'] as const;
const [node, ...nodeArguments] = script;
const environment = { PATH: process.env['PATH'] ?? '' };

interface Run {
  readonly flags?: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function run({ flags = [], input = '', env = {} }: Run): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(node, [...nodeArguments, ...flags], { cwd: root, input, encoding: 'utf8', env: { ...environment, ...env } });
}

function shell(line: string): { stdout: string; stderr: string; status: number | null } {
  const env = { ...environment, ECHO: script.join(' ') };
  return spawnSync('sh', ['-c', line], { cwd: root, encoding: 'utf8', env, timeout: 60_000 });
}

const rows: readonly (readonly [shows: string, run: Run, status: number, stdout: RegExp, stderr: RegExp])[] = [
  ['copies its input', { input: 'a\n' }, 0, /^a\nend\n$/, /^$/],
  ['writes the help to standard output', { flags: ['--help'] }, 0, /^lp-echo - write/, /^$/],
  ['writes the help whatever the variables say', { flags: ['-h'], env: { LP_MAX_LINE: 'x' } }, 0, /^lp-echo - write/, /^$/],
  ['writes one line of version', { flags: ['-V'] }, 0, /^lp-echo \d+\.\d+\.\d+ \(lp-toolkit\)\n$/, /^$/],
  ['writes a manual page', { flags: ['--generate', 'man'] }, 0, /^\.TH LP-ECHO 1 /, /^$/],
  ['writes bash completion', { flags: ['--generate=complete-bash'] }, 0, /complete -F _lp_echo lp-echo\n$/, /^$/],
  ['writes zsh completion', { flags: ['--generate=complete-zsh'] }, 0, /^#compdef lp-echo\n/, /^$/],
  ['refuses to generate what it cannot', { flags: ['--generate=x'] }, 64, /^$/, /not one of man, complete-bash, complete-zsh/],
  [
    'refuses an unknown option',
    { flags: ['--formt'] },
    64,
    /^$/,
    /^lp-echo: unknown option --formt; did you mean --format\? Try 'lp-echo --help'\.\n$/,
  ],
  ['ends a message before its hint', { flags: ['-Z'] }, 64, /^$/, /^lp-echo: unknown option -Z\. Try 'lp-echo --help'\.\n$/],
  ['says why it failed', { flags: ['--fail=known'] }, 74, /^$/, /^lp-echo: the disk is full\n$/],
  [
    'says it even when quiet, as JSON if asked',
    { flags: ['-q', '--fail=known', '--log-format=json'] },
    74,
    /^$/,
    /^\{"command":"lp-echo","level":"error","message":"the disk is full"\}\n$/,
  ],
  [
    'asks for a report of a fault, without a stack',
    { flags: ['--fail=bug'] },
    70,
    /^$/,
    /^lp-echo: nothing is not a function; .*please report it.*\n$/,
  ],
  ['shows the stack of a fault when verbose', { flags: ['-v', '--fail=bug'] }, 70, /^$/, /\nlp-echo: at .*echo-command\.ts/],
  ['tells of a fault that nobody waited for', { flags: ['--fail=late'] }, 70, /^/, /^lp-echo: nobody waits for this; .*\n$/],
  ['escapes what it quotes', { flags: ['--max-line=\u001b[31m'] }, 64, /^$/, /"\\x1b\[31m" is not a size/],
  [
    'settles options from all sources',
    { flags: ['--show', '-k', 'a', '-', '--', '-q'], env: { LP_FORMAT: 'SHOUT', ECHO_WORDS: 'b' } },
    0,
    /^\{"keywords":\["a"\],"format":"shout","maxLine":65536,"operands":\["-","-q"\],"words":"b"\}\n$/,
    /^$/,
  ],
  [
    'refuses a configuration file that is not there',
    { flags: ['--config=/none'] },
    78,
    /^$/,
    /cannot read the configuration file \/none/,
  ],
];
for (const [shows, input, status, stdout, stderr] of rows) {
  test(`a command ${shows}`, () => {
    const result = run(input);
    assert.match(result.stderr, stderr);
    assert.match(result.stdout, stdout);
    assert.equal(result.status, status);
  });
}

test('the version is that of package.json', () => {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const version = /"version": "(.*)"/.exec(manifest)?.[1];
  assert.equal(run({ flags: ['--version'] }).stdout, `lp-echo ${version} (lp-toolkit)\n`);
});

const pipes: readonly (readonly [shows: string, line: string, stdout: string, stderr: RegExp])[] = [
  ['stops without words when its reader goes away', 'yes | { $ECHO; echo $? >&2; } | head -1', 'y\n', /^141\n$/],
  [
    'fails when the disk is full',
    'echo a | $ECHO > /dev/full; echo $?',
    '74\n',
    /^lp-echo: cannot write standard output: ENOSPC/,
  ],
  ['gives out all of a large output', 'head -c 3000000 /dev/zero | $ECHO | wc -c | tr -d " "', '3000004\n', /^$/],
  ['does not mind that standard error is closed', '$ECHO --bogus 2>&-; echo $?', '64\n', /^$/],
  [
    'does not mind that nobody reads standard error',
    'exec 3>&1; { $ECHO --bogus; echo $? >&3; } 2>&1 >/dev/null | true',
    '64\n',
    /^$/,
  ],
  ['takes standard input that is closed as empty', '$ECHO <&-; echo $?', 'end\n0\n', /^$/],
];
for (const [shows, line, stdout, stderr] of pipes) {
  test(`a command ${shows}`, () => {
    const result = shell(line);
    assert.equal(result.stdout, stdout);
    assert.match(result.stderr, stderr);
  });
}

const hasScript = spawnSync('script', ['--version']).error === undefined;
test('a command that would wait for a terminal gives a short help', {
  skip: hasScript ? false : 'script(1) is not installed',
}, () => {
  const result = shell('script -qec "$ECHO" /dev/null < /dev/null; echo $?');
  assert.match(result.stdout, /Usage: lp-echo.*\r\n64\n$/s);
  assert.doesNotMatch(result.stdout, /Common options/);
});

/** A command that is running and has said `word` on standard error. */
async function started(
  flags: readonly string[],
): Promise<{ child: ChildProcess; heard(word: string): Promise<void>; ended: Promise<unknown[]> }> {
  const child = spawn(node, [...nodeArguments, '-v', ...flags], { cwd: root, env: environment, stdio: 'pipe' });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  const heard = async (word: string): Promise<void> => {
    while (!said.includes(word)) await once(child.stderr, 'data');
  };
  await heard('ready');
  return { child, heard, ended: once(child, 'close') };
}

for (const [signal, status] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const) {
  test(`a command that gets ${signal} gives out what it holds and ends with ${status}`, async () => {
    const { child, ended } = await started([]);
    assert(child.stdin && child.stdout);
    const output = text(child.stdout);
    child.stdin.write('held\n');
    child.kill(signal);
    assert.deepEqual(await ended, [status, null]);
    assert.equal(await output, 'held\nend\n');
  });
}

test('a command that gets SIGINT twice leaves at once', async () => {
  const { child, heard, ended } = await started(['--fail=hang']);
  child.kill('SIGINT');
  await heard('stopping');
  child.kill('SIGINT');
  await heard('interrupted again');
  assert.deepEqual(await ended, [130, null]);
});

test('a command that does not stop within five seconds is ended', async () => {
  const { child, heard, ended } = await started(['--fail=hang']);
  child.kill('SIGTERM');
  await heard('not done 5 s after the signal');
  assert.deepEqual(await ended, [143, null]);
});

test('a command that is done ends although its input is still open', async () => {
  const { child, ended } = await started(['--first']);
  assert(child.stdin && child.stdout);
  const output = text(child.stdout);
  child.stdin.write('one\n');
  assert.deepEqual(await ended, [0, null]);
  assert.equal(await output, 'one\nend\n');
});
