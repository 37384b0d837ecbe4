import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullHelp, shortHelp, wrapped } from '../../../src/cli/help.ts';
import command from '../../fixtures/echo-command.ts';

const help = fullHelp(command);

test('the help starts with examples, before usage, options, exit statuses and related pages', () => {
  const headings = ['Examples:', 'Usage: lp-echo [OPTION]... [FILE]...', 'Options:', 'Exit status:', 'See also:'];
  const places = headings.map((heading) => help.indexOf(`\n${heading}`));
  assert(
    places.every((place) => place > 0),
    String(places),
  );
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('the help fits 80 columns but for commands to copy', () => {
  const long = help.split('\n').filter((line) => line.length > 80);
  assert.deepEqual(long, []);
});

test('the help has each option with its default, choices and variable', () => {
  assert.match(help, /^ {2}-f, --format=NAME {7}write so \(one of plain, shout; default: plain\)$/m);
  assert.match(help, /^ {6}--max-line=SIZE {5}cut after this much \(default: 64K\)$/m);
  assert.match(help, /variable:\n {26}ECHO_WORDS\)$/m);
  assert.match(help, /^ {2}-V, --version {11}show the version and leave$/m);
});

test('the help tells of status 1 only where there is --fail-on', () => {
  assert.match(help, /^ {4}1 {2}findings/m);
  const { 'fail-on': _, ...options } = command.options;
  assert.doesNotMatch(fullHelp({ ...command, options }), /^ {4}1 {2}/m);
});

test('the help of a command without operands and examples leaves those out', () => {
  const { operands: _, ...bare } = command;
  const text = fullHelp({ ...bare, options: {}, examples: [] });
  assert.doesNotMatch(text, /Operands|Examples|\nOptions:/);
  assert.match(text, /^Usage: lp-echo \[OPTION\]\.\.\.$/m);
});

test('the short help has one example and says where the rest is', () => {
  const text = shortHelp(command);
  assert.equal(text.match(/lp-echo </g)?.length, 1);
  assert.match(text, /Try 'lp-echo --help'\.\n$/);
});

const texts: readonly (readonly [shows: string, text: string, lines: string])[] = [
  ['keeps a short text', 'a b', 'a b'],
  ['breaks at the last space that fits', 'aaaa bbbb cc', 'aaaa bbbb\n  cc'],
  ['lets a long word stand out', 'aaaaaaaaaaaaaa b', 'aaaaaaaaaaaaaa\n  b'],
  ['takes nothing', '', ''],
];
for (const [shows, text, lines] of texts) {
  test(`wrapped ${shows}`, () => assert.equal(wrapped(text, 10, 2), lines));
}
