import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '../cli/command.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';

/** How long a picture stays before the next one. */
const intervalMs = 5_000;

/** To the upper left, and at the end of a picture away with what is left of the one before. Source: ECMA-48, CUP and ED. */
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/** A screen of its own, without a cursor, and back to the one before. Source: xterm control sequences, DECSET 1049 and 25. */
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';

/**
 * Shows what `report` gives for so many lines, again and again and whenever the terminal has another size, until the command is
 * asked to stop; then the screen is as it was. On what is no terminal, one report follows the other.
 */
export async function watch(context: Context, report: (rows: number) => Promise<AsyncIterable<string>>): Promise<ExitStatus> {
  const { terminal, stopping, output } = context;
  const write = (text: string) => output.write(Buffer.from(text));
  if (!terminal.isOutput) {
    while (!stopping.aborted) {
      await write(`${await textOf(await report(terminal.rows))}\n\n`);
      await wait(intervalMs, undefined, { signal: stopping }).catch(() => {});
    }
    return exitStatus.ok;
  }
  await write(enter);
  try {
    while (!stopping.aborted) {
      const { rows } = terminal;
      await write(pictureOf(await textOf(await report(rows)), rows));
      await changeOf(context);
    }
  } finally {
    await write(leave);
  }
  return exitStatus.ok;
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text.trimEnd();
}

/** Each line in the place of the one before it, so that nothing flickers. */
function pictureOf(text: string, rows: number): string {
  const lines = text.split('\n').slice(0, rows - 1);
  return `${home}${lines.map((line) => `${line}${clearLine}\n`).join('')}${clearBelow}`;
}

/** Waits until there is reason for another picture, or the command is to stop. Never throws. */
async function changeOf({ terminal, stopping }: Context): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([stopping, over.signal]);
  await Promise.race([wait(intervalMs, undefined, { signal }), terminal.resized(signal)]).catch(() => {});
  over.abort();
}
