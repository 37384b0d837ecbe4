import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '../cli/command.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';

/** How long a picture stays before the next one. */
const intervalMs = 5_000;

/** To the upper left, and at the end of a picture away with what is left of the one before. Source: ECMA-48, CUP and ED. */
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/**
 * Shows what `report` gives for so many lines, again and again, until the command is asked to stop. On what is no terminal, one
 * report follows the other.
 */
export async function watch(context: Context, report: (rows: number) => Promise<AsyncIterable<string>>): Promise<ExitStatus> {
  const { terminal, stopping, output } = context;
  const rows = terminal.rows;
  while (!stopping.aborted) {
    let text = '';
    for await (const chunk of await report(rows)) text += chunk;
    const lines = text.trimEnd().split('\n');
    const picture = terminal.isOutput
      ? `${home}${lines
          .slice(0, rows - 1)
          .map((line) => `${line}${clearLine}\n`)
          .join('')}${clearBelow}`
      : `${lines.join('\n')}\n\n`;
    await output.write(Buffer.from(picture));
    await wait(intervalMs, undefined, { signal: stopping }).catch(() => {});
  }
  return exitStatus.ok;
}
