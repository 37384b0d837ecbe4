import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ProgressTerminal, progressFor } from '../../../src/io/progress.ts';

function terminal(isErrors = true): ProgressTerminal & { written: string[]; at(ms: number): void } {
  const written: string[] = [];
  let ms = 0;
  return {
    isErrors,
    written,
    nowMs: () => ms,
    at: (time) => {
      ms = time;
    },
    writeProgress: (text) => written.push(text),
  };
}

test('a bar shows how far the run has come, and clears itself', () => {
  const screen = terminal();
  const progress = progressFor(screen, 200, 'access.log');
  screen.at(100);
  progress.advance(50);
  screen.at(200);
  progress.advance(150);
  progress.end();
  progress.end();
  assert.deepEqual(screen.written, [
    `\r\x1b[K[${'#'.repeat(7)}${' '.repeat(23)}]  25% access.log`,
    `\r\x1b[K[${'#'.repeat(30)}] 100% access.log`,
    '\r\x1b[K',
  ]);
});

test('a bar is drawn at most ten times a second', () => {
  const screen = terminal();
  const progress = progressFor(screen, 1_000, 'x');
  for (let ms = 0; ms < 1_000; ms++) {
    screen.at(ms);
    progress.advance(1);
  }
  assert.equal(screen.written.length, 9);
});

test('a short run draws nothing and clears nothing', () => {
  const screen = terminal();
  const progress = progressFor(screen, 10, 'x');
  progress.advance(10);
  progress.end();
  assert.deepEqual(screen.written, []);
});

test('a bar fits 80 columns, ends at 100 % and escapes its label', () => {
  const screen = terminal();
  const progress = progressFor(screen, 10, `${'long/'.repeat(40)}\x1b[2Jend.log`);
  screen.at(100);
  progress.advance(25);
  const drawn = screen.written[0]?.replace('\r\x1b[K', '') ?? '';
  assert(drawn.length <= 80, drawn);
  assert.match(drawn, /100% …[ -~]*\\x1b\[2Jend\.log$/);
});

for (const [shows, isErrors, total] of [
  ['no terminal', false, 10],
  ['no known size', true, undefined],
  ['nothing to read', true, 0],
] as const) {
  test(`there is no bar with ${shows}`, () => {
    const screen = terminal(isErrors);
    const progress = progressFor(screen, total, 'x');
    screen.at(1_000);
    progress.advance(5);
    progress.end();
    assert.deepEqual(screen.written, []);
  });
}
