import { type Complaint, type Convention, testConvention } from '../support/convention.ts';
import { sources, type TextFile } from '../support/repository.ts';
import { factsOf } from '../support/syntax.ts';

const limits = { fileLines: 300, usualFileLines: 200, functionLines: 50, usualFunctionLines: 25, parameters: 3 };

/** Where nine of ten have to be below what is usual. */
const usualShare = 0.9;

type Limit = 'fileLines' | 'functionLines' | 'parameters';

interface Measured extends Complaint {
  readonly size: number;
}

const sizesOf: Readonly<Record<Limit, (files: readonly TextFile[]) => readonly Measured[]>> = {
  fileLines: (files) =>
    factsOf(files).map(({ path, lineCount }) => ({ path, line: 0, size: lineCount, what: `${lineCount} lines` })),
  functionLines: (files) =>
    factsOf(files).flatMap(({ path, functions }) =>
      functions.map(({ name, line, lineCount }) => ({ path, line, size: lineCount, what: `${name} has ${lineCount} lines` })),
    ),
  parameters: (files) =>
    factsOf(files).flatMap(({ path, functions }) =>
      functions.map(({ name, line, parameterCount: size }) => ({ path, line, size, what: `${name} has ${size} parameters` })),
    ),
};

interface Exception {
  /** A file, or a folder with a slash at its end. */
  readonly path: string;
  readonly limits: readonly Limit[];
  readonly reason: string;
}

/** Measured hot paths: each says at its top what was measured. */
const exceptions: readonly Exception[] = [
  {
    path: 'src/parse/scan/scanner.ts',
    limits: ['functionLines', 'parameters'],
    reason: 'one loop over the bytes of every line; a call for each step of a program costs more than the step',
  },
  {
    path: 'src/parse/scan/compile.ts',
    limits: ['functionLines'],
    reason: 'one switch over all kinds of element, a few lines for each',
  },
  {
    path: 'src/parse/scan/',
    limits: ['parameters'],
    reason: 'bytes are told by buffer, start and end; an object for the three would be made for every field of every line',
  },
  {
    path: 'src/parse/time/',
    limits: ['parameters'],
    reason: 'the same: digits are told by buffer, start and length, for every line',
  },
  {
    path: 'src/parse/reader.ts',
    limits: ['parameters'],
    reason: 'the same: a line is told by buffer, start, end and offset',
  },
];

const fileSizes: Convention = {
  name: `no source file is longer than ${limits.fileLines} lines, and nine of ten have at most ${limits.usualFileLines}`,
  reason: 'A file is about one thing; give the other thing a file of its own.',
  check: (files) => [...tooLarge(files, 'fileLines'), ...unusual(sizesOf.fileLines(files), limits.usualFileLines)],
  violations: {
    'a long file': { 'src/io/a.ts': '// …\n'.repeat(301) },
    'too many longish files': { 'src/io/a.ts': '// …\n'.repeat(250), 'src/io/b.ts': '' },
  },
};

const functionSizes: Convention = {
  name: `no function is longer than ${limits.functionLines} lines, and nine of ten have at most ${limits.usualFunctionLines}`,
  reason: 'A function does one thing; give its parts names.',
  check: (files) => [...tooLarge(files, 'functionLines'), ...unusual(sizesOf.functionLines(files), limits.usualFunctionLines)],
  violations: {
    'a long function': { 'src/io/a.ts': `function f() {\n${'  f();\n'.repeat(50)}}` },
    'a long method': { 'src/io/a.ts': `class A {\n  f() {\n${'    this.f();\n'.repeat(50)}  }\n}` },
    'a long arrow function': { 'src/io/a.ts': `const f = () => {\n${'  f();\n'.repeat(50)}};` },
    'too many longish functions': { 'src/io/a.ts': `function f() {\n${'  f();\n'.repeat(40)}}` },
  },
};

const parameterCounts: Convention = {
  name: `no function has more than ${limits.parameters} parameters`,
  reason: 'Nobody remembers the order of four; put what belongs together into an object.',
  check: (files) => tooLarge(files, 'parameters'),
  violations: { 'four of them': { 'src/io/a.ts': 'function f(a: 1, b: 2, c: 3, d?: 4) {\n  return a;\n}' } },
};

const exceptionsInUse: Convention = {
  name: 'each exception from the sizes is needed',
  reason: 'Take those out that are not.',
  check: (files) =>
    exceptions.flatMap(({ path, limits: unlimited }) =>
      unlimited
        .filter((limit) => !above(files, limit).some((complaint) => complaint.path.startsWith(path)))
        .map((limit) => ({ path, line: 0, what: `does not need its exception from ${limit}` })),
    ),
  violations: { 'all is small': { 'src/parse/scan/scanner.ts': 'export const a = 1;' } },
};

for (const convention of [fileSizes, functionSizes, parameterCounts, exceptionsInUse]) testConvention(convention, sources);

function above(files: readonly TextFile[], limit: Limit): readonly Complaint[] {
  return sizesOf[limit](files).filter(({ size }) => size > limits[limit]);
}

function tooLarge(files: readonly TextFile[], limit: Limit): readonly Complaint[] {
  const excepted = exceptions.filter((exception) => exception.limits.includes(limit));
  return above(files, limit).filter(({ path }) => !excepted.some((exception) => path.startsWith(exception.path)));
}

function unusual(measured: readonly Measured[], limit: number): readonly Complaint[] {
  const larger = measured.filter(({ size }) => size > limit);
  return larger.length > measured.length * (1 - usualShare) ? larger : [];
}
