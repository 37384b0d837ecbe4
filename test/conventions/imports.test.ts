import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type Convention, testConvention } from '../support/convention.ts';
import { sources, type TextFile } from '../support/repository.ts';
import { type Facts, factsOf, type Import } from '../support/syntax.ts';

/** What the folders that serve the stages may import, besides themselves. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  model: [],
  io: ['model'],
  sigma: ['model'],
  redact: ['model'],
  database: ['model'],
  cli: ['model', 'io'],
};

/** What a stage (a folder with a `command.ts`) may import. */
const stageImports = ['model', 'io', 'cli', 'sigma', 'redact'];

/** The stages that also use the database. */
const databaseStages = ['analyze', 'tail', 'store', 'report', 'triage', 'serve'];

/** Packages that take long to load; each pipe starts five processes. */
const heavyPackages = ['better-sqlite3', 'chalk', 'cli-table3', 'pg', 'undici', 'yaml', 'yargs'];

const folders: Convention = {
  name: 'each folder imports only what the table allows',
  reason: 'The pipe is the only link between stages; move what two of them share into one of the folders they may import.',
  check: (files) =>
    relativeImports(files).flatMap(({ from, to, line }) => {
      const [folder, target] = [folderOf(from), folderOf(to)];
      if (folder === target || allowedFor(folder, files).includes(target)) return [];
      return [{ path: from, line, what: `${folder} may not import ${target} (${to})` }];
    }),
  violations: {
    'a stage imports a stage': {
      'src/filter/command.ts': "import { digest } from '../report/digest.ts';",
      'src/report/digest.ts': 'export const digest = 1;',
    },
    'model imports io': { 'src/model/level.ts': "import { printable } from '../io/printable.ts';" },
    'a stage without storage imports the database': {
      'src/parse/command.ts': '',
      'src/parse/a.ts': "import type { Entry } from '../database/write.ts';",
    },
    'a dynamic import': { 'src/cli/main.ts': "const parse = await import('../parse/command.ts');" },
    'a new folder is not in the table': { 'src/extra/a.ts': "import '../model/level.ts';" },
  },
};

const endings: Convention = {
  name: 'relative imports name the file, with its ending',
  reason: 'Node runs the sources as they stand, and the compiler rewrites .ts to .js.',
  check: (files) =>
    everyImport(files).flatMap(({ path, specifier, line }) => {
      const isFine = specifier === undefined || !specifier.startsWith('.') || specifier.endsWith('.ts');
      return isFine ? [] : [{ path, line, what: `"${specifier}" does not end in .ts` }];
    }),
  violations: {
    'no ending': { 'src/io/a.ts': "import { b } from './b';" },
    'the ending of the output': { 'src/io/a.ts': "export { b } from './b.js';" },
  },
};

const onePackageOneFile: Convention = {
  name: 'a package is imported in one file',
  reason: 'So a package can be replaced by changing one file; import that file instead.',
  check: (files) => {
    const users = new Map<string, string>();
    return packageImports(files).flatMap(({ path, line, name }) => {
      const first = users.get(name) ?? path;
      users.set(name, first);
      return first === path ? [] : [{ path, line, what: `${name} is imported in ${first} already` }];
    });
  },
  violations: {
    'two files': { 'src/io/a.ts': "import split from 'split2';", 'src/io/b.ts': "await import('split2');" },
    'a type of it': { 'src/io/a.ts': "import split from 'split2';", 'src/io/b.ts': "import type { X } from 'split2/types';" },
  },
};

const heavyWhenUsed: Convention = {
  name: 'heavy packages are loaded when they are used',
  reason: 'Each pipe starts five processes, and all wait for what is imported at the top; use await import().',
  check: (files) =>
    packageImports(files)
      .filter(({ name, kind }) => heavyPackages.includes(name) && (kind === 'value' || kind === 're-export'))
      .map(({ path, line, name }) => ({ path, line, what: `${name} is imported at the top` })),
  violations: { 'a static import': { 'src/sigma/yaml.ts': "import { parse } from 'yaml';" } },
};

const noCycles: Convention = {
  name: 'no file imports itself through others',
  reason: 'Files in a circle can be read, tested and moved only together.',
  check: (files) => {
    const next = new Map<string, Map<string, number>>();
    for (const { from, to, line } of relativeImports(files)) next.set(from, (next.get(from) ?? new Map()).set(to, line));
    return [...next].flatMap(([path, targets]) =>
      [...targets].flatMap(([target, line]) =>
        reaches(target, path, next) ? [{ path, line, what: `${target} leads back here` }] : [],
      ),
    );
  },
  violations: {
    'a circle of three': {
      'src/io/a.ts': "import './b.ts';",
      'src/io/b.ts': "import type { C } from './c.ts';",
      'src/io/c.ts': "export const a = () => import('./a.ts');",
    },
  },
};

const noBarrels: Convention = {
  name: 'a name is imported from where it is made',
  reason: 'Files that only pass names on hide what is used where, and load what nobody asked for.',
  check: (files) => [
    ...everyImport(files)
      .filter(({ kind }) => kind === 're-export')
      .map(({ path, line, specifier }) => ({ path, line, what: `passes on names of ${specifier}` })),
    ...files.filter(({ path }) => path.endsWith('/index.ts')).map(({ path }) => ({ path, line: 0, what: 'is called index.ts' })),
  ],
  violations: {
    'a re-export': { 'src/io/all.ts': "export * from './lines.ts';" },
    'an index file': { 'src/io/index.ts': 'export const a = 1;' },
  },
};

for (const convention of [folders, endings, onePackageOneFile, heavyWhenUsed, noCycles, noBarrels]) {
  testConvention(convention, sources);
}

interface Located extends Import {
  readonly path: string;
}

function everyImport(files: readonly TextFile[]): readonly Located[] {
  return factsOf(files).flatMap(({ path, imports }: Facts) => imports.map((found) => ({ path, ...found })));
}

function relativeImports(files: readonly TextFile[]): readonly { from: string; to: string; line: number }[] {
  return everyImport(files).flatMap(({ path, specifier, line }) =>
    specifier?.startsWith('.') ? [{ from: path, to: posix.join(posix.dirname(path), specifier), line }] : [],
  );
}

function packageImports(files: readonly TextFile[]): readonly (Located & { readonly name: string })[] {
  return everyImport(files).flatMap((found) => {
    const { specifier } = found;
    if (specifier === undefined || /^[./]|^node:/.test(specifier) || builtinModules.includes(specifier)) return [];
    const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0];
    return [{ ...found, name: name ?? specifier }];
  });
}

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function allowedFor(folder: string, files: readonly TextFile[]): readonly string[] {
  const foundation = foundations[folder];
  if (foundation !== undefined) return foundation;
  if (!files.some(({ path }) => path === `src/${folder}/command.ts`)) return [];
  return databaseStages.includes(folder) ? [...stageImports, 'database'] : stageImports;
}

function reaches(from: string, wanted: string, next: ReadonlyMap<string, ReadonlyMap<string, number>>): boolean {
  const [seen, waiting] = [new Set([from]), [from]];
  for (const path of waiting) {
    if (path === wanted) return true;
    for (const target of next.get(path)?.keys() ?? []) {
      if (!seen.has(target)) waiting.push(target);
      seen.add(target);
    }
  }
  return false;
}
