import { LinearMemory } from '../../io/linear-memory.ts';
import { loadModule } from '../../io/web-assembly.ts';
import { type Counting, maxRows, rowBytesOf } from '../counting.ts';
import { fieldNames, slotOf } from '../fields.ts';
import { type Clock, timeText } from '../time/clock.ts';
import { nameBuckets } from '../time/starts.ts';
import { CandidateRows, type KernelCandidate } from './candidates.ts';
import { Contained } from './contained.ts';
import { glueBetween } from './glue.ts';
import type { KernelExports } from './kernel-exports.ts';
import { imageAt, type KernelImage, sharedSlots } from './kernel-image.ts';
import type { KernelJob, KernelRun, Known } from './kernel-run.ts';
import { fitBytes, KernelScanner, type Others } from './kernel-scanner.ts';
import { type PlanParts, Plans, plansBytes } from './plans.ts';
import { ReadLine } from './read-line.ts';
import { recordStart } from './record-writer.ts';
import { maxSessions, rowBytes, type SessionMemory } from './sessions.ts';
import { shapeRows } from './stamp-rows.ts';
import { type Unwrapped, Unwrapper } from './unwrapper.ts';

/*
 * The host's side of ../kernel: lays the image out in linear memory, brings lines in and records out. The kernel is about
 * ten times as fast as the scanner in this folder, which reads the lines that the kernel gives back.
 */

/** Room for a batch: two chunks of a file and the longest line. Other batches are read by the scanner. */
const inBytes = 512 * 1024;
/** What a chunk of a file becomes, as a rule, and some more. */
const outBytes = 768 * 1024;
const glueBytes = 128 * 1024;
/** What may be read behind the last line. */
const slackBytes = 64;
/** Room for one line that is scanned for the host; longer ones are scanned by it. */
const lineBytes = 128 * 1024;
/** The longest fixed parts that are taken; a source with a longer name is read by the scanner. */
const maxPartsBytes = 32 * 1024;
/** Formats that are tried on a line at most. */
const maxCandidates = 512;
const reasonFull = 2;

/** Loads the module; undefined where it was not built or the engine has no SIMD. */
export function loadKernel(): Promise<WebAssembly.Module | undefined> {
  return loadModule('parse/kernel.wasm');
}

/** Where records go: one of its buffers, behind what is there. */
export interface Room {
  readonly buffer: Buffer;
  readonly used: number;
}

/** What the kernel asks. */
export interface Helpers {
  readonly clock: Clock;
  readonly counting: Counting;
}

/** Reads lines at full speed, as long as one format fits them. */
export class Kernel {
  readonly #exports: KernelExports;
  readonly #clock: Clock;
  readonly #memory: LinearMemory;
  readonly #glueAt: number;
  #glueNext: number;
  readonly #timeAt: number;
  readonly #partsAt: number;
  readonly #sessionsAt: number;
  readonly #rowsAt: number;
  readonly #partsNext: number;
  /** Where records may be written: the buffers of a `BatchWriter`, in the kernel's memory. */
  readonly buffers: readonly [Buffer, Buffer];
  /** Where batches should lie. */
  readonly memory: Buffer;
  /** The line that `one` has read last. */
  readonly readLine: ReadLine;
  readonly #inAt: number;
  readonly #unwrapper: Unwrapper;
  readonly #contained: Contained;
  /** What `run` reads: the batch, or what was taken out of it. */
  #linesAt: number;
  #linesLength = 0;
  readonly #lineAt: number;
  readonly #fitsAt: number;
  readonly #plansAt: number;
  #plans: Plans | undefined;
  readonly #rows: CandidateRows;
  readonly #observedAt: number;
  #observedMs = Number.NaN;
  #inLength = 0;
  #source = 0;
  readonly #run: KernelRun = { at: 0, used: 0, records: 0, blanks: 0, isFull: false, last: -1, taken: -1 };

  constructor(module: WebAssembly.Module, { bytes, places, fallback, truth }: KernelImage, { clock, counting }: Helpers) {
    this.#clock = clock;
    this.#exports = this.#start(module, counting);
    const memory = freeMemory(this.#exports);
    this.#memory = memory;
    memory.put(bytes);
    const count = fieldNames.length;
    this.#glueAt = memory.take(8 * (count + 1) * (count + 1));
    [this.#timeAt, this.#observedAt] = [memory.take(32), memory.take(32)];
    this.#partsAt = memory.take(6 * 8);
    this.#rows = new CandidateRows(memory, maxCandidates);
    this.#sessionsAt = memory.take(maxSessions * rowBytes);
    const setUpAt = memory.putInts([
      places.code,
      places.pool,
      count,
      this.#glueAt,
      ...[places.tables, places.keys, places.datasets, places.levels],
      this.#timeAt,
      this.#partsAt,
      ...sharedSlots.map(slotOf),
      fallback,
      this.#sessionsAt,
      slotOf('source.ip'),
      truth.slot,
      truth.at,
      this.#observedAt,
      slotOf('log.dataset'),
      memory.put(shapeRows()),
      memory.put(nameBuckets()),
      places.classes,
      places.targets,
      slotOf('http.response.status_code'),
    ]);
    this.#rowsAt = memory.take(rowBytesOf(maxRows));
    this.readLine = new ReadLine(this.#exports, memory, this.#rowsAt);
    [this.#glueNext, this.#partsNext] = [memory.take(glueBytes), memory.take(maxPartsBytes)];
    const [out, other] = [memory.take(outBytes), memory.take(outBytes)];
    [this.#inAt, this.#lineAt] = [memory.take(inBytes + slackBytes), memory.take(lineBytes + slackBytes)];
    this.#unwrapper = new Unwrapper(this.#exports, memory, memory.take(inBytes + slackBytes));
    this.#linesAt = this.#inAt;
    this.#contained = new Contained(this.#exports, memory);
    [this.#fitsAt, this.#plansAt] = [memory.take(maxCandidates * fitBytes), memory.take(plansBytes)];
    // The memory does not grow from here on: its views stay what they are.
    this.buffers = [memory.buffer(out, outBytes), memory.buffer(other, outBytes)];
    this.memory = memory.buffer(this.#inAt, inBytes);
    const rowsEnd = this.#rowsAt + rowBytesOf(maxRows);
    counting.useRows(memory.ints.subarray(this.#rowsAt >> 2, rowsEnd >> 2), this.#exports.forgetRows);
    this.#exports.setUp(setUpAt);
  }

  #start(module: WebAssembly.Module, counting: Counting): KernelExports {
    const host = {
      readStamp: (shape: number, at: number) => this.#readStamp(shape, at),
      makeGlue: (slot: number, next: number) => this.#makeGlue(slot, next),
      rowFor: (at: number, end: number) => this.#rowsAt + rowBytesOf(counting.rowFor(this.#memory.bytes, at, end)),
    };
    // The module is built from ../kernel together with this file, and a test holds the two to each other.
    return new WebAssembly.Instance(module, { host }).exports as unknown as KernelExports;
  }

  /** Its table of sessions. */
  get sessions(): SessionMemory {
    const memory = this.#memory;
    const at = this.#sessionsAt;
    return {
      get bytes() {
        return memory.bytes;
      },
      at,
    };
  }

  /** What scans lines for the host. From now on the kernel reads objects by plans. */
  scannerBeside(others: Others, plans: PlanParts): KernelScanner {
    this.#plans = new Plans(this.#exports, new LinearMemory(this.#exports.memory, this.#plansAt), others.message, plans);
    const places = { lineAt: this.#lineAt, lineBytes, rowsAt: this.#fitsAt };
    return new KernelScanner(this.#exports, this.#memory, places, others);
  }

  /** Makes a plan for what it came back with, if that is an object of a shape that it does not know. */
  learn(): void {
    this.#plans?.learn();
  }

  /** Says what is known of the source, for the runs that follow. */
  know({ header, inside }: Known): void {
    this.#plans?.setHeader(header);
    this.#contained.bring(inside);
  }

  /** Says whose lines follow, and by which formats they are read; false when this source must be read by the scanner. */
  setSource(source: number, parts: readonly Uint8Array[], candidates: readonly KernelCandidate[]): boolean {
    this.#source = source;
    this.#exports.setCountSource(source);
    let next = this.#partsNext;
    for (const [index, bytes] of [recordStart, ...parts].entries()) {
      if (next + bytes.length > this.#partsNext + maxPartsBytes / 2) return false;
      this.#memory.bytes.set(bytes, next);
      this.#memory.ints.set([next, bytes.length], (this.#partsAt >> 2) + 2 * index);
      next += bytes.length;
    }
    this.#exports.setCandidates(this.#rows.at, candidates.length);
    return this.#rows.fill(candidates);
  }

  /** How many lines a candidate has read since this was asked last. */
  takeTally(candidate: number): number {
    return this.#rows.takeTally(candidate);
  }

  /** Brings a batch in, unless it lies in `memory`; `run` reads from it until the next one. False when it is too large. */
  load(batch: Uint8Array): boolean {
    this.#inLength = batch.length;
    [this.#linesAt, this.#linesLength] = [this.#inAt, batch.length];
    if (batch.length > inBytes) return false;
    const isThere = batch.buffer === this.memory.buffer && batch.byteOffset === this.#inAt;
    if (!isThere) this.#memory.bytes.set(batch, this.#inAt);
    this.#exports.setEscapes(batch.includes(0x1b) ? 1 : 0);
    // What an earlier batch has left behind this one is not part of its last line; behind a line's end is the start of another.
    if (batch[batch.length - 1] !== 0x0a)
      this.#memory.bytes.fill(0, this.#inAt + batch.length, this.#inAt + batch.length + slackBytes);
    return true;
  }

  /**
   * Takes lines of one source out of lp-tail's envelopes, from a place in the batch on: `run` reads them, until the next batch or
   * call. Undefined where no envelope is written as lp-tail does, or its line is for others.
   */
  unwrap(from: number): Unwrapped | undefined {
    const found = this.#unwrapper.unwrap(this.#inAt + from, this.#inAt + this.#inLength);
    if (found === undefined) return undefined;
    [this.#linesAt, this.#linesLength] = [found.bytes.byteOffset, found.bytes.length];
    return { ...found, behind: found.behind - this.#inAt };
  }

  /** Reads lines of the batch, or of what was taken out of it, from a place on, and puts their records into one of its buffers, behind what is there. */
  run(from: number, job: KernelJob, { buffer, used }: Room, parse = this.#exports.parse): KernelRun {
    const { outAt, records, blanks, reason, last, taken } = this.#exports;
    outAt.value = buffer.byteOffset + used;
    last.value = job.last;
    // The scanner beside it may have read lines of others.
    this.#exports.setSource(this.#source);
    this.#setObserved(job.readMs);
    const base = this.#linesAt;
    const outEnd = buffer.byteOffset + buffer.length - maxPartsBytes;
    const at = parse(base + from, base + this.#linesLength, base, job.offset ?? -1, job.maxLineBytes, outEnd);
    this.#run.at = at - base;
    this.#run.used = outAt.value - buffer.byteOffset;
    this.#run.records = records.value;
    this.#run.blanks = blanks.value;
    this.#run.isFull = reason.value === reasonFull;
    this.#run.last = last.value;
    this.#run.taken = taken.value;
    return this.#run;
  }

  /** Reads one line in the same way, and those too that go on by who writes them. It is not counted. */
  one(from: number, job: KernelJob, room: Room): KernelRun {
    return this.run(from, job, room, this.#exports.parseOne);
  }

  /** Takes the last record of a run back, with blank lines behind it: `at` is then its line. */
  takeBack(run: KernelRun): void {
    const { outAt, lastOut, lastLine, lastBlanks } = this.#exports;
    this.#exports.uncountRecord();
    run.used -= outAt.value - lastOut.value;
    run.at = lastLine.value - this.#linesAt;
    run.blanks = lastBlanks.value;
    run.records--;
  }

  /** The time was read or set by others, or is to be completed otherwise. */
  forgetTime(): void {
    this.#exports.forgetTime();
  }

  #setObserved(ms: number): void {
    if (ms === this.#observedMs) return;
    this.#observedMs = ms;
    this.#memory.bytes.set(timeText(ms), this.#observedAt);
  }

  #readStamp(shape: number, at: number): number {
    const behind = this.#clock.read(shape, this.#memory.bytes, at);
    if (behind < 0) return -1;
    this.#memory.bytes.set(this.#clock.text, this.#timeAt);
    this.#memory.ints[(this.#timeAt + 24) >> 2] = this.#clock.quality;
    this.#memory.ints[(this.#timeAt + 28) >> 2] = this.#clock.secondIn;
    return behind;
  }

  #makeGlue(slot: number, next: number): void {
    const glue = glueBetween(slot, next);
    this.#memory.bytes.set(glue, this.#glueNext);
    const index = (slot + 1) * (fieldNames.length + 1) + next;
    this.#memory.ints.set([this.#glueNext, glue.length], (this.#glueAt >> 2) + 2 * index);
    this.#glueNext += glue.length;
  }
}

/** The kernel's memory from the place of its image on. */
function freeMemory({ freeAt, memory }: KernelExports): LinearMemory {
  if (freeAt() > imageAt) throw new RangeError('the kernel leaves no room for its image');
  return new LinearMemory(memory, imageAt);
}
