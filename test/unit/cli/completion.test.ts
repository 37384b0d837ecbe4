import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { bashCompletion, zshCompletion } from '../../../src/cli/completion.ts';
import command from '../../fixtures/echo-command.ts';

/** What bash offers for a line whose words, as bash parts them, end with the one being typed. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `compopt() { :; }
${bashCompletion(command)}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_lp_echo
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script, 'bash', 'lp-echo', ...words], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  assert.equal(stderr, '');
  return stdout.split('\n').filter((line) => line !== '');
}

const rows: readonly (readonly [shows: string, words: readonly string[], offers: readonly string[]])[] = [
  ['options', ['--fo'], ['--format=']],
  ['flags without =', ['--qui'], ['--quiet']],
  ['choices', ['--format', 'sh'], ['shout']],
  ['choices after a short option', ['-f', ''], ['plain', 'shout']],
  ['choices after =', ['--format', '=', 'p'], ['plain']],
  ['all choices right after =', ['--format', '='], ['plain', 'shout']],
  ['nothing for a free value', ['--max-line', ''], []],
  ['files for a file', ['--output', 'completion.t'], ['completion.test.ts']],
  ['files for an operand', ['completion.t'], ['completion.test.ts']],
];
for (const [shows, words, offers] of rows) {
  test(`bash completion offers ${shows}`, () => assert.deepEqual(offered(...words), offers));
}

test('bash completion offers no file where no operand is taken', () => {
  const { operands: _, ...bare } = command;
  assert.match(bashCompletion(bare), /\n {2}return\n\}/);
});

test('zsh completion quotes what zsh would read as more than text', () => {
  const options = { odd: { kind: 'text', argument: 'A:B', text: "don't [stop]: \\" } } as const;
  assert(zshCompletion({ ...command, options }).includes(String.raw`'--odd=[don'\''t \[stop\]\: \\]:A\:B:'`));
});

test('zsh completion has choices, files, repeated options and operands', () => {
  const script = zshCompletion(command);
  assert(script.startsWith('#compdef lp-echo\n'));
  assert(script.includes("'(-f --format)'{-f+,--format=}'[write so]:NAME:(plain shout)'"));
  assert(script.includes("'(-o --output)'{-o+,--output=}'[not written]:FILE:_files'"));
  assert(script.includes("'*'{-k+,--keywords=}'[keep these]:WORD:'"));
  assert(script.trimEnd().endsWith("'*:FILE:_files'"));
});
