/*
 * Law: whatever happens to a log (it grows, is renamed, copied and truncated, packed, several times between two looks), whenever
 * the clock is set and whenever the reader is killed and started again, each line is given out once behind the last mark, in order.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { Logs } from '../support/follow.ts';
import { fc } from '../support/generated.ts';

type Event =
  | { readonly kind: 'append'; readonly lengths: readonly number[] }
  | { readonly kind: 'rotate'; readonly isCopied: boolean; readonly isPacked: boolean }
  | { readonly kind: 'clock'; readonly stepMs: number }
  | { readonly kind: 'turn' | 'mark' | 'kill' };

const hourMs = 3_600_000;

const event: fc.Arbitrary<Event> = fc.oneof(
  // Lines so long that a turn does not read all.
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      lengths: fc.array(fc.nat(90_000), { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rotate' as const), isCopied: fc.boolean(), isPacked: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), stepMs: fc.integer({ min: -hourMs, max: hourMs }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mark' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const) }) },
);

/** Moves each rotated log one on, as logrotate does with delaycompress, and then the log itself. */
function rotate(logs: Logs, round: number, { isCopied, isPacked }: { isCopied: boolean; isPacked: boolean }): void {
  for (let number = round; number >= 1; number--) {
    for (const ending of ['', '.gz']) {
      const name = `a.log.${number}${ending}`;
      if (existsSync(logs.path(name))) logs.move(name, `a.log.${number + 1}${ending}`);
    }
  }
  if (isPacked && existsSync(logs.path('a.log.2'))) logs.pack('a.log.2');
  if (isCopied) logs.copyAndTruncate('a.log', 'a.log.1');
  else logs.move('a.log', 'a.log.1');
}

/** Plays events; gives the numbers of the lines that were given out, and how many there were. */
async function play(
  logs: Logs,
  events: readonly Event[],
): Promise<{ readonly numbers: readonly number[]; readonly count: number }> {
  const numbers: number[] = [];
  let [count, marked, round, isSetBack] = [1, 0, 0, false];
  const take = (lines: readonly string[]): void => {
    for (const line of lines) if (!line.startsWith('~')) numbers.push(Number(line.split(' ')[0]));
  };
  logs.append('a.log', '0 the first line\n');
  await logs.start();
  await logs.mark();
  for (const step of events) {
    if (step.kind === 'append') for (const length of step.lengths) logs.append('a.log', `${count++} ${'x'.repeat(length)}\n`);
    else if (step.kind === 'clock' && (step.stepMs > 0 || !isSetBack)) {
      // Three files, each stamped before the older one, are counted up, as log4j counts; and of packed copies the time alone
      // tells whether they were made since the log was empty.
      isSetBack ||= step.stepMs < 0;
      logs.stepClock(step.stepMs);
    } else if (step.kind === 'rotate' && existsSync(logs.path('a.log')))
      rotate(logs, ++round, { ...step, isPacked: step.isPacked && !isSetBack });
    else if (step.kind === 'turn') take(await logs.turnOnce());
    else if (step.kind === 'mark') {
      await logs.mark();
      take(await logs.take());
      marked = numbers.length;
    } else if (step.kind === 'kill') {
      logs.stop();
      await logs.take();
      numbers.length = marked;
      await logs.start();
    }
  }
  take(await logs.read());
  return { numbers, count };
}

test('each line is given out once, in order, whatever happens to the log and to the reader', async () => {
  const property = fc.asyncProperty(fc.array(event, { minLength: 20, maxLength: 60 }), async (events) => {
    const logs = new Logs();
    try {
      const { numbers, count } = await play(logs, events);
      assert.deepEqual(
        numbers,
        Array.from({ length: count }, (_, number) => number),
      );
    } finally {
      logs.remove();
    }
  });
  await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 25), endOnFailure: true });
});
