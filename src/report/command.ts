import { type Context, defineCommand } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { writeAtomically } from '../io/atomic-file.ts';
import { BatchWriter } from '../io/sink.ts';
import { styleFor } from '../io/style.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import { isAtLeastSeverity, severities } from '../model/severity.ts';
import { clockFor } from './clock.ts';
import { type Digest, digestOf } from './digest.ts';
import type { Health } from './health/health.ts';
import { options } from './options.ts';
import { type Look, loadRenderer } from './renderer.ts';
import { fromDatabase, fromStream } from './sources.ts';
import { watch } from './watch.ts';

type Given = Values<typeof options>;

export default defineCommand({
  name: 'lp-report',
  summary: 'say what was found, worst first',
  description: [
    'Reads findings from the database that lp-store keeps, or, with the operand -, from standard input as lp-analyze writes ' +
      'them, and writes a digest of them: the verdict in one line, what is new, then what is critical or wrong, each with ' +
      'entries of the log that show it and with what to do about it, then what to watch, one line each.',
    'From a database, what is found is compared with the time before that is as long: a finding of the same rule about the ' +
      'same entity is "again", any other is "new", and what was there and is not any more is listed as gone. What is CRITICAL, from ' +
      'that time or the 7 days before, is told of as still open until it is set aside. Below that come ' +
      'the requests and errors of each site, the services that wrote errors, and how much of the logs was read and understood.',
    'Findings are ranked by severity, then by risk, then by how late they were seen. Those that differ only in whom they are ' +
      'about are listed as one, with the others named below; lesser ones about nobody else are told of in the same place.',
    'Text of the logs is written by attackers: each form of the report makes it harmless for where it goes.',
  ],
  sections: [
    {
      title: 'Forms',
      paragraphs: [
        'text: the digest for a terminal; 50 lines for a bad day. With --entity it ends with the story: the entries in order.',
        'table: one line for each finding.',
        'html: one page that needs nothing else, without script, for screen, phone and paper.',
        'mail: a whole mail with text and HTML, for sendmail.',
        'markdown: the digest for chats, tickets and wikis.',
        'json: the findings as they are on the wire, one a line.',
        'csv: one row for each finding, for spreadsheets.',
        'ocsf: Detection Findings of the Open Cybersecurity Schema Framework, one a line, for a SIEM.',
        'prometheus: figures for the textfile collector of the node exporter.',
      ],
    },
    {
      title: 'Health',
      paragraphs: [
        'With --health the report is about lp itself, from what is in the database and from the sizes of logs that are there: when it last ran and whether it goes on, how much of each log waits to be read and when a mark of it was stored last, how much was read and understood, and what the model cost. --format json writes the same as one object.',
        'What is wrong has a severity, for --fail-on. ERROR: nothing was ever stored; nothing has run for 26 hours; a pipe that has not ended was not heard of for 5 minutes. WARNING: a run was cut off; 256 KiB or more of a log have waited for 10 minutes; less than half of 200 or more lines of a log were understood; lp-analyze has found that a log has fallen silent, lags, or is not understood (lp.source_silent, lp.source_lags, lp.source_not_understood); the model gave no answer.',
      ],
    },
  ],
  operands: { name: '-', text: 'read findings from standard input' },
  options,
  examples: [
    { text: 'What happened in the last day', command: 'lp-report' },
    {
      text: 'What archived logs say, without a database',
      command: 'lp-parse access.log.*.gz | lp-filter | lp-analyze | lp-report -',
    },
    { text: 'A page for the web server, from cron', command: 'lp-report --since 24h --format html --output report.html' },
    { text: 'All about one address, in order', command: 'lp-report --entity 203.0.113.77 --since 30d' },
    {
      text: 'Whether lp itself is well, for cron: status 1 when something is wrong',
      command: 'lp-report --health --fail-on warning',
    },
    { text: 'Addresses behind errors, for other tools', command: 'lp-report --severity error --format json | jq -r .source.ip' },
  ],
  readsInput: (_values, operands) => operands[0] === '-',
  run,
});

async function run(values: Given, operands: readonly string[], context: Context) {
  checkOperands(values, operands);
  const isStream = operands[0] === '-';
  if (values.health) return health(values, context);
  if (values.watch) return watch(context, async (rows) => (await reportOf({ values, context, isStream, rows })).chunks);
  const { chunks, digest } = await reportOf({ values, context, isStream });
  if (values.output === undefined || values.output === '-') await writeTo(context, chunks);
  else await writeAtomically(values.output, chunks);
  const floor = values['fail-on'];
  const isBad = floor !== undefined && severities.some((name) => digest.totals[name] > 0 && isAtLeastSeverity(name, floor));
  return isBad ? exitStatus.findings : exitStatus.ok;
}

/** Says how lp itself is. */
async function health(values: Given, context: Context) {
  const now = context.now();
  const { readHealth } = await import('./health/read.ts');
  const found = await readHealth({ values, context, now });
  const text = await healthIn(found, { values, context, now });
  if (values.output === undefined || values.output === '-') await writeTo(context, once(text));
  else await writeAtomically(values.output, once(text));
  const floor = values['fail-on'];
  const isBad = floor !== undefined && found.troubles.some(({ severity }) => isAtLeastSeverity(severity, floor));
  return isBad ? exitStatus.findings : exitStatus.ok;
}

async function healthIn(found: Health, { values, context, now }: Pick<Request, 'values' | 'context'> & { now: Date }) {
  if (values.format === 'json') return (await import('./health/json.ts')).healthJson(found);
  const { healthText } = await import('./health/text.ts');
  return healthText(found, await lookOf(values, context, now), values.limit);
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}

function checkOperands(values: Given, [operand]: readonly string[]): void {
  if (operand !== undefined && operand !== '-') {
    throw new LpError(
      `"${operand}" is not -; name a database with --db, or redirect a file of findings to lp-report -`,
      exitStatus.usage,
    );
  }
  if (values.since !== undefined && values.until !== undefined && values.since >= values.until) {
    throw new LpError('--until is no later than --since: there is no time between them', exitStatus.usage);
  }
  if (values.watch && (operand === '-' || values.output !== undefined || !['text', 'table'].includes(values.format))) {
    const advice = 'leave out - and --output, and give text or table for --format';
    throw new LpError(`--watch shows a database on a terminal: ${advice}`, exitStatus.usage);
  }
  if (values.health && (operand === '-' || values.watch || !['text', 'json'].includes(values.format))) {
    const advice = 'leave out - and --watch, and give text or json for --format';
    throw new LpError(`--health reads a database and is text or JSON: ${advice}`, exitStatus.usage);
  }
  for (const name of ['mail-to', 'mail-from'] as const) {
    const address = values[name];
    // What ends the line would start a header of its own.
    if (address !== undefined && !/^[\x20-\x7e]{1,300}$/.test(address)) {
      throw new LpError(`--${name}: "${address}" is no address`, exitStatus.usage);
    }
  }
}

interface Request {
  readonly values: Given;
  readonly context: Context;
  readonly isStream: boolean;
  /** How many lines there is room for, when that matters. */
  readonly rows?: number;
}

async function reportOf({
  values,
  context,
  isStream,
  rows,
}: Request): Promise<{ chunks: AsyncIterable<string>; digest: Digest }> {
  const now = context.now();
  const renderer = await loadRenderer(values.format);
  const read = isStream ? fromStream : fromDatabase;
  const given = rows === undefined ? values : { ...values, limit: values.limit ?? Math.max(1, rows - 6) };
  const digest = digestOf(await read({ values: given, context, renderer, now }));
  return { chunks: renderer.render(digest, await lookOf(values, context, now)), digest };
}

async function lookOf(values: Given, context: Context, now: Date): Promise<Look> {
  const clock = clockFor(values.tz, now);
  const style = await styleFor(values.output === undefined && context.terminal.hasColor.output);
  const columns =
    values.output === undefined ? Math.min(Math.max(context.terminal.columns, minColumns), maxColumns) : fileColumns;
  return { style, columns, clock, mail: { from: values['mail-from'], to: values['mail-to'] } };
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
