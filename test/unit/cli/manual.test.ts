import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { allOptions } from '../../../src/cli/common-options.ts';
import { manualPage } from '../../../src/cli/manual.ts';
import command from '../../fixtures/echo-command.ts';

const page = manualPage(command);
const hasMandoc = spawnSync('mandoc', ['/dev/null']).error === undefined;

test('the manual page has its sections in the usual order', () => {
  const sections = [...page.matchAll(/^\.SH "?(.*?)"?$/gm)].map(([, title]) => title);
  const after = ['ENVIRONMENT', 'FILES', 'EXIT STATUS', 'EXAMPLES', 'SEE ALSO'];
  assert.deepEqual(sections, ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'OPTIONS', 'NOTES', ...after]);
});

test('the manual page has each option and its variable', () => {
  for (const name of Object.keys(allOptions(command))) {
    assert(page.includes(`\\fB\\-\\-${name.replaceAll('-', '\\-')}\\fR`), name);
  }
  assert.match(page, /^\.BR LP_KEYWORDS ", " ECHO_WORDS$/m);
  assert.doesNotMatch(page, /LP_HELP/);
});

test('the manual page is the same each time', () => assert.equal(manualPage(command), page));

const texts: readonly (readonly [shows: string, text: string, roff: string])[] = [
  ['a dot at the start', '.PP is text', '\\&.PP is text'],
  ['an apostrophe at the start', "'tis text", "\\&'tis text"],
  ['a backslash', 'a \\n b', 'a \\en b'],
  ['a literal', 'give `--max-line` or `-`.', 'give \\fB\\-\\-max\\-line\\fR or \\fB\\-\\fR.'],
  ['an option in plain text', 'see --max-line', 'see \\-\\-max-line'],
  ['what is not ASCII', 'a … b', 'a \\[u2026] b'],
];
for (const [shows, text, roff] of texts) {
  test(`the manual page takes ${shows} as text`, () => {
    assert(manualPage({ ...command, description: [text] }).includes(`.SH DESCRIPTION\n${roff}\n`));
  });
}

test('the manual page sets examples and tables as they are', () => {
  const example = { text: 'see `--x`', command: ".dot 'a' \\\n  -n" };
  const text = manualPage({ ...command, description: ['    .a\n\n    b'], examples: [example] });
  assert(text.includes('.EX\n\\&.dot \\(aqa\\(aq \\e\n  \\-n\n.EE'), text);
  assert(text.includes('.SH DESCRIPTION\n.RS 4\n.EX\n\\&.a\n\nb\n.EE\n.RE\n'));
  assert(text.includes('See \\fB\\-\\-x\\fR:\n'));
});

test('the manual page refers to the other commands and not to itself', () => {
  const related = manualPage({ ...command, name: 'lp-store' }).split('.SH SEE ALSO\n')[1] ?? '';
  assert.match(related, /^\.BR lp\\-parse \(1\),$/m);
  assert.match(related, /^\.BR lp \(7\)$/m);
  assert.doesNotMatch(related, /store/);
});

test('mandoc finds nothing to say about the manual page', { skip: hasMandoc ? false : 'mandoc is not installed' }, () => {
  const lint = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning'], { input: page, encoding: 'utf8' });
  assert.equal(lint.stdout + lint.stderr, '');
  assert.equal(lint.status, 0);
});
