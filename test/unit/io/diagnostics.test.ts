import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticsFor, type Verbosity } from '../../../src/io/diagnostics.ts';

function said(verbosity: Verbosity, format: 'text' | 'json' = 'text'): string {
  const lines: string[] = [];
  const { error, warn, tell, note } = diagnosticsFor('lp-x', { format, verbosity }, (line) => lines.push(line));
  error('why');
  warn('look');
  tell('asked');
  note('more');
  return lines.join('');
}

test('a quiet command says why it failed and what was asked, and no more', () => {
  assert.equal(said('quiet'), 'lp-x: why\nlp-x: asked\n');
});

test('a command says what to look at', () => assert.equal(said('normal'), 'lp-x: why\nlp-x: look\nlp-x: asked\n'));

test('a verbose command says more', () => assert.equal(said('verbose'), 'lp-x: why\nlp-x: look\nlp-x: asked\nlp-x: more\n'));

test('as JSON each message is a line that says how bad it is', () => {
  assert.deepEqual(
    said('normal', 'json')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    [
      { command: 'lp-x', level: 'error', message: 'why' },
      { command: 'lp-x', level: 'warning', message: 'look' },
      { command: 'lp-x', level: 'info', message: 'asked' },
    ],
  );
});

test('what is said is printable, in both forms', () => {
  for (const format of ['text', 'json'] as const) {
    const lines: string[] = [];
    diagnosticsFor('lp-x', { format, verbosity: 'normal' }, (line) => lines.push(line)).error('a\x1b[2J\nb');
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0]?.slice(0, -1) ?? '', /\p{Cc}/u);
  }
});
