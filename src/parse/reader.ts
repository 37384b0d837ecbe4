import { isUtf8 } from 'node:buffer';
import type { BatchWriter } from '../io/sink.ts';
import type { Compiled } from './compiled.ts';
import { Counting } from './counting.ts';
import type { EntryReader } from './entry-reader.ts';
import { slotOf } from './fields.ts';
import type { OpenEntry } from './join/open-entry.ts';
import type { RuleParts } from './join/rules.ts';
import { type FastLine, fastLine, type Seen, seenIn } from './join/seen.ts';
import type { LineCounts, LinesRead, Place } from './lines-read.ts';
import { Patience } from './patience.ts';
import { Kernel, type Room } from './scan/kernel.ts';
import type { KernelJob } from './scan/kernel-run.ts';
import { type Entry, RecordWriter } from './scan/record-writer.ts';
import { Sessions } from './scan/sessions.ts';
import type { Unwrapped } from './scan/unwrapper.ts';
import type { Stretch } from './scan/values.ts';
import { padded } from './slack.ts';
import { type Candidate, isForKernel, keepMemory, knownOf, type SourceState, Sources, type Tally } from './sources.ts';
import { Clock, type ClockOptions, quality } from './time/clock.ts';
import { uncoloured } from './uncoloured.ts';

/*
 * Hot path: tries formats on a line, the one that took the line before first. Lines lie in memory with room behind them,
 * so that the scanner may look past a line's end without leaving the memory.
 */

const truncatedSlot = slotOf('log.truncated');
const linesSlot = slotOf('log.lines');
const encodingSlot = slotOf('log.encoding');

/** How lines become records. */
export interface ReaderOptions extends ClockOptions {
  /** Whether sources are read from their start. */
  readonly isWhole?: boolean;
  /** The time that lines without one get, in ms. */
  readonly readMs: () => number;
  /** Only this format, and `text` for what it does not read. */
  readonly format: { readonly name: string } | undefined;
}

/** Turns lines into records. */
export class Reader {
  /** What each format has read. */
  readonly tallies: readonly Tally[];
  /** What was written, in numbers. */
  readonly counting = new Counting();
  /** Where batches should lie, so that `load` need not copy them. */
  readonly memory: Buffer | undefined;
  readonly #clock: Clock;
  readonly #compiled: Compiled;
  /** What reads by code; undefined until a line needs it. */
  #entries: EntryReader | undefined;
  readonly #records: RecordWriter;
  readonly #writer: BatchWriter;
  readonly #kernel: Kernel | undefined;
  readonly #sources: Sources;
  #options: ReaderOptions;
  #state: SourceState;
  #source = '-';
  /** The source whose formats the kernel has. */
  #inKernel: SourceState | undefined;
  /** What is to be said of the entry that is read, besides what stands in it, as JSON by slot. */
  readonly #notes = new Map<number, string>();
  /** With the kernel, where line after line is not for it. */
  readonly #patience = new Patience();
  readonly #onePatience = new Patience();

  /** `kernel` is the module that reads at full speed; without it the scanner reads all. */
  constructor(compiled: Compiled, writer: BatchWriter, options: ReaderOptions, kernel?: WebAssembly.Module) {
    this.#compiled = compiled;
    this.tallies = compiled.formats.map((format) => ({ format, lines: 0 }));
    this.#clock = new Clock(options);
    this.#records = new RecordWriter(writer, this.#clock, this.counting);
    this.#writer = writer;
    const helpers = { clock: this.#clock, counting: this.counting };
    this.#kernel = kernel && new Kernel(kernel, compiled.kernelImage(), helpers);
    if (this.#kernel !== undefined) writer.useBuffers(this.#kernel.buffers);
    this.memory = this.#kernel?.memory;
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
    this.#source = source;
    this.counting.setSource(source, this.#options.isWhole === true);
    if (this.#entries !== undefined) this.#tellSource(this.#entries);
  }

  #tellSource(entries: EntryReader): void {
    entries.scanner.source = this.#state.number;
    [entries.source, entries.memories] = [this.#source, this.#state.memories];
  }

  /** Tells whether lines can be read by `line`, or `complete` must be called first. */
  get isComplete(): boolean {
    return this.#entries !== undefined;
  }

  /** Loads what it takes to read lines that are not for the kernel. */
  async complete(): Promise<void> {
    const [forScanner, { planFor }, { planWords }, { Scanner }, { EntryReader }] = await Promise.all([
      this.#compiled.forScanner(),
      import('./structured/plan-for.ts'),
      import('./structured/plan.ts'),
      import('./scan/scanner.ts'),
      import('./entry-reader.ts'),
    ]);
    const scanner = new Scanner(forScanner.image, this.#clock, new Sessions(this.#kernel?.sessions));
    const others = { scanner, clock: this.#clock, message: forScanner.image.message, formats: this.#compiled.formats };
    const fast = this.#kernel?.scannerBeside(others, { planner: planFor, words: planWords }) ?? scanner;
    this.#entries = new EntryReader(others.formats, forScanner, { scanner: fast, clock: this.#clock });
    this.#tellSource(this.#entries);
  }

  get #complete(): EntryReader {
    if (this.#entries === undefined) throw new TypeError('the reader is not complete');
    return this.#entries;
  }

  #bringToKernel(): void {
    const { number, candidates, parts } = this.#state;
    this.count();
    this.#inKernel = this.#state;
    this.#state.isForKernel &&= this.#kernel?.setSource(number, parts, candidates) ?? false;
  }

  /** Brings a batch of lines, in UTF-8, in for `lines`; false when they have to be read by `line`. */
  load(batch: Uint8Array): boolean {
    return this.#kernel?.load(batch) === true;
  }

  /** Takes lines of one source out of the batch's envelopes, from a place on, for `lines`; undefined where this is not for the kernel. */
  unwrap(from: number): Unwrapped | undefined {
    return this.#kernel?.unwrap(from);
  }

  /**
   * Reads lines of the batch, or of what was taken out of it, from a place on, as far as the kernel can: gives the place of the
   * first line not read, and whether it may be read when what is written has been flushed; if not, it is for `line`. `counts`
   * gets what was read.
   */
  lines(from: number, batch: Pick<KernelJob, 'offset' | 'maxLineBytes'>, counts: LineCounts): LinesRead {
    const state = this.#state;
    const ready = this.#readyKernel(this.#patience);
    if (ready === undefined) return { at: from, isFull: false };
    const { kernel, room } = ready;
    const run = kernel.run(from, this.#job(batch), room);
    state.last = state.candidates[run.last];
    state.taken = state.candidates[run.taken];
    // An entry that may go on over further lines is read by `line`, which sees where it ends.
    if (run.records > 0 && state.taken?.isJoining === true) {
      kernel.takeBack(run);
      this.takeBack(state.taken);
      run.isFull = false;
    }
    this.#patience.note(run.at > from || run.isFull);
    this.#writer.advance(run.used);
    counts.lines += run.records + run.blanks;
    counts.records += run.records;
    counts.joined += run.blanks;
    return { at: run.at, isFull: run.isFull && run.used > 0 };
  }

  /** The kernel, knowing the source, and where it may put records; undefined where it cannot read the source, or not for now. */
  #readyKernel(patience: Patience): { readonly kernel: Kernel; readonly room: Room } | undefined {
    if (this.#state !== this.#inKernel) this.#bringToKernel();
    const kernel = this.#kernel;
    const buffer = this.#writer.reserve(0);
    if (kernel === undefined || !isForKernel(this.#state) || !kernel.buffers.includes(buffer) || patience.isOut) return undefined;
    kernel.know(knownOf(this.#state, this.#source));
    return { kernel, room: { buffer, used: this.#writer.used } };
  }

  #job({ offset, maxLineBytes }: Pick<KernelJob, 'offset' | 'maxLineBytes'>): KernelJob {
    const { last, candidates } = this.#state;
    return { offset, maxLineBytes, last: last === undefined ? -1 : candidates.indexOf(last), readMs: this.#options.readMs() };
  }

  /**
   * Writes the record of a line of the batch by the kernel, and leaves it to be counted: gives what was found; undefined where the
   * line is for `line`.
   */
  one(from: number, batch: Pick<KernelJob, 'offset' | 'maxLineBytes'>): FastLine | undefined {
    const state = this.#state;
    const ready = this.#readyKernel(this.#onePatience);
    if (ready === undefined) return undefined;
    const { kernel, room } = ready;
    const run = kernel.one(from, this.#job(batch), room);
    this.#onePatience.note(run.records > 0);
    const taken = run.records > 0 ? state.candidates[run.taken] : undefined;
    if (taken === undefined) return undefined;
    state.last = state.candidates[run.last];
    state.taken = taken;
    this.#writer.advance(run.used);
    return fastLine(kernel.readLine, taken, { recordAt: room.buffer.byteOffset + room.used, takes: this.counting.takes });
  }

  /** Brings `tallies` up to date with what the kernel has read. */
  count(): void {
    this.#inKernel?.candidates.forEach(({ tally }, index) => {
      tally.lines += this.#kernel?.takeTally(index) ?? 0;
    });
  }

  /** Tells whether the line that was read last may be one of several lines of an entry. */
  get mayGoOn(): boolean {
    const { taken } = this.#state;
    return taken?.isJoining === true || taken?.format.by !== undefined || taken?.format.rank === 0;
  }

  /** Counts the record that `line` has written last, before anything else is written. */
  countLine(): void {
    this.#records.count();
  }

  /** How far the record that was written last reaches without its original, in bytes. */
  get fieldsLength(): number {
    return this.#records.fieldsLength;
  }

  /** What was found in the line that was read last. */
  seen(): Seen {
    const { taken } = this.#state;
    if (taken === undefined) throw new TypeError('no line was read');
    return seenIn(this.#complete, taken);
  }

  /** What rules of joining need of what reads by code. */
  get ruleParts(): RuleParts {
    const entries = this.#complete;
    return { rules: entries.rules, reads: (format, text) => entries.readsText(format, text) };
  }

  /** Says that the record of a line was taken back: of the last one, or of one that this candidate has read. */
  takeBack(candidate: Candidate | undefined = this.#state.taken): void {
    if (candidate !== undefined) candidate.tally.lines--;
  }

  /** Writes the record of an entry of several lines, by the format that has read its first one, or else by any. */
  joined({ text, first, more, offset, lines, isLossy, candidate }: OpenEntry): void {
    if (isLossy) this.#notes.set(encodingSlot, '"lossy"');
    this.#notes.set(linesSlot, String(lines));
    const entry: Entry = { bytes: padded(text), from: 0, to: text.length, offset, lines };
    const head = more === undefined ? entry : { bytes: padded(first), from: 0, to: first.length };
    candidate.tally.lines--;
    const isRead = candidate.format.rank > 0 && this.#read(candidate, entry, head, more);
    if (!isRead) this.#state.candidates.find((other) => this.#read(other, entry, head, more));
    this.#records.count();
  }

  /** Writes the record of one line, not counted yet, `from` to `to` without its line end. `bytes` must be UTF-8 there, with `slack` behind. */
  line(bytes: Uint8Array, from: number, to: number, place: Place): void {
    this.#kernel?.learn();
    const entry: Entry = { bytes, from, to, offset: place.offset };
    if (place.isTruncated) this.#notes.set(truncatedSlot, 'true');
    const state = this.#state;
    const { last } = state;
    const line = uncoloured({ bytes, from, to });
    const reads = (candidate: Candidate): boolean => candidate !== last && this.#read(candidate, entry, line);
    state.taken = last !== undefined && this.#read(last, entry, line) ? last : this.#complete.find(state.candidates, line, reads);
    if (state.taken?.isSticky === true) state.last = state.taken;
    const { memory } = this.#complete;
    if (memory !== undefined) keepMemory(state, memory);
  }

  /** Writes the record of a line that is not UTF-8, or may not be. */
  lossyLine(bytes: Uint8Array, place: Place): void {
    let mended = bytes;
    const areUtf8 = isUtf8(bytes);
    if (!areUtf8 || place.isLossy === true) this.#notes.set(encodingSlot, '"lossy"');
    if (!areUtf8) mended = Buffer.from(Buffer.from(bytes).toString('utf8'));
    this.line(padded(mended), 0, mended.length, place);
  }

  #read(candidate: Candidate, entry: Entry, line: Stretch, more?: string): boolean {
    const entries = this.#complete;
    if (!entries.read(candidate.format, line, more)) return false;
    if (!entries.hasTime) this.#clock.take(this.#options.readMs(), quality.observed);
    const { texts } = entries;
    if (this.#notes.size > 0) {
      for (const [slot, json] of this.#notes) if (!texts.has(slot)) texts.set(slot, json);
      this.#notes.clear();
    }
    const parts = { source: this.#state.parts, part: candidate.part };
    const { bytes, from, to, offset, lines } = entry;
    const scanned = { bytes, from, to, offset, lines, scanned: entries.bytes };
    this.#records.write(scanned, parts, entries.scanner, texts.size > 0 ? texts : undefined);
    candidate.tally.lines++;
    return true;
  }
}
