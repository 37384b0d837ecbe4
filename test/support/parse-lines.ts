import assert from 'node:assert/strict';
import { DeadLetters } from '../../src/io/dead-letters.ts';
import { BatchWriter } from '../../src/io/sink.ts';
import { decodeLine } from '../../src/model/decode.ts';
import type { LogRecord } from '../../src/model/envelope.ts';
import { formatNamed, loadCatalog, withFormats } from '../../src/parse/catalog.ts';
import { compileCatalog } from '../../src/parse/compile-catalog.ts';
import type { Compiled } from '../../src/parse/compiled.ts';
import { loadCompiled } from '../../src/parse/compiled-file.ts';
import type { LogFormat } from '../../src/parse/format.ts';
import { Reader, type ReaderOptions } from '../../src/parse/reader.ts';
import { loadKernel } from '../../src/parse/scan/kernel.ts';
import { readStream } from '../../src/parse/stream.ts';
import type { StreamKind } from '../../src/parse/stream-kind.ts';
import { type Counts, noCounts } from '../../src/parse/stream-parts.ts';
import { zoneNamed } from '../../src/parse/time/zone.ts';

/** All formats and datasets, loaded once. */
export const catalog = await loadCatalog();

const compiled = compileCatalog(catalog);

const kernel = await loadKernel();

/** The same with programs that the kernel's build has translated; they are there for the kernel alone. */
const translated: Compiled = kernel === undefined ? compiled : { ...compiled, kernelImage: await builtImage() };

/** The image that was built with the kernel. */
async function builtImage(): Promise<Compiled['kernelImage']> {
  const { kernelImage } = await loadCompiled(new URL('../../dist/parse/', import.meta.url));
  return kernelImage;
}

/** The moment at which tests read their lines. */
const nowMs = Date.UTC(2026, 10, 23);

/** How lines are read, where it matters. */
export interface Settings {
  readonly source?: string;
  readonly kind?: StreamKind;
  readonly zone?: string;
  /** False for a zone that nobody has named. */
  readonly isZoneKnown?: boolean;
  readonly nowMs?: number;
  readonly format?: string;
  readonly maxLineBytes?: number;
  /** Where dead letters go. */
  readonly deadLetters?: string;
}

/** What came out of a stream. */
export interface Parsed {
  /** The output as it is. */
  readonly text: string;
  readonly records: readonly LogRecord[];
  /** Lines of the output that are no records. */
  readonly others: readonly string[];
  readonly counts: Counts;
  /** What summaries tell, in some order, but of dead lines, whose hour is that of the reading. */
  readonly summaries: readonly string[];
}

/**
 * Reads a stream as lp-parse does, in this process, by the scanner and by the kernel. Throws when they differ, or for
 * output that does not decode.
 */
export async function parseBytes(chunks: readonly Uint8Array[], settings: Settings = {}): Promise<Parsed> {
  const { deadLetters, ...common } = settings;
  const parsed = await parseWith(undefined, chunks, deadLetters === undefined ? common : { ...common, deadLetters });
  if (kernel !== undefined)
    assert.deepEqual(await parseWith(kernel, chunks, common), parsed, 'the kernel reads as the scanner does');
  return parsed;
}

/** One way of reading, and where its output goes. */
interface Engine {
  readonly reader: Reader;
  readonly writer: BatchWriter;
  readonly out: Buffer[];
}

async function parseWith(
  module: WebAssembly.Module | undefined,
  chunks: readonly Uint8Array[],
  settings: Settings,
): Promise<Parsed> {
  const own = settings.format === undefined ? undefined : await formatNamed(catalog, settings.format);
  const options = optionsOf(settings, own);
  const isKept = settings.kind === 'raw';
  const { reader, writer, out } = isKept && own === undefined ? keptEngine(module, options) : newEngine(module, options, own);
  const counts = noCounts();
  const deadLetters = new DeadLetters('parse', settings.deadLetters);
  const parts = {
    reader: async () => reader,
    writer,
    deadLetters,
    counts,
    maxLineBytes: settings.maxLineBytes ?? 65_536,
    flushAfterMs: 1_000,
    stopping: new AbortController().signal,
    hasSummaries: false,
  };
  const source = settings.source ?? '-';
  const name = isKept ? `${source} (${++streamCount})` : source;
  await readStream(parts, { name, kind: settings.kind, options }, each(chunks));
  await writer.end();
  await deadLetters.end({ error() {}, warn() {}, tell() {}, note() {} });
  const named = (text: string): string =>
    text.replaceAll(`"source":${JSON.stringify(name)}`, `"source":${JSON.stringify(source)}`);
  const summaries = reader.counting.take().filter((summary) => !summary.includes('"dead":'));
  return { ...decoded(named(Buffer.concat(out.splice(0)).toString('utf8'))), counts, summaries: summaries.map(named).sort() };
}

function optionsOf(settings: Settings, format: LogFormat | undefined): ReaderOptions {
  const readMs = (): number => settings.nowMs ?? nowMs;
  const zone = zoneNamed(settings.zone ?? 'utc');
  return { zone, isZoneKnown: settings.isZoneKnown ?? true, anchorMs: readMs, readMs, format };
}

function newEngine(module: WebAssembly.Module | undefined, options: ReaderOptions, own?: LogFormat): Engine {
  const out: Buffer[] = [];
  const writer = new BatchWriter({ write: async (bytes) => void out.push(Buffer.from(bytes)) });
  const isBuiltIn = own === undefined || catalog.formats.includes(own);
  const known = isBuiltIn ? translated : compileCatalog(withFormats(catalog, [own]));
  return { reader: new Reader(known, writer, options, module), writer, out };
}

/*
 * To make a reader takes long, so one is kept for raw lines, which all have the source that they are given. What a reader
 * remembers belongs to a source: each stream has one of its own, whose name is then put right.
 */
const engines = new Map<unknown, Engine>();
let streamCount = 0;

function keptEngine(module: WebAssembly.Module | undefined, options: ReaderOptions): Engine {
  const engine = engines.get(module) ?? newEngine(module, options);
  engines.set(module, engine);
  return engine;
}

/** Reads lines, each ended by a newline. */
export function parseLines(lines: readonly string[], settings: Settings = {}): Promise<Parsed> {
  return parseBytes([Buffer.from(lines.map((line) => `${line}\n`).join(''))], settings);
}

/** The chunks, one after the other, as a stream gives them. */
export async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
}

/** The bytes, cut at these places. */
export function cutAt(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const sorted = [...places].filter((place) => place > 0 && place < bytes.length).sort((a, b) => a - b);
  const starts = [0, ...sorted];
  return starts.map((start, index) => bytes.subarray(start, sorted[index] ?? bytes.length));
}

function decoded(text: string): Omit<Parsed, 'counts' | 'summaries'> {
  const records: LogRecord[] = [];
  const others: string[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const found = decodeLine(line);
    if (!found.ok) throw new Error(`${found.reason}: ${line.slice(0, 2000)}`);
    if (found.envelope.type === 'record') records.push(found.envelope);
    else others.push(line);
  }
  return { text, records, others };
}
