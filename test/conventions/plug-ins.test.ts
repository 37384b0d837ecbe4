import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { loadCatalog } from '../../src/parse/catalog.ts';
import { rendererNames } from '../../src/report/renderer.ts';
import { builtInRules, loadRules } from '../../src/sigma/load.ts';
import { type Convention, testConvention } from '../support/convention.ts';
import { allFiles, isPlugIn, pathsBelow, sources } from '../support/repository.ts';
import { factsOf } from '../support/syntax.ts';

const oneDefaultExport: Convention = {
  name: 'a plug-in is one file with one default export',
  reason: 'Its loader takes that and nothing else; what two plug-ins share belongs beside their folder.',
  check: (files) =>
    factsOf(files)
      .filter(({ path }) => isPlugIn(path))
      .flatMap(({ path, exports }) => {
        const names = exports.map(({ name }) => name);
        return names.join() === 'default' ? [] : [{ path, line: 0, what: `exports ${names.join(', ') || 'nothing'}` }];
      }),
  violations: {
    'a name besides': { 'src/parse/formats/a.ts': '/** A. */\nexport const a = 1;\nexport default a;' },
    'no default export': { 'src/report/renderers/a.ts': '/** A. */\nexport const a = 1;' },
  },
};

const foundByName: Convention = {
  name: 'no source names a plug-in of its own accord',
  reason: 'A plug-in is found in its folder, so that a new one is one new file and nothing else is edited.',
  check: (files) =>
    factsOf(files).flatMap(({ path, imports }) =>
      imports.flatMap(({ specifier, line }) => {
        const target = specifier?.startsWith('.') ? posix.join(posix.dirname(path), specifier) : '';
        return isPlugIn(target) ? [{ path, line, what: `imports ${target}` }] : [];
      }),
    ),
  violations: {
    'the stage imports it': { 'src/parse/reader.ts': "import syslog from './formats/syslog.ts';" },
    'one plug-in imports another': { 'src/parse/formats/a.ts': "import syslog from './syslog.ts';\nexport default syslog;" },
    'by a dynamic import': { 'src/store/command.ts': "const { default: sqlite } = await import('./backends/sqlite.ts');" },
  },
};

const ruleFiles: Convention = {
  name: 'a file of rules is called as the rule in it',
  reason: 'So the name in a finding leads to its file: lp.web_scan is in web-scan.yaml.',
  check: (files) =>
    files.flatMap(({ path, text }) => {
      const [, name] = /^src\/rules\/([a-z0-9-]+)\.yaml$/.exec(path) ?? [];
      const isOther = !path.startsWith('src/rules/') || /^src\/rules\/(command|tools\/[a-z-]+)\.ts$/.test(path);
      if (name === undefined) return isOther ? [] : [{ path, line: 0, what: 'is not kebab-case.yaml' }];
      const wanted = `name: lp.${name.replaceAll('-', '_')}`;
      return text.split('\n').includes(wanted) ? [] : [{ path, line: 0, what: `has no rule with "${wanted}"` }];
    }),
  violations: {
    'another name': { 'src/rules/web-scan.yaml': 'title: A scan\nname: lp.scan\n' },
    'another ending': { 'src/rules/web-scan.yml': 'title: A scan\nname: lp.web_scan\n' },
  },
};

testConvention(oneDefaultExport, sources);
testConvention(foundByName, sources);
testConvention(ruleFiles, allFiles);

test('the loaders find each plug-in of their folder', async () => {
  const { formats, datasets } = await loadCatalog();
  assert.deepEqual(formats.map(({ name }) => name.replaceAll('_', '-')).sort(), namesIn('src/parse/formats'));
  assert.equal(datasets.length, namesIn('src/parse/datasets').length);
  assert.deepEqual(rendererNames, namesIn('src/report/renderers'));
});

test('the loader of rules finds a rule in each file', async () => {
  const { rules } = await loadRules([builtInRules]);
  const names = new Set(rules.map(({ name }) => name));
  for (const file of namesIn('src/rules', '.yaml'))
    assert.ok(names.has(`lp.${file.replaceAll('-', '_')}`), `${file} is not loaded`);
});

function namesIn(folder: string, ending = ''): readonly string[] {
  return pathsBelow(folder)
    .filter((path) => path.endsWith(ending))
    .map((path) => posix.basename(path).replace(/\.\w+$/, ''))
    .sort();
}
