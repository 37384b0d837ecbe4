import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../../../src/cli/command.ts';
import { watch } from '../../../src/report/watch.ts';
import { testContext } from '../../support/context.ts';

/** A context on a terminal of 24 rows, that has 3 after the first picture, and that is left after the second. */
function terminalContext(): Context & { lines(): readonly string[] } {
  const context = testContext([]);
  const leaving = new AbortController();
  let rows = 24;
  const resized = (signal: AbortSignal): Promise<unknown> => {
    if (rows === 3) leaving.abort();
    if (signal.aborted) return Promise.reject(signal.reason);
    rows = 3;
    return Promise.resolve();
  };
  return {
    ...context,
    stopping: leaving.signal,
    terminal: {
      ...context.terminal,
      isOutput: true,
      get rows() {
        return rows;
      },
      resized,
    },
  };
}

async function* report(): AsyncGenerator<string> {
  yield 'one\ntwo\nthree\n';
}

test('a picture fits the terminal, also when that has another size, and the screen is given back as it was', async () => {
  const context = terminalContext();
  const asked: number[] = [];
  await watch(context, async (rows) => {
    asked.push(rows);
    return report();
  });
  assert.deepEqual(asked, [24, 3]);
  const text = context.lines().join('\n');
  assert.equal(
    text,
    '\u001b[?1049h\u001b[?25l\u001b[Hone\u001b[K\ntwo\u001b[K\nthree\u001b[K\n' +
      '\u001b[J\u001b[Hone\u001b[K\ntwo\u001b[K\n\u001b[J\u001b[?25h\u001b[?1049l',
  );
});

test('the screen is given back when there is no report', async () => {
  const context = terminalContext();
  await assert.rejects(
    watch(context, () => Promise.reject(new Error('no database'))),
    /no database/,
  );
  assert.deepEqual(context.lines(), ['\u001b[?1049h\u001b[?25l\u001b[?25h\u001b[?1049l']);
});
