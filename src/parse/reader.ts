import { isUtf8 } from 'node:buffer';
import type { BatchWriter } from '../io/sink.ts';
import type { Compiled, CompiledFormat } from './compiled.ts';
import { slotOf } from './fields.ts';
import { hasByte } from './scan/first-bytes.ts';
import { Kernel } from './scan/kernel.ts';
import { type Entry, RecordWriter } from './scan/record-writer.ts';
import { Scanner } from './scan/scanner.ts';
import { Sessions } from './scan/sessions.ts';
import { type Candidate, type SourceState, Sources, type Tally } from './sources.ts';
import { Clock, type ClockOptions, quality } from './time/clock.ts';
import { byteAt } from './time/digits.ts';
import { stampShapes } from './time/shapes.ts';

/*
 * Hot path: tries formats on a line, the one that took the line before first. Lines lie in memory with room behind them,
 * so that the scanner may look past a line's end without leaving the memory.
 */

/** The shapes of times that a format's own code gives as text, the likelier first. */
const textShapes = (['iso', 'anyWithTail', 'any'] as const).map((shape) => stampShapes.indexOf(shape));
const truncatedSlot = slotOf('log.truncated');
const linesSlot = slotOf('log.lines');
const encodingSlot = slotOf('log.encoding');

/** Where a line stands, and what the stream's reader did to it. */
export interface Place {
  readonly offset: number;
  readonly isTruncated: boolean;
  /** How many lines the entry has, blank ones too. */
  readonly lines: number;
}

/** How many lines came in, and what became of them. */
export interface LineCounts {
  lines: number;
  records: number;
  /** Lines that belong to the entry before them: blank ones. */
  joined: number;
}

/** How far lines were read, and whether there was no room for more. */
export interface LinesRead {
  readonly at: number;
  readonly isFull: boolean;
}

/** How lines become records. */
export interface ReaderOptions extends ClockOptions {
  /** The time that lines without one get, in ms. */
  readonly readMs: () => number;
  /** Only this format, and `text` for what it does not read. */
  readonly format: { readonly name: string } | undefined;
}

/** Turns lines into records. */
export class Reader {
  /** What each format has read. */
  readonly tallies: readonly Tally[];
  readonly #clock: Clock;
  readonly #scanner: Scanner;
  readonly #records: RecordWriter;
  readonly #writer: BatchWriter;
  readonly #kernel: Kernel | undefined;
  readonly #sources: Sources;
  #options: ReaderOptions;
  #state: SourceState;
  /** The source whose formats the kernel has. */
  #inKernel: SourceState | undefined;
  #notes: Map<number, string> | undefined;

  /** `kernel` is the module that reads at full speed; without it the scanner reads all. */
  constructor({ formats, image }: Compiled, writer: BatchWriter, options: ReaderOptions, kernel?: WebAssembly.Module) {
    this.tallies = formats.map((format) => ({ format, lines: 0 }));
    this.#clock = new Clock(options);
    this.#records = new RecordWriter(writer, this.#clock);
    this.#writer = writer;
    this.#kernel = kernel === undefined ? undefined : new Kernel(kernel, image, this.#clock);
    if (this.#kernel !== undefined) writer.useBuffers(this.#kernel.buffers);
    this.#scanner = new Scanner(image, this.#clock, new Sessions(this.#kernel?.sessions));
    this.#options = options;
    this.#sources = new Sources(this.tallies);
    this.#state = this.#sources.of('-', options.format);
  }

  /** Goes on with lines of this source; `options` replaces what was given before. */
  setSource(source: string, options: ReaderOptions = this.#options): void {
    if (options !== this.#options) {
      this.#options = options;
      this.#clock.configure(options);
      this.#kernel?.forgetTime();
    }
    this.#state = this.#sources.of(source, options.format);
    this.#scanner.source = this.#state.number;
  }

  #bringToKernel(): void {
    const { number, candidates, parts } = this.#state;
    this.count();
    this.#inKernel = this.#state;
    this.#state.isForKernel = this.#kernel?.setSource(number, parts, candidates) ?? false;
  }

  /** Brings a batch of lines in for `lines`; false when they have to be read by `line`. They must be UTF-8. */
  load(batch: Uint8Array): boolean {
    return this.#kernel?.load(batch) === true;
  }

  /**
   * Reads lines of the batch from a place on, as far as the kernel can: gives the place of the first line not read, and
   * whether it may be read when what is written has been flushed; if not, it is for `line`. `counts` gets what was read.
   */
  lines(from: number, batch: { readonly offset: number; readonly maxLineBytes: number }, counts: LineCounts): LinesRead {
    const kernel = this.#kernel;
    const state = this.#state;
    if (state !== this.#inKernel) this.#bringToKernel();
    const writer = this.#writer;
    const { used } = writer;
    const buffer = writer.reserve(0);
    if (kernel === undefined || !state.isForKernel || !kernel.buffers.includes(buffer)) return { at: from, isFull: false };
    const last = state.last === undefined ? -1 : state.candidates.indexOf(state.last);
    const run = kernel.run(from, { ...batch, last, readMs: this.#options.readMs() }, { buffer, used });
    state.last = state.candidates[run.last];
    state.taken = state.candidates[run.taken];
    // An entry that may go on over further lines is read by `line`, which sees where it ends.
    if (run.records > 0 && state.taken?.isJoining === true) {
      kernel.takeBack(run);
      this.takeBack();
      run.isFull = false;
    }
    writer.advance(run.used);
    counts.lines += run.records + run.blanks;
    counts.records += run.records;
    counts.joined += run.blanks;
    return { at: run.at, isFull: run.isFull && run.used > 0 };
  }

  /** Brings `tallies` up to date with what the kernel has read. */
  count(): void {
    for (const [index, { tally }] of (this.#inKernel?.candidates ?? []).entries())
      tally.lines += this.#kernel?.takeTally(index) ?? 0;
  }

  /** Tells whether entries of the format that took the last line may go on over further lines. */
  get joins(): boolean {
    return this.#state.taken?.isJoining === true;
  }

  /** Tells whether a line goes on with the entry before it. */
  continues(bytes: Uint8Array, from: number, to: number): boolean {
    const { taken } = this.#state;
    const joins = taken?.format.joins;
    if (taken === undefined || joins === undefined) return false;
    if (joins !== 'unread') return joins.some((start) => startsWith(bytes, from, to, start));
    return taken.entry >= 0 && !this.#scanner.scan(taken.entry, bytes, from, to);
  }

  /** Says that the record of the last line was taken back. */
  takeBack(): void {
    const { taken } = this.#state;
    if (taken !== undefined) taken.tally.lines--;
  }

  /** Writes the record of one line, `from` to `to` without its line end. `bytes` must be UTF-8 there, with `slack` behind. */
  line(bytes: Uint8Array, from: number, to: number, place: Place): void {
    const entry: Entry = { bytes, from, to, offset: place.offset };
    if (place.isTruncated) this.#note(truncatedSlot, 'true');
    if (place.lines > 1) this.#note(linesSlot, String(place.lines));
    const state = this.#state;
    const { last } = state;
    const first = byteAt(bytes, from);
    const reads = (candidate: Candidate): boolean =>
      candidate !== last && hasByte(candidate.firstBytes, first) && this.#read(candidate, entry);
    state.taken = last !== undefined && this.#read(last, entry) ? last : state.candidates.find(reads);
    if (state.taken?.isSticky === true) state.last = state.taken;
  }

  /** Writes the record of a line that is not UTF-8, or may not be. */
  lossyLine(bytes: Uint8Array, place: Place): void {
    let mended = bytes;
    if (!isUtf8(bytes)) {
      this.#note(encodingSlot, '"lossy"');
      mended = Buffer.from(Buffer.from(bytes).toString('utf8'));
    }
    this.line(padded(mended), 0, mended.length, place);
  }

  #note(slot: number, json: string): void {
    this.#notes ??= new Map();
    this.#notes.set(slot, json);
  }

  #read(candidate: Candidate, entry: Entry): boolean {
    const { read } = candidate.format;
    const scanner = this.#scanner;
    if (read !== undefined) {
      const isFor = candidate.guard < 0 || scanner.scan(candidate.guard, entry.bytes, entry.from, entry.to);
      return isFor && this.#readBySelf(read, candidate, entry);
    }
    if (!scanner.scan(candidate.entry, entry.bytes, entry.from, entry.to)) return false;
    if (!scanner.hasTime) this.#clock.take(this.#options.readMs(), quality.observed);
    this.#write(entry, candidate);
    return true;
  }

  #readBySelf(read: NonNullable<CompiledFormat['read']>, candidate: Candidate, entry: Entry): boolean {
    const reading = read(Buffer.from(entry.bytes.subarray(entry.from, entry.to)).toString('utf8'));
    if (reading === undefined) return false;
    const scanned = this.#readMessage(reading.fields.get('process.name'), reading.fields.get('message'));
    for (const [field, value] of reading.fields) this.#note(slotOf(field), JSON.stringify(value));
    this.#takeTime(reading.timeMs, reading.timeText);
    this.#write({ ...entry, scanned }, candidate);
    return true;
  }

  /** Lets the program's dataset read a message that came in other clothes; gives the bytes that it has read. */
  #readMessage(program: unknown, message: unknown): Uint8Array {
    const name = typeof program === 'string' ? Buffer.from(program) : Buffer.alloc(0);
    const text = Buffer.from(typeof message === 'string' ? message : '');
    const bytes = padded(Buffer.concat([name, lineEnd, text]));
    this.#scanner.scanMessage(bytes, name.length, name.length + 1 + text.length);
    return bytes;
  }

  #takeTime(ms: number | undefined, text: string | undefined): void {
    if (ms !== undefined && this.#clock.take(ms, quality.exact)) return;
    if (text !== undefined) {
      const bytes = padded(Buffer.from(text));
      if (textShapes.some((shape) => this.#clock.read(shape, bytes, 0) > 0)) return;
    }
    this.#clock.take(this.#options.readMs(), quality.observed);
  }

  #write(entry: Entry, candidate: Candidate): void {
    this.#records.write(entry, { source: this.#state.parts, part: candidate.part }, this.#scanner, this.#notes);
    this.#notes = undefined;
    candidate.tally.lines++;
  }
}

const lineEnd = Buffer.from('\n');

function startsWith(bytes: Uint8Array, from: number, to: number, start: string): boolean {
  if (from + start.length > to) return false;
  for (let index = 0; index < start.length; index++) {
    if (byteAt(bytes, from + index) !== start.charCodeAt(index)) return false;
  }
  return true;
}

/** How many bytes behind a line may be looked at: more than the longest stamp. */
export const slack = 64;

/** A copy with room behind it. */
export function padded(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length + slack);
  copy.set(bytes);
  return copy;
}
