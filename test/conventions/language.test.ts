import { type Complaint, type Convention, testConvention } from '../support/convention.ts';
import { isPlugIn, sources, type TextFile } from '../support/repository.ts';
import { factsOf, type Use } from '../support/syntax.ts';

const processFiles = ['src/cli/main.ts', 'src/io/stdio.ts'];

const processAtTheEdge: Convention = {
  name: 'the process is touched only by cli/main.ts and io/stdio.ts',
  reason: 'What a command may touch comes to it in its Context, so that it runs in a test as it does in a pipe.',
  check: (files) => [
    ...uses(files, 'process', ({ path }) => !processFiles.includes(path)),
    ...factsOf(files).flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier = '' }) => /^(node:)?process$/.test(specifier))
        .map(({ line }) => ({ path, line, what: 'imports process' })),
    ),
  ],
  violations: {
    'the global': { 'src/io/a.ts': 'export const isQuiet = process.argv.length > 2;' },
    'a property of globalThis': { 'src/io/a.ts': 'export const { env } = globalThis.process;' },
    'the module': { 'src/cli/main.ts': "import { exit } from 'node:process';" },
  },
};

const noAny: Convention = {
  name: 'nothing is of type any',
  reason: 'any switches the compiler off for all that it touches; unknown does not.',
  check: (files) => uses(files, 'any'),
  violations: { 'a parameter': { 'src/io/a.ts': 'export function f(value: any): void {}' } },
};

const noNonNull: Convention = {
  name: 'nothing is asserted to be there',
  reason: '! is a promise that nobody checks; look, and say what happens when it is not there.',
  check: (files) => uses(files, 'non-null'),
  violations: { 'a ! behind a value': { 'src/io/a.ts': 'export const first = (list: string[]) => list[0]!.length;' } },
};

const noNull: Convention = {
  name: 'what is absent is undefined',
  reason: 'Two words for nothing need two checks. null may be compared with, where others give it out.',
  check: (files) => uses(files, 'null'),
  violations: { 'a null given out': { 'src/io/a.ts': 'export const nothing = () => null;' } },
};

const assertions: Convention = {
  name: 'a type is asserted only by a decoder, by the maker of a brand, or for a reason that is given',
  reason: 'Check the value instead; where that costs too much in a hot path, say so in a comment above.',
  check: (files) => {
    const brands = brandsOf(files);
    return uses(
      files,
      'assertion',
      ({ path, detail, isExplained }) => path !== 'src/model/decode.ts' && !brands.has(detail) && !isExplained,
    );
  },
  violations: { 'no reason': { 'src/io/a.ts': 'const found: unknown = 1;\n\nexport const a = found as number;' } },
};

const fileNames: Convention = {
  name: 'source files have names in kebab-case that say what is inside',
  reason: 'A file called utils collects what has no place.',
  check: (files) =>
    files.flatMap(({ path }) => {
      const name = path.split('/').at(-1) ?? '';
      if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(name)) return [{ path, line: 0, what: 'is not kebab-case.ts' }];
      // A plug-in is called as what it reads or writes is: `common` is the name of a log format.
      return /^(utils?|helpers?|misc|common)\.ts$/.test(name) && !isPlugIn(path)
        ? [{ path, line: 0, what: 'does not say what is inside' }]
        : [];
    }),
  violations: {
    'utils.ts': { 'src/io/utils.ts': '' },
    'another case': { 'src/io/lineReader.ts': '' },
  },
};

for (const convention of [processAtTheEdge, noAny, noNonNull, noNull, assertions, fileNames]) testConvention(convention, sources);

function uses(
  files: readonly TextFile[],
  of: Use['of'],
  isWrong: (use: Use & { readonly path: string }) => boolean = () => true,
): readonly Complaint[] {
  return factsOf(files).flatMap(({ path, uses: found }) =>
    found
      .filter((use) => use.of === of && isWrong({ ...use, path }))
      .map(({ line, detail }) => ({ path, line, what: detail === '' ? `uses ${of}` : `${of}: ${detail}` })),
  );
}

/** The names of all types that are made by `Brand`. */
function brandsOf(files: readonly TextFile[]): ReadonlySet<string> {
  const declared = files.flatMap(({ text }) => [...text.matchAll(/^(?:export )?type (\w+) = Brand</gm)]);
  return new Set(declared.map(([, name = '']) => name));
}
