/*
 * What the documentation shows is what the commands do: console blocks of the README and of the examples are run and
 * compared (UPDATE=1 writes what came out into them), command lines of the man pages are run and must end well.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { parse, parseAllDocuments } from 'yaml';
import { fieldNames } from '../../src/parse/fields.ts';
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

test('npm run demo reports on the samples, on one screen', async () => {
  const { scripts } = JSON.parse(textFile('package.json').text);
  const sandbox = await makeSandbox();
  try {
    const lines = await outputOf(scripts.demo, sandbox);
    assert.match(lines[0] ?? '', /^web1: 1 CRITICAL, /);
    // One screen of 80 columns and 54 lines, as on a small laptop.
    assert.ok(lines.length <= 54, `${lines.length} lines`);
    for (const line of lines) assert.ok([...line].length <= 80, line);
  } finally {
    await sandbox.remove();
  }
});

let sandbox: Sandbox;

before(async () => {
  sandbox = await makeSandbox();
  await mkdir(join(sandbox.directory, 'etc/lp/rules'), { recursive: true });
  await writeFile(join(sandbox.directory, 'etc/lp/rules/own.yaml'), ownRule);
  await outputOf(filling.join('\n'), sandbox);
});

after(() => sandbox.remove());

const ownRule = `title: Order placed
id: 6f1c1f7e-52a6-4c0f-9a49-2b0a6c1f0f11
name: own.order
logsource:
  category: webserver
detection:
  selection:
    cs-method: POST
    cs-uri-stem: /checkout
  condition: selection
level: low
`;

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
    const missing = ['jq', 'sqlite3'].find(
      (tool) => new RegExp(`\\b${tool} `).test(command) && spawnSync(tool, ['--version']).status !== 0,
    );
    test(`${path}: this example works: ${command}`, {
      skip: missing !== undefined && `${missing} is not installed`,
    }, async () => {
      const environment = { ...sandbox.environment, EXAMPLE: inSandbox(command) };
      const output = await outputOf('bash -e -o pipefail -c "$EXAMPLE"', { ...sandbox, environment });
      assert.doesNotMatch(output.at(-1) ?? '', /^\[\d+\]$/, output.join('\n'));
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
  return command
    .replace(/([ '])\/(var\/log|etc)\//g, '$1$2/')
    .replaceAll('~/.local/state/lp/lp.db', 'lp.db')
    .replace('--discover auto', '--discover auto --root .')
    .replace(/\blp-tail (?!--once)/g, 'lp-tail --once ')
    .replace(/\btail (?:-v )?(?:-n \S+ )?-F\b/g, 'tail -v -n +1');
}

const units = pathsBelow('examples/systemd').filter((path) => /\.(?:service|timer)$/.test(path));

test('the systemd units pass systemd-analyze verify', (t) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) return t.skip('systemd-analyze is not installed');
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { cwd: root, encoding: 'utf8' });
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('the daily report is a script that bash understands', () => {
  const { status, stderr } = spawnSync('bash', ['-n', join(root, 'examples/cron-report/lp-daily-report')], { encoding: 'utf8' });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
});

test('the compose file runs the commands that there are, on logs that it cannot change', () => {
  const { services, volumes } = parse(textFile('examples/docker/compose.yaml').text, { merge: true });
  for (const { command, volumes: mounts, network_mode } of Object.values<Service>(services)) {
    const used = command.join(' ').match(/\blp-[a-z]+/g) ?? [];
    assert.deepEqual(
      [...new Set(used)].filter((name) => !existsSync(join(root, 'bin', name))),
      [],
    );
    assert.deepEqual(mounts, ['/var/log:/var/log:ro', 'state:/var/lib/lp']);
    assert.equal(network_mode, 'none');
  }
  assert.deepEqual(Object.keys(volumes), ['state']);
});

interface Service {
  readonly command: readonly string[];
  readonly volumes: readonly string[];
  readonly network_mode: string;
}

test('README.md lists the rules that make findings, and no others', async () => {
  const documents = pathsBelow('src/rules')
    .filter((path) => path.endsWith('.yaml'))
    .flatMap((path) => parseAllDocuments(textFile(path).text));
  const found = documents.flatMap(rowsOf).sort((one, other) => one.rank - other.rank || (one.row < other.row ? -1 : 1));
  const rows = found.map(({ row }) => `${row}\n`).join('');
  const readme = textFile('README.md').text;
  const [, table = ''] = /\| severity \| finding \| rule \|\n[-| ]+\n((?:\|.*\n)*)/.exec(readme) ?? [];
  if (process.env['UPDATE'] === '1')
    await writeFile(
      join(root, 'README.md'),
      readme.replace(table, () => rows),
    );
  else assert.deepEqual(table.split('\n'), rows.split('\n'));
});

const severityByLevel = [
  ['critical', 'CRITICAL'],
  ['high', 'ERROR'],
  ['medium', 'WARNING'],
  ['low', 'INFO'],
] as const;

/** The row for a rule in the table of findings; rules that are only counted by others have none. */
function rowsOf(document: { get(key: string): unknown }): readonly { readonly rank: number; readonly row: string }[] {
  if (String(document.get('description')).includes('Only counted by other rules')) return [];
  const rank = severityByLevel.findIndex(([level]) => level === document.get('level'));
  return [{ rank, row: `| ${severityByLevel[rank]?.[1]} | ${document.get('title')} | \`${document.get('name')}\` |` }];
}

/** RFC 5737 and RFC 3849, and versions of programs that look like addresses. */
const forDocumentation = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:|^\d+\.0\.0\.0$/;

test('the sample logs hold no address but those for documentation', () => {
  const logs = pathsBelow('examples').filter((path) => /\.log(?:\.|$)/.test(path));
  for (const path of logs) {
    const bytes = readFileSync(join(root, path));
    const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    const found = text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b|\b2[0-9a-f]{3}:(?!\d\d:\d\d:\d\d)[0-9a-f:]+/g) ?? [];
    assert.deepEqual(
      found.filter((address) => !forDocumentation.test(address)),
      [],
      path,
    );
  }
});

test('lp-record(5) names every field that a record can have', () => {
  const page = textFile('man/lp-record.5').text;
  assert.deepEqual(
    fieldNames.filter((name) => !new RegExp(`[ "]${name}[ "]|^\\.BR? ${name} `, 'm').test(page)),
    [],
  );
});

test('lp-record(5) names every field that a finding of the samples has', async () => {
  const page = textFile('man/lp-record.5').text;
  const output = await outputOf('lp-parse var/log/auth.log var/log/nginx/*.log | lp-analyze', sandbox);
  const findings = output.map((line) => JSON.parse(line)).filter(({ type }) => type === 'finding');
  const paths = new Set(findings.flatMap(pathsOf));
  assert.ok(paths.size > 20);
  assert.deepEqual(
    [...paths].filter((path) => !page.includes(path)),
    [],
  );
});

/** Dotted names of the fields of an object; what is in an array is its own affair. */
function pathsOf(value: object): readonly string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return [name];
    return pathsOf(inner).map((path) => `${name}.${path}`);
  });
}

for (const path of ['man/lp.7', 'man/lp-record.5', 'man/lp-store.5']) {
  test(`${path} is of the version that package.json names`, () => {
    const { version } = JSON.parse(textFile('package.json').text);
    assert.match(textFile(path).text, new RegExp(`^\\.TH \\S+ \\d \\d{4}-\\d\\d-\\d\\d "lp-toolkit ${version}"`));
  });

  test(`${path} passes mandoc without a warning`, (t) => {
    const { error, stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', join(root, path)], { encoding: 'utf8' });
    if (error !== undefined) return t.skip('mandoc is not installed');
    assert.equal(stdout, '');
  });
}
