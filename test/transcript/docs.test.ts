/*
 * What the documentation shows is what the commands do: console blocks of the README and of the examples are run and
 * compared (UPDATE=1 writes what came out into them), command lines of the man pages are run and must end well.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathsBelow, root, textFile } from '../support/repository.ts';
import { makeSandbox, type Sandbox } from '../support/sandbox.ts';
import { outputOf, runTranscript } from '../support/transcript.ts';

const transcripts = ['README.md', ...pathsBelow('examples').filter((path) => path.endsWith('/README.md'))];

for (const path of transcripts) {
  const hasConsole = textFile(path).text.includes('```console\n');
  test(`${path} shows what its commands print`, { skip: !hasConsole && 'it has no console block' }, async () => {
    const sandbox = await makeSandbox();
    try {
      await runTranscript(join(root, path), sandbox.below(dirname(path)));
    } finally {
      await sandbox.remove();
    }
  });
}

let sandbox: Sandbox;

before(async () => {
  sandbox = await makeSandbox();
  await mkdir(join(sandbox.directory, 'etc/lp/rules'), { recursive: true });
  const rule = await readFile(join(root, 'src/rules/service-failed.yaml'), 'utf8');
  await writeFile(join(sandbox.directory, 'etc/lp/rules/own.yaml'), rule.replaceAll('lp.service_failed', 'own.service_failed'));
  await outputOf(filling.join('\n'), sandbox);
});

after(() => sandbox.remove());

/** Logs under the names that man pages use, and a database with something in it. */
const filling = [
  'cp var/log/auth.log var/log/syslog',
  'cp var/log/nginx/access.log access.log',
  'cp var/log/nginx/access.log.2.gz access.log.2.gz',
  'gzip -c var/log/auth.log >var/log/auth.log.2.gz',
  'lp-parse var/log/auth.log | lp-filter | lp-analyze | lp-store',
];

for (const path of pathsBelow('man').filter((name) => /\.\d$/.test(name))) {
  for (const command of exampleCommands(textFile(path).text)) {
    const needsJq = /\bjq\b/.test(command) && spawnSync('jq', ['--version']).status !== 0;
    test(`${path}: this example works: ${command}`, { skip: needsJq && 'jq is not installed' }, async () => {
      const output = await outputOf(`set -e\n${inSandbox(command)}`, sandbox);
      assert.doesNotMatch(output.at(-1) ?? '', /^\[\d+\]$/, output.join('\n'));
      assert.doesNotMatch(output.join('\n'), /^lp-[a-z]+: /m);
    });
  }
}

/** What stands between `.EX` and `.EE` in the section EXAMPLES, as a reader sees it. */
function exampleCommands(page: string): readonly string[] {
  const section = /^\.SH "?EXAMPLES"?$([\s\S]*?)(?=^\.SH |(?![\s\S]))/m.exec(page)?.[1] ?? '';
  return [...section.matchAll(/^\.EX\n([\s\S]*?)^\.EE$/gm)].map(([, block = '']) => unformatted(block).trimEnd());
}

function unformatted(text: string): string {
  const characters: Readonly<Record<string, string>> = { '-': '-', '(aq': "'", '(ga': '`', e: '\\', '&': '' };
  return text.replace(/\\(\(..|.)/g, (whole, name: string) => characters[name] ?? whole);
}

/** The same command below the sandbox; a log that would be followed for ever is read to its end. */
function inSandbox(command: string): string {
  return command.replace(/ \/(var\/log|etc)\//g, ' $1/').replace(/\btail (?:-v )?(?:-n \S+ )?-F\b/g, 'tail -v -n +1');
}

const units = pathsBelow('examples/systemd').filter((path) => /\.(?:service|timer)$/.test(path));

test('the systemd units pass systemd-analyze verify', (t) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) return t.skip('systemd-analyze is not installed');
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { cwd: root, encoding: 'utf8' });
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

for (const path of ['examples/cron-report/lp-daily-report']) {
  test(`${path} is a script that bash understands`, () => {
    const { status, stderr } = spawnSync('bash', ['-n', join(root, path)], { encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });
}
