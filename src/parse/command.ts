import { resolve } from 'node:path';
import { type Context, defineCommand } from '../cli/command.ts';
import type { Values } from '../cli/options.ts';
import { DeadLetters } from '../io/dead-letters.ts';
import { keepNewSpaceSmall } from '../io/heap.ts';
import { lineBatches } from '../io/lines.ts';
import { progressFor } from '../io/progress.ts';
import { BatchWriter } from '../io/sink.ts';
import { unpacked } from '../io/unpack.ts';
import { LpError } from '../model/error.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';
import type { Compiled } from './compiled.ts';
import { loadCompiled } from './compiled-file.ts';
import type { Explain } from './explain.ts';
import { formatLines, formatSection } from './format-list.ts';
import { openFile } from './input.ts';
import { Reader, type ReaderOptions } from './reader.ts';
import { loadKernel } from './scan/kernel.ts';
import { readStream, summarize } from './stream.ts';
import type { StreamKind } from './stream-kind.ts';
import { type Counts, noCounts, type StreamParts } from './stream-parts.ts';
import { zoneNamed } from './time/zone.ts';

const options = {
  format: {
    kind: 'text',
    short: 'f',
    argument: 'NAME',
    text: 'read every line by this format, and as plain text where it does not fit; or by one of your own: nginx:, apache: or regex: and its text',
  },
  'format-file': {
    kind: 'list',
    argument: 'FILE',
    text: 'read lines by the format in this file too: YAML that names it and gives what --format takes, or a module that exports one',
  },
  tz: {
    kind: 'zone',
    argument: 'ZONE',
    text: 'take times without a zone as of this one: an IANA name, utc, or local (the default)',
  },
  now: {
    kind: 'time',
    argument: 'TIME',
    text: "take times without a year as near to and before this one (default: the file's last change, else the clock)",
  },
  'max-line': { kind: 'size', argument: 'SIZE', default: '64K', text: 'cut lines that are longer than this, at most 128K' },
  input: {
    kind: 'choice',
    argument: 'KIND',
    choices: ['auto', 'raw', 'tail', 'envelopes'],
    default: 'auto',
    text: 'take input as raw lines, as lines under the headers of tail, or as envelopes of lp-tail; auto looks at the first line',
  },
  'flush-after': {
    kind: 'duration',
    argument: 'TIME',
    default: '1s',
    text: 'give out an entry that may go on over further lines when nothing has come for this long',
  },
  'dead-letter': { kind: 'file', argument: 'FILE', text: 'append input that could not be used to this file, with the reason' },
  stats: { kind: 'flag', text: 'tell on standard error what became of every line' },
  'records-only': {
    kind: 'flag',
    text: 'write records alone, without the counts by hour, log and site that reports are made of',
  },
  explain: {
    kind: 'flag',
    text: 'tell for each line which format reads it, which came near, and where each field comes from, and write no records; with --format, how far that one came too',
  },
  'list-formats': { kind: 'flag', text: 'list the formats that can be read, and leave' },
} as const;

type ParseOptions = Values<typeof options>;

export default defineCommand({
  name: 'lp-parse',
  summary: 'read log lines and write them as records with named fields',
  description: [
    'lp-parse reads raw log lines from files, or from standard input, and writes one JSON object for each entry: when it happened, which program said it, who, from where, what, and the raw line itself. It finds out the format by itself, line by line. A line that no format reads is a record too, with the line as its message.',
    'Files that are compressed with gzip, zstd, xz or bzip2 are unpacked, the last three by the programs of that name; UTF-16 with a byte order mark is read. Standard input may be raw lines, the output of tail -F with several files, or the envelopes of lp-tail; which of these is told by the first line alone, because whoever can write into a log could write such a line later.',
    'Fields are taken from the places where the server writes them, never from what only looks like an address. Bytes that are not UTF-8 are replaced, and the record says so.',
  ],
  operands: { name: 'FILE', text: 'files to read, one after the other; - is standard input, and the default', isMany: true },
  options,
  examples: [
    {
      text: 'Read a log, and see which addresses failed to log in',
      command: 'lp-parse /var/log/auth.log | jq -r \'select(.event.outcome == "failure") | .source.ip\'',
    },
    {
      text: 'Follow two logs, and say at Ctrl-C what was found',
      command: 'tail -F /var/log/auth.log /var/log/nginx/access.log | lp-parse | lp-filter | lp-analyze | lp-report -',
    },
    {
      text: 'Read the archives of a server whose clock shows Berlin time',
      command: 'lp-parse --tz Europe/Berlin --stats /var/log/auth.log.*.gz | lp-analyze | lp-report -',
    },
  ],
  madeSections: async () => [formatSection((await loadCompiled()).formats)],
  readsInput: (given, files) => !given['list-formats'] && (files.length === 0 || files.includes('-')),
  run,
});

async function run(given: ParseOptions, files: readonly string[], context: Context): Promise<ExitStatus> {
  keepNewSpaceSmall();
  const known = await formatsFor(given, context);
  if (given['list-formats']) return listFormats(await known.compiled(), context);
  const { own } = known;
  const nowMs = (): number => (given.now ?? context.now()).getTime();
  const readerOptions: ReaderOptions = {
    zone: zoneNamed(given.tz ?? 'local'),
    isZoneKnown: given.tz !== undefined,
    anchorMs: nowMs,
    readMs: nowMs,
    format: own,
  };
  if (given.explain) {
    const { explainer } = await import('./explain.ts');
    return explainAll(files, context, await explainer(await known.compiled(), readerOptions));
  }
  const writer = new BatchWriter(context.output);
  const parts: StreamParts = {
    reader: onFirstCall(async () => new Reader(await known.compiled(), writer, readerOptions, await loadKernel())),
    writer,
    deadLetters: new DeadLetters('parse', given['dead-letter']),
    counts: noCounts(),
    maxLineBytes: Math.min(Math.max(given['max-line'], shortestLimit), longestLimit),
    flushAfterMs: given['flush-after'],
    stopping: context.stopping,
    hasSummaries: !given['records-only'],
  };
  const status = await readAll(files.length === 0 ? ['-'] : files, {
    given,
    context,
    parts,
    readerOptions,
    identities: new Set(),
  });
  if (parts.counts.lines > 0) await summarize(parts);
  await writer.end();
  await parts.deadLetters.end(context.diagnostics);
  if (own !== undefined && parts.counts.records > 0) warnOfMisfit(own.name, await parts.reader(), context);
  if (given.stats) context.diagnostics.tell(statsOf(parts.counts, await parts.reader()));
  return status;
}

/** A format that fits no line was meant otherwise. */
function warnOfMisfit(name: string, reader: Reader, { diagnostics }: Context): void {
  reader.count();
  const tally = reader.tallies.find(({ format }) => format.name === name);
  if (tally?.lines === 0) diagnostics.warn(`no line fits the format "${name}": all were read as plain text`);
}

/** For people who write formats, or wonder: one line after the other, by the reference scanner. */
async function explainAll(files: readonly string[], context: Context, explain: Explain): Promise<ExitStatus> {
  const writer = new BatchWriter(context.output);
  for (const file of files.length === 0 ? ['-'] : files) {
    const chunks = file === '-' ? context.input : (await openFile(file, () => {})).chunks;
    for await (const { bytes } of lineBatches(unpacked(chunks, file), defaultLineBytes)) {
      for (const line of bytes.toString('utf8').split(/\r?\n/)) if (line !== '') writer.text(explain(line));
      await writer.flush();
    }
  }
  await writer.end();
  return exitStatus.ok;
}

const defaultLineBytes = 64 * 1024;

async function listFormats({ formats }: Compiled, { output }: Context): Promise<ExitStatus> {
  await output.write(Buffer.from(`${formatLines(formats).join('\n')}\n`));
  return exitStatus.ok;
}

/** The formats of a run. */
interface Formats {
  /** The one that reads all lines, where one is named. */
  readonly own: { readonly name: string } | undefined;
  readonly compiled: () => Promise<Compiled>;
}

/** What the build has compiled; with formats of the user's, which it cannot know, all is compiled anew. */
async function formatsFor(given: ParseOptions, { diagnostics }: Context): Promise<Formats> {
  const files = given['format-file'];
  if (files.length === 0) {
    const builtIn = await builtInFormats(given.format);
    if (builtIn !== undefined) return builtIn;
  }
  const { formatsOf } = await import('./own/formats.ts');
  return formatsOf(given.format, files, diagnostics.warn);
}

/** Undefined where the name is not that of a format that is built in. */
async function builtInFormats(name: string | undefined): Promise<Formats | undefined> {
  if (name === undefined) return { own: undefined, compiled: loadCompiled };
  const compiled = await loadCompiled();
  const own = compiled.formats.find((format) => format.name === name);
  return own && { own, compiled: async () => compiled };
}

/** Formats are loaded when the first line is there: five stages start for each pipe, and some have nothing to do. */
function onFirstCall<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A limit under which not even a header fits would make text of everything. */
const shortestLimit = 256;
/** A record of a longer line, escaped six times over and with its fields, would be too long for the stages behind. */
const longestLimit = 128 * 1024;

interface Run {
  readonly given: ParseOptions;
  readonly context: Context;
  readonly parts: StreamParts;
  readonly readerOptions: ReaderOptions;
  /** Files that have been read: patterns of a shell overlap easily. */
  readonly identities: Set<string>;
}

/** Reads one after the other; one that cannot be read does not keep the rest from being read. */
async function readAll(files: readonly string[], run: Run): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  for (const file of files) {
    if (run.context.stopping.aborted && file !== '-') break;
    try {
      await (file === '-' ? readInput(run) : readFile(file, run));
    } catch (thrown) {
      if (!(thrown instanceof LpError) || !inputStatuses.includes(thrown.status)) throw thrown;
      run.context.diagnostics.error(thrown.message);
      status = thrown.status;
    }
  }
  return status;
}

/** What is the fault of one input, and not of the whole run. */
const inputStatuses: readonly ExitStatus[] = [exitStatus.noInput, exitStatus.permission, exitStatus.badData];

function kindGiven(run: Run): StreamKind | undefined {
  return run.given.input === 'auto' ? undefined : run.given.input;
}

async function readInput(run: Run): Promise<void> {
  const stream = { name: '-', kind: kindGiven(run), options: run.readerOptions };
  await readStream(run.parts, stream, unpacked(run.context.input, 'standard input'));
}

async function readFile(path: string, run: Run): Promise<void> {
  let advance: (bytes: number) => void = () => {};
  const file = await openFile(path, (bytes) => advance(bytes));
  if (file.sizeBytes > 0 && run.identities.has(file.identity)) {
    run.context.diagnostics.warn(`${path}: was read already, under this name or another; it is not read twice`);
    return;
  }
  run.identities.add(file.identity);
  const progress = progressFor(run.context.terminal, file.sizeBytes, path);
  advance = progress.advance;
  const anchorMs = run.given.now === undefined && file.sizeBytes > 0 ? () => file.changedMs : run.readerOptions.anchorMs;
  const stream = {
    name: resolve(path),
    kind: kindGiven(run) ?? 'raw',
    options: { ...run.readerOptions, anchorMs, isWhole: true },
  };
  try {
    await readStream(run.parts, stream, unpacked(file.chunks, path));
  } finally {
    progress.end();
  }
}

function statsOf(counts: Counts, reader: Reader): string {
  reader.count();
  const byFormat = reader.tallies.filter(({ lines }) => lines > 0).map(({ format, lines }) => `${format.name} ${lines}`);
  return [
    `${counts.lines} lines = ${counts.records} records + ${counts.joined} joined + ${counts.dead} dead`,
    `${counts.bytes} bytes, ${counts.truncated} lines cut`,
    `formats: ${byFormat.join(', ') || 'none'}`,
  ].join('; ');
}
