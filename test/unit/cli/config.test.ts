import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Configuration, configure } from '../../../src/cli/config.ts';
import { LpError } from '../../../src/model/error.ts';
import { type ExitStatus, exitStatus } from '../../../src/model/exit-status.ts';
import command from '../../fixtures/echo-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'lp-config-'));
after(() => rmSync(folder, { recursive: true }));
const standardFile = join(folder, 'standard.conf');
const named = join(folder, 'named.conf');

interface Setup {
  readonly flags?: Readonly<Record<string, readonly string[]>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly named?: string;
  readonly standard?: string;
  readonly mode?: number;
}

async function settle(setup: Setup): Promise<Configuration> {
  rmSync(standardFile, { force: true });
  if (setup.standard !== undefined) writeFileSync(standardFile, setup.standard);
  writeFileSync(named, setup.named ?? '');
  chmodSync(named, setup.mode ?? 0o600);
  const flags = { ...(setup.named === undefined ? {} : { config: [named] }), ...setup.flags };
  const given = { options: new Map(Object.entries(flags)), operands: [] };
  return configure(command, given, { environment: setup.environment ?? {}, standardFile, now: new Date() });
}

const flags = { 'max-line': ['1'] };
const environment = { LP_MAX_LINE: '2' };
const precedence: readonly (readonly [shows: string, setup: Setup, value: unknown])[] = [
  ['the command line before all', { flags, environment, named: 'max-line=3', standard: 'max-line=4' }, 1],
  ['the environment before files', { environment, named: 'max-line=3', standard: 'max-line=4' }, 2],
  ['the named file before the standard file', { named: 'max-line=3', standard: 'max-line=4' }, 3],
  ['the standard file before the default', { standard: 'max-line=4' }, 4],
  ['the default when there is nothing else', {}, 65_536],
  ['nothing for an empty variable', { environment: { LP_MAX_LINE: '' }, standard: 'max-line=4' }, 4],
  ['nothing for an empty setting', { named: 'max-line=', standard: 'max-line=4' }, 4],
  ['a variable in a file', { named: 'LP_MAX_LINE=3' }, 3],
  ['the own section before what stands above', { named: '[echo]\nmax-line=5\n[parse]\nmax-line=6' }, 5],
  ['the own section first, also by variable', { named: 'max-line=4\n[lp-echo]\nLP_MAX_LINE=5' }, 5],
  ['the last of two', { named: 'max-line=4\nmax-line=5' }, 5],
  ['nothing from the section of another command', { named: '[parse]\nmax-line=6' }, 65_536],
];
for (const [shows, setup, value] of precedence) {
  test(`configure takes ${shows}`, async () => {
    const { values, warnings } = await settle(setup);
    assert.equal(values['max-line'], value);
    assert.deepEqual(warnings, []);
  });
}

test('configure parts a list from a variable by commas, and a list on the command line replaces it', async () => {
  const fromVariable = await settle({ environment: { ECHO_WORDS: 'a, b,,c ' } });
  assert.deepEqual(fromVariable.values['keywords'], ['a', 'b', 'c']);
  const fromFlags = await settle({ environment: { ECHO_WORDS: 'a' }, flags: { keywords: ['x,y'] } });
  assert.deepEqual(fromFlags.values['keywords'], ['x,y']);
  assert.deepEqual((await settle({})).values['keywords'], []);
});

test('configure takes a flag from a variable, both ways', async () => {
  assert.equal((await settle({ environment: { LP_QUIET: 'yes' } })).values['quiet'], true);
  assert.equal((await settle({ environment: { LP_QUIET: '0' }, standard: 'quiet=1' })).values['quiet'], false);
  assert.equal((await settle({})).values['quiet'], false);
});

test('configure finds the file that LP_CONFIG names', async () => {
  writeFileSync(join(folder, 'other.conf'), 'format=shout');
  const { values } = await settle({ environment: { LP_CONFIG: join(folder, 'other.conf') } });
  assert.equal(values['format'], 'shout');
});

test('configure does not take --help from elsewhere than the command line', async () => {
  const { values } = await settle({ environment: { LP_HELP: '1', LP_GENERATE: 'man' }, named: 'help=1' });
  assert.equal(values['help'], false);
  assert.equal(values['generate'], undefined);
});

test('configure puts the variables of files under the environment', async () => {
  const { environment: merged } = await settle({
    environment: { A: 'env', EMPTY: '', B: '' },
    named: 'A=named\nB=named\nlower=x\n[echo]\nC=own\n[other]\nD=other',
    standard: 'C=standard\nE=standard\nB=standard',
  });
  assert.deepEqual({ ...merged }, { A: 'env', B: 'named', C: 'own', E: 'standard' });
});

test('configure warns of an unknown name in the own section, and elsewhere of slips only', async () => {
  const { warnings } = await settle({ named: 'apple=3\n[parse]\nfoo=1\n[echo]\nmax-lin=3\nbanana=1\nANY_VARIABLE=1' });
  assert.deepEqual(warnings, [
    `${named}:5: lp-echo has no option "max-lin"; did you mean max-line?`,
    `${named}:6: lp-echo has no option "banana"; lp-echo --help lists them`,
  ]);
});

const slips: readonly (readonly [shows: string, setup: Setup, warnings: readonly string[]])[] = [
  ['a slip above the sections', { named: 'max-lin=3' }, [`${named}:1: max-lin is not used; did you mean max-line?`]],
  ['an underscore for a dash', { named: 'max_line=3' }, [`${named}:1: max_line is not used; did you mean max-line?`]],
  [
    'a slip in a variable of a file',
    { named: 'LP_MAX_LINES=3' },
    [`${named}:1: LP_MAX_LINES is not used; did you mean LP_MAX_LINE?`],
  ],
  ['a slip in the environment', { environment: { LP_MAX_LIEN: '3' } }, ['LP_MAX_LIEN is not used; did you mean LP_MAX_LINE?']],
  [
    'a slip in the name of a section, once',
    { named: '[reprot]\na=1\nb=2' },
    [`${named}:2: no command reads the section [reprot]; did you mean [report]?`],
  ],
  [
    'a section of nobody',
    { named: '[music]\nto=x' },
    [
      `${named}:2: no command reads the section [music]; there are [tail], [parse], [filter], [analyze], [store], [report], [rules], [triage], [echo]`,
    ],
  ],
  ['no name that may be meant for another command', { named: 'since=24h\nretention=90d\ndb=x\nrule=x\nrules=y' }, []],
  ['no variable of other programs', { environment: { MAX_LINES: '1', LP_DEST: '/dev/lp0', LPDEST: 'x' } }, []],
];
for (const [shows, setup, expected] of slips) {
  test(`configure warns of ${shows}`, async () => assert.deepEqual((await settle(setup)).warnings, expected));
}

test('configure warns of no option of any command above the sections', async () => {
  const commands = await Promise.all(
    ['tail', 'parse', 'filter', 'analyze', 'store', 'report', 'rules', 'triage'].map(
      async (stage) => import(`../../../src/${stage}/command.ts`),
    ),
  );
  const names = commands.flatMap(({ default: { options } }) => Object.keys(options));
  const variables = names.map((name) => `LP_${name.toUpperCase().replaceAll('-', '_')}`);
  writeFileSync(named, [...names, ...variables].map((name) => `${name}=`).join('\n'));
  for (const { default: one } of commands) {
    const given = { options: new Map([['config', [named]]]), operands: [] };
    const { warnings } = await configure(one, given, { environment: {}, standardFile, now: new Date() });
    assert.deepEqual(warnings, [], one.name);
  }
});

test('configure leaves out a secret in a file that every user can read', async () => {
  const setup = { named: 'OPENROUTER_API_KEY=sk-1\nDB_PATH=x' };
  const open = await settle({ ...setup, mode: 0o644 });
  assert.deepEqual({ ...open.environment }, { DB_PATH: 'x' });
  assert.match(open.warnings.join(), /named\.conf:1: OPENROUTER_API_KEY is not used.*chmod 600/);
  assert(!open.warnings.join().includes('sk-1'));
  const closed = await settle({ ...setup, mode: 0o640 });
  assert.equal(closed.environment['OPENROUTER_API_KEY'], 'sk-1');
  assert.deepEqual(closed.warnings, []);
});

const bad: readonly (readonly [shows: string, setup: Setup, status: ExitStatus, message: RegExp])[] = [
  ['a bad flag', { flags: { 'max-line': ['x'] } }, exitStatus.usage, /^--max-line: "x" is not a size/],
  ['a bad variable', { environment: { LP_MAX_LINE: 'x' } }, exitStatus.usage, /^LP_MAX_LINE: "x" is not a size/],
  ['a bad setting', { named: '\nmax-line=x' }, exitStatus.config, /named\.conf:2: max-line: "x" is not a size/],
  ['a bad choice in a file', { named: 'format=shot' }, exitStatus.config, /named\.conf:1: format: .*did you mean shout\?/],
  ['a bad line', { standard: 'what' }, exitStatus.config, /standard\.conf:1: expected NAME=VALUE/],
  ['a named file that is not there', { flags: { config: ['/none/x'] } }, exitStatus.config, /cannot read .* \/none\/x: ENOENT/],
  ['a named folder', { flags: { config: [folder] } }, exitStatus.config, /cannot read .*no regular file/],
  ['a named device', { flags: { config: ['/dev/full'] } }, exitStatus.config, /cannot read .*no regular file/],
  ['a named file of a mebibyte and more', { named: '#'.repeat(1024 * 1024 + 1) }, exitStatus.config, /larger than 1 MiB/],
];
for (const [shows, setup, status, message] of bad) {
  test(`configure refuses ${shows}`, async () => {
    await assert.rejects(settle(setup), (thrown) => {
      assert(thrown instanceof LpError);
      assert.match(thrown.message, message);
      assert.equal(thrown.status, status);
      return true;
    });
  });
}
