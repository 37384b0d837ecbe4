import { type Context, defineCommand } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { writeAtomically } from '../io/atomic-file.ts';
import { BatchWriter } from '../io/sink.ts';
import { styleFor } from '../io/style.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { isAtLeastSeverity, severities } from '../model/severity.ts';
import { clockFor } from './clock.ts';
import { digestOf } from './digest.ts';
import { options } from './options.ts';
import { loadRenderer } from './renderer.ts';
import { fromDatabase, fromStream } from './sources.ts';

type Given = Values<typeof options>;

export default defineCommand({
  name: 'lp-report',
  summary: 'say what was found, worst first',
  description: [
    'Reads findings from the database that lp-store keeps, or, with the operand -, from standard input as lp-analyze writes ' +
      'them, and writes a digest of them: the verdict in one line, then what is critical, what is wrong and what to watch, ' +
      'each with evidence and with what to do about it.',
    'Findings are ranked by severity, then by risk, then by how late they were seen. In text, findings that differ only in ' +
      'whom they are about are listed as one, with the others named below. With --format json the findings come as they ' +
      'are on the wire, one a line.',
    'Text of the logs is written by attackers: whatever a terminal would obey is shown as its escape.',
  ],
  operands: { name: '-', text: 'read findings from standard input' },
  options,
  examples: [
    { text: 'What happened in the last day', command: 'lp-report' },
    {
      text: 'What archived logs say, without a database',
      command: 'lp-parse access.log.*.gz | lp-filter | lp-analyze | lp-report -',
    },
    { text: 'A file for the web server, from cron', command: 'lp-report --since 24h --output report.txt' },
    { text: 'Addresses behind errors, for other tools', command: 'lp-report --severity error --format json | jq -r .source.ip' },
  ],
  readsInput: (_values, operands) => operands[0] === '-',
  run,
});

async function run(values: Given, operands: readonly string[], context: Context) {
  const [operand] = operands;
  if (operand !== undefined && operand !== '-') {
    throw new LpError(
      `"${operand}" is not -; name a database with --db, or redirect a file of findings to lp-report -`,
      exitStatus.usage,
    );
  }
  const now = context.now();
  const clock = clockFor(values.tz, now);
  const renderer = await loadRenderer(values.format);
  const read = operand === '-' ? fromStream : fromDatabase;
  const digest = digestOf(await read({ values, context, renderer, now }));
  const style = await styleFor(values.output === undefined && context.terminal.hasColor.output);
  const columns =
    values.output === undefined ? Math.min(Math.max(context.terminal.columns, minColumns), maxColumns) : fileColumns;
  const chunks = renderer.render(digest, { style, columns, clock });
  if (values.output === undefined || values.output === '-') await writeTo(context, chunks);
  else await writeAtomically(values.output, chunks);
  const floor = values['fail-on'];
  const isBad = floor !== undefined && severities.some((name) => digest.totals[name] > 0 && isAtLeastSeverity(name, floor));
  return isBad ? exitStatus.findings : exitStatus.ok;
}

/** Narrower than this nothing is readable, wider than this lines are. */
const minColumns = 40;
const maxColumns = 100;
const fileColumns = 80;

async function writeTo(context: Context, chunks: AsyncIterable<string>): Promise<void> {
  const writer = new BatchWriter(context.output);
  for await (const chunk of chunks) {
    writer.text(chunk);
    if (writer.isFull) await writer.flush();
  }
  await writer.end();
}
