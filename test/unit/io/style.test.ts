import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from '../../../src/io/printable.ts';
import { type ColorChoice, isColorWanted, styleFor } from '../../../src/io/style.ts';

const rows: readonly (readonly [
  shows: string,
  choice: ColorChoice,
  isTerminal: boolean,
  environment: Readonly<Record<string, string>>,
  isWanted: boolean,
])[] = [
  ['is wanted on a terminal', 'auto', true, {}, true],
  ['is not wanted in a pipe', 'auto', false, {}, false],
  ['is not wanted with NO_COLOR', 'auto', true, { NO_COLOR: '1' }, false],
  ['does not mind an empty NO_COLOR', 'auto', true, { NO_COLOR: '' }, true],
  ['is not wanted on a dumb terminal', 'auto', true, { TERM: 'dumb' }, false],
  ['is wanted in a pipe with FORCE_COLOR', 'auto', false, { FORCE_COLOR: '1' }, true],
  ['is not wanted with FORCE_COLOR=0', 'auto', true, { FORCE_COLOR: '0' }, false],
  ['is not wanted when both are set', 'auto', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['is always wanted with always', 'always', false, { NO_COLOR: '1', TERM: 'dumb' }, true],
  ['is never wanted with never', 'never', true, { FORCE_COLOR: '1' }, false],
];
for (const [shows, choice, isTerminal, environment, isWanted] of rows) {
  test(`colour ${shows}`, () => assert.equal(isColorWanted(choice, isTerminal, environment), isWanted));
}

test('a style without colour leaves text as it is', async () => {
  const style = await styleFor(false);
  const text = printable('a');
  for (const paint of Object.values(style)) assert.equal(paint(text), 'a');
});

test('a style with colour puts escapes around text, whatever the terminal of this process', async () => {
  const style = await styleFor(true);
  assert.equal(style.red(printable('a')), '\x1b[31ma\x1b[39m');
  assert.equal(style.bold(style.cyan(printable('a'))), '\x1b[1m\x1b[36ma\x1b[39m\x1b[22m');
});
