import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { Command } from '../../src/cli/command.ts';
import { allOptions } from '../../src/cli/common-options.ts';
import { fullHelp } from '../../src/cli/help.ts';
import { wholeManualPage } from '../../src/cli/manual.ts';
import { type Convention, testConvention } from '../support/convention.ts';
import { allFiles, isExecutable, pathsBelow, root, type TextFile } from '../support/repository.ts';

const stages = stagesOf(allFiles);
const commands = new Map<string, Command>();
for (const stage of stages) {
  const module: { readonly default: Command } = await import(`../../src/${stage}/command.ts`);
  commands.set(`lp-${stage}`, module.default);
}

const binText: Convention = {
  name: 'each stage has its four lines in bin',
  reason: 'All that a command does is in its stage, where tests reach it.',
  check: (files) => {
    const stages = stagesOf(files);
    const wanted = new Map(stages.map((stage) => [`bin/lp-${stage}`, binOf(stage)]));
    const found = files.filter(({ path }) => path.startsWith('bin/'));
    return [
      ...found
        .filter(({ path, text }) => wanted.get(path) !== text)
        .map(({ path }) => ({ path, line: 0, what: wanted.has(path) ? 'is not as the others are' : 'belongs to no stage' })),
      ...stages
        .filter((stage) => !found.some(({ path }) => path === `bin/lp-${stage}`))
        .map((stage) => ({ path: `src/${stage}/command.ts`, line: 0, what: `there is no bin/lp-${stage}` })),
    ];
  },
  violations: {
    'a fifth line': { 'src/parse/command.ts': '', 'bin/lp-parse': `${binOf('parse')}console.log('done');\n` },
    'a stage without a command': { 'src/parse/command.ts': '' },
    'a command without a stage': { 'bin/lp-parse': binOf('parse') },
  },
};

const packageLists: Convention = {
  name: 'package.json lists each command and each manual page',
  reason: 'What is not listed is not installed.',
  check: (files) => {
    const { bin = {}, man = [] } = readManifest(files);
    const commandsHere = files.filter(({ path }) => path.startsWith('bin/')).map(({ path }) => path);
    const pages = files.filter(({ path }) => path.startsWith('man/')).map(({ path }) => `./${path}`);
    return [
      ...differences('bin', Object.values(bin), commandsHere),
      ...differences(
        'bin',
        Object.keys(bin),
        commandsHere.map((path) => path.slice('bin/'.length)),
      ),
      ...differences('man', man, pages),
    ];
  },
  violations: {
    'a command is missing': { 'package.json': '{}', 'bin/lp-parse': '' },
    'a page is missing': { 'package.json': '{}', 'man/lp-parse.1': '' },
    'a command has gone': { 'package.json': '{ "bin": { "lp-parse": "bin/lp-parse" } }' },
  },
};

const pages = await Promise.all(
  [...commands].map(async ([name, command]) => ({ path: `man/${name}.1`, text: await wholeManualPage(command) })),
);

const manualsFresh: Convention = {
  name: 'the manual pages of commands say what their options say',
  reason: 'They are made of them: npm run man.',
  check: (files) => {
    const found = new Map(files.map(({ path, text }) => [path, text]));
    return pages.flatMap(({ path, text }) =>
      found.get(path) === text ? [] : [{ path, line: 0, what: found.has(path) ? 'is out of date' : 'is missing' }],
    );
  },
  violations: { 'an old page': { 'man/lp-parse.1': '.TH LP-PARSE 1\n' } },
};

const documentedOptions: Convention = {
  name: 'each option in the help is in the manual page, and the other way round',
  reason: 'Both are made of the table of options.',
  check: (files) =>
    [...commands].flatMap(([name, command]) => {
      const path = `man/${name}.1`;
      const page = plain(files.find((file) => file.path === path)?.text ?? '');
      const help = fullHelp(command);
      return Object.keys(allOptions(command))
        .filter((option) => !page.includes(`--${option}`) || !help.includes(`--${option}`))
        .map((option) => ({ path, line: 0, what: `--${option} is missing here, or in ${name} --help` }));
    }),
  violations: { 'an empty page': { 'man/lp-parse.1': '' } },
};

const knownOptions: Convention = {
  name: 'the documents use only options that there are',
  reason: 'People copy them.',
  check: (files) =>
    files.filter(isDocument).flatMap(({ path, text }) =>
      calledOptions(plain(text)).flatMap(({ name, option, line }) => {
        const command = commands.get(name);
        const isKnown = command === undefined || Object.hasOwn(allOptions(command), option);
        return isKnown ? [] : [{ path, line, what: `${name} has no option --${option}` }];
      }),
    ),
  violations: {
    'in the README': { 'README.md': '    lp-parse access.log | lp-filter --sevrity error\n' },
    'over two lines': { 'examples/a/README.md': 'lp-parse \\\n  --formt syslog\n' },
    'in a manual page': { 'man/lp.7': '.B lp\\-parse \\-\\-formt syslog\n' },
  },
};

const readme: Convention = {
  name: 'the README names each command',
  reason: 'It is the first page that people read.',
  check: (files) => {
    const text = files.find(({ path }) => path === 'README.md')?.text ?? '';
    return [...commands.keys()]
      .filter((name) => !text.includes(`\`${name}\``) && !new RegExp(`\\b${name}\\b`).test(text))
      .map((name) => ({ path: 'README.md', line: 0, what: `does not name ${name}` }));
  },
  violations: { 'an empty one': { 'README.md': '# lp\n' } },
};

for (const convention of [binText, packageLists, manualsFresh, documentedOptions, knownOptions, readme]) {
  testConvention(convention, allFiles);
}

test('the commands can be executed', () => {
  for (const path of pathsBelow('bin')) assert.ok(isExecutable(path), `${path} is not executable: chmod +x ${path}`);
});

const hasMandoc = spawnSync('mandoc', ['-T', 'lint', '/dev/null']).error === undefined;

test('mandoc finds nothing wrong in the manual pages', { skip: hasMandoc ? false : 'mandoc is not installed' }, () => {
  const pages = pathsBelow('man').map((path) => `${root}${path}`);
  const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', ...pages], { encoding: 'utf8' });
  // Pages that are not installed on this machine may be referred to.
  assert.equal(stdout, '');
});

function stagesOf(files: readonly TextFile[]): readonly string[] {
  return files.flatMap(({ path }) => /^src\/([\w-]+)\/command\.ts$/.exec(path)?.[1] ?? []).filter((name) => name !== 'cli');
}

function binOf(stage: string): string {
  const imports = [`import command from '../dist/${stage}/command.js';`, "import { main } from '../dist/cli/main.js';"];
  return ['#!/usr/bin/env node', ...imports, 'await main(command);', ''].join('\n');
}

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>;
  readonly man?: readonly string[];
}

function readManifest(files: readonly TextFile[]): Manifest {
  return JSON.parse(files.find(({ path }) => path === 'package.json')?.text ?? '{}');
}

function differences(list: string, listed: readonly string[], found: readonly string[]) {
  const missing = found.filter((path) => !listed.includes(path)).map((path) => `${list} does not list ${path}`);
  const gone = listed.filter((path) => !found.includes(path)).map((path) => `${list} lists ${path}, which is not there`);
  return [...missing, ...gone].map((what) => ({ path: 'package.json', line: 0, what }));
}

function isDocument({ path }: TextFile): boolean {
  return /\.md$|^man\/[^/]+\.[57]$|^examples\//.test(path) && path !== 'CHANGELOG.md';
}

/** Text without the escapes of manual pages. */
function plain(text: string): string {
  return text.replaceAll('\\-', '-').replaceAll(/\\f[BIRP]/g, '');
}

/** The long options given to commands: what follows a command's name up to the end of its part of the pipe. */
function calledOptions(text: string): readonly { name: string; option: string; line: number }[] {
  const calls = [...text.matchAll(/\b(lp-[a-z]+)((?:\\\n|[^|;&`\n)])*)/g)];
  return calls.flatMap(({ index, 1: name = '', 2: rest = '' }) => {
    const line = text.slice(0, index).split('\n').length;
    return [...rest.matchAll(/(?<=\s)--([a-z][a-z-]*)/g)].map(([, option = '']) => ({ name, option, line }));
  });
}
