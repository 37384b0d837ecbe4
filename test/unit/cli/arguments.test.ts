import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOperands, parseArguments } from '../../../src/cli/arguments.ts';
import type { Operands } from '../../../src/cli/command.ts';
import type { OptionTable } from '../../../src/cli/options.ts';
import { LpError } from '../../../src/model/error.ts';
import { exitStatus } from '../../../src/model/exit-status.ts';

const table: OptionTable = {
  format: { kind: 'text', short: 'f', argument: 'NAME', text: '' },
  'max-line': { kind: 'size', short: 'm', argument: 'SIZE', text: '' },
  keywords: { kind: 'list', argument: 'WORD', text: '' },
  quiet: { kind: 'flag', short: 'q', text: '' },
  'no-color': { kind: 'flag', text: '' },
  verbose: { kind: 'flag', short: 'v', text: '' },
};

type Row = readonly [
  shows: string,
  argv: readonly string[],
  options: Readonly<Record<string, readonly string[]>>,
  operands?: readonly string[],
];

const good: readonly Row[] = [
  ['nothing', [], {}],
  ['a value after a space', ['--format', 'nginx'], { format: ['nginx'] }],
  ['a value after =', ['--format=a=b'], { format: ['a=b'] }],
  ['an empty value', ['--format=', 'x'], { format: [''] }, ['x']],
  ['an empty word', ['--format', ''], { format: [''] }],
  ['a short option', ['-f', 'nginx'], { format: ['nginx'] }],
  ['a value that touches its short option', ['-fnginx'], { format: ['nginx'] }],
  ['grouped flags', ['-qv'], { quiet: ['on'], verbose: ['on'] }],
  ['grouped flags with an option at the end', ['-qf', 'nginx', 'x'], { quiet: ['on'], format: ['nginx'] }, ['x']],
  ['grouped flags with a value at the end', ['-qfvv'], { quiet: ['on'], format: ['vv'] }],
  ['a dash as a value', ['-f', '-'], { format: ['-'] }],
  ['a dash as an operand', ['-q', '-'], { quiet: ['on'] }, ['-']],
  ['operands between options', ['a', '-q', 'b'], { quiet: ['on'] }, ['a', 'b']],
  [
    'the word true after a flag as an operand',
    ['-q', 'true', '--verbose', 'false'],
    { quiet: ['on'], verbose: ['on'] },
    ['true', 'false'],
  ],
  ['all after -- as operands', ['--', '-q', '--format', '--'], {}, ['-q', '--format', '--']],
  ['a negative number as a value', ['--max-line', '-5', '-m', '-6'], { 'max-line': ['-5', '-6'] }],
  ['numbers as the text they are', ['--format', '007', '1e3', '0x10'], { format: ['007'] }, ['1e3', '0x10']],
  ['repeated options, all of them', ['--keywords', 'a', '--keywords=b,c'], { keywords: ['a', 'b,c'] }],
  ['a repeated flag once', ['-qq', '--quiet'], { quiet: ['on'] }],
  ['an option whose name starts with no-', ['--no-color'], { 'no-color': ['on'] }],
  ['quotes as part of the value', ['--format="x"', "'y'"], { format: ['"x"'] }, ["'y'"]],
  ['dots and line feeds in a value', ['--format=a.b\nc'], { format: ['a.b\nc'] }],
];
for (const [shows, argv, options, operands = []] of good) {
  test(`parseArguments takes ${shows}`, async () => {
    const parsed = await parseArguments(argv, table);
    assert.deepEqual({ options: Object.fromEntries(parsed.options), operands: parsed.operands }, { options, operands });
  });
}

const bad: readonly (readonly [argv: readonly string[], message: string])[] = [
  [['--formt=x'], 'unknown option --formt; did you mean --format?'],
  [['--max-lin', '3'], 'unknown option --max-lin; did you mean --max-line?'],
  [['--maxLine=3'], 'unknown option --maxLine; did you mean --max-line?'],
  [['--no-quiet'], 'unknown option --no-quiet'],
  [['--constructor'], 'unknown option --constructor'],
  [['--get-yargs-completions'], 'unknown option --get-yargs-completions'],
  [['--format.x=1'], 'unknown option --format.x; did you mean --format?'],
  [['---'], 'unknown option ---'],
  [['-x'], 'unknown option -x'],
  [['-qx'], 'unknown option -x'],
  [['-5'], 'unknown option -5'],
  [['-keywords'], 'unknown option -k; did you mean --keywords?'],
  [['--format'], '--format needs a value: --format=NAME'],
  [['-f'], '--format needs a value: --format=NAME'],
  [['--format', '--quiet'], '--format needs a value: --format=NAME'],
  [['--format', '--', 'x'], '--format needs a value: --format=NAME'],
  [['--quiet=yes'], '--quiet takes no value'],
];
for (const [argv, message] of bad) {
  test(`parseArguments refuses ${argv.join(' ')}`, async () => {
    await assert.rejects(parseArguments(argv, table), (thrown) => {
      assert(thrown instanceof LpError);
      assert.equal(thrown.status, exitStatus.usage);
      assert.equal(thrown.message, message);
      return true;
    });
  });
}

const one: Operands = { name: 'FILE', text: '' };
const operandRows: readonly (readonly [
  shows: string,
  wanted: Operands | undefined,
  operands: readonly string[],
  message?: RegExp,
])[] = [
  ['takes none when none is wanted', undefined, []],
  ['refuses one when none is wanted', undefined, ['a'], /no operand is taken, but "a" was given/],
  ['takes none when one may be given', one, []],
  ['takes one', one, ['a']],
  ['refuses a second', one, ['a', 'b'], /one FILE is taken; "b" is too many/],
  ['takes many', { ...one, isMany: true }, ['a', 'b']],
  ['wants one that is required', { ...one, isRequired: true }, [], /FILE is missing/],
  ['wants one of many', { ...one, isRequired: true, isMany: true }, [], /FILE is missing/],
];
for (const [shows, wanted, operands, message] of operandRows) {
  test(`checkOperands ${shows}`, () => {
    if (message === undefined) checkOperands(operands, wanted);
    else assert.throws(() => checkOperands(operands, wanted), message);
  });
}
