import { type Convention, testConvention } from '../support/convention.ts';
import { isPlugIn, sources, type TextFile } from '../support/repository.ts';
import { type Export, factsOf } from '../support/syntax.ts';

/** Whether the default export says what it is in a field: a command's `summary`, a plug-in's `title`. */
function explainsItself(path: string): boolean {
  return isPlugIn(path) || /^src\/[\w-]+\/command\.ts$/.test(path);
}

const documented: Convention = {
  name: 'each exported name has a docstring',
  reason: 'One true sentence: what it is, or what it returns.',
  check: (files) =>
    exported(files)
      .filter(({ docstring }) => docstring === undefined || docstring === '')
      .map(({ path, line, name }) => ({ path, line, what: `${name} has none` })),
  violations: {
    'a function': { 'src/io/a.ts': 'export function f(): void {}' },
    'a constant under a plain comment': { 'src/io/a.ts': '/* A letter. */\nexport const a = 1;' },
    'an interface': { 'src/io/a.ts': '/** Not of this one. */\nimport "./b.ts";\nexport interface A {}' },
    'the default export': { 'src/io/a.ts': 'const a = 1;\nexport default a;' },
  },
};

const sentences: Convention = {
  name: 'a docstring starts with a sentence, and repeats no parameter',
  reason: 'Types say what goes in; the sentence says what it is for.',
  check: (files) =>
    exported(files).flatMap(({ path, line, name, docstring = 'None.' }) => {
      if (/(^|\s)@(param|returns?)\b/.test(docstring)) return [{ path, line, what: `${name}: says @param or @returns` }];
      const [first = ''] = docstring.split(/(?<=[.!?:])(?=\s|$)/);
      if (!/^[^a-z]/.test(first) || !/[.!?:]$/.test(first)) return [{ path, line, what: `${name}: "${first}" is no sentence` }];
      return first.length > 200 ? [{ path, line, what: `${name}: the first sentence is too long` }] : [];
    }),
  violations: {
    'a tag': { 'src/io/a.ts': '/** Adds. @param a - the a */\nexport function f(a: 1): void {}' },
    'no full stop': { 'src/io/a.ts': '/** The letter */\nexport const a = 1;' },
    'a small letter': { 'src/io/a.ts': '/** the letter. */\nexport const a = 1;' },
  },
};

for (const convention of [documented, sentences]) testConvention(convention, sources);

function exported(files: readonly TextFile[]): readonly (Export & { readonly path: string })[] {
  return factsOf(files).flatMap(({ path, exports }) =>
    exports.filter(({ name }) => name !== 'default' || !explainsItself(path)).map((found) => ({ ...found, path })),
  );
}
