import type { Entry } from '../database/write.ts';
import type { NumberedLine } from '../io/ndjson.ts';
import type { BatchWriter } from '../io/sink.ts';
import { Slabs } from './slabs.ts';

/** Rows that one transaction takes; each writes pages all over the index of ids, which in a large database is most of its work. */
const maxEntries = 20_000;

/** A finding carries up to ten entries of 2 KiB; this bounds the memory of a batch of such. */
const maxBytes = 32 * 1024 * 1024;

/** Where there are marks, a transaction goes from one to the next if it can. */
const markFactor = 3;

/** How long a finding may wait for company. A row must be visible a second after it came; the rest is for the commit. */
const maxWaitMs = 500;

/** What is to be stored of a line, if anything; undefined for one that is not passed on either. */
export type Decoded = { readonly entry: Entry | undefined } | undefined;

/**
 * What waits to be stored, and the lines to pass on once it is. Findings wait as the bytes that came, and are decoded when they
 * are stored: measured, a collector of garbage takes a third of the time where it copies thousands of them that wait.
 */
export class Batch {
  readonly #keepsLines: boolean;
  readonly #decode: (line: NumberedLine) => Decoded;
  #waiting: (NumberedLine | Entry | undefined)[] = [];
  readonly #lines = new Set<Buffer>();
  readonly #memory = new Slabs();
  #bytes = 0;
  #deadlineMs: number | undefined;
  #hasMarks = false;
  #endsInMark = false;

  constructor(keepsLines: boolean, decode: (line: NumberedLine) => Decoded) {
    this.#keepsLines = keepsLines;
    this.#decode = decode;
  }

  /**
   * When it must be stored, in ms on the clock of `Date.now`; undefined when nothing waits. Where there are marks, what came
   * behind the last one waits for the next, because after a crash it would come again.
   */
  get deadlineMs(): number | undefined {
    return this.#hasMarks ? undefined : this.#deadlineMs;
  }

  /** True when a mark has come last: it and what came before it are to be stored in one transaction. */
  get endsInMark(): boolean {
    return this.#endsInMark;
  }

  /** True when there is nothing in it that a run after this one is given again. */
  get isWhole(): boolean {
    return !this.#hasMarks || this.#waiting.length === 0;
  }

  /** How many entries wait, with lines that will turn out to be none. */
  get size(): number {
    return this.#waiting.length;
  }

  /** What is to be stored, in order; each time that it is gone through, what waits as bytes is decoded. */
  readonly entries: Iterable<Entry> = { [Symbol.iterator]: () => this.#decoded() };

  /** True when there is enough for a transaction. */
  get isFull(): boolean {
    const factor = this.#hasMarks ? markFactor : 1;
    return this.#waiting.length >= factor * maxEntries || this.#bytes >= factor * maxBytes;
  }

  /** True when the oldest has waited long enough. */
  get isDue(): boolean {
    return this.deadlineMs !== undefined && Date.now() >= this.deadlineMs;
  }

  /** Adds a line, and what is to be stored of it, if anything. The bytes are copied, because the reader uses them again. */
  add(bytes: Buffer, entry?: Entry): void {
    if (entry === undefined && !this.#keepsLines) return;
    if (entry !== undefined) this.#waiting.push(entry);
    this.#endsInMark = entry !== undefined && 'mark' in entry && entry.mark.mark.stream !== undefined;
    if (this.#endsInMark) this.#hasMarks = true;
    this.#note(bytes.length, this.#keepsLines ? this.#memory.copyOf(bytes) : undefined);
  }

  /** Adds a line that is decoded when it is stored. Its bytes are copied too. */
  hold({ bytes, ...line }: NumberedLine): void {
    const copy = this.#memory.copyOf(bytes);
    this.#waiting.push({ ...line, bytes: copy });
    this.#endsInMark = false;
    this.#note(bytes.length, copy);
  }

  #note(length: number, line: Buffer | undefined): void {
    if (this.#keepsLines && line !== undefined) this.#lines.add(line);
    this.#bytes += length;
    this.#deadlineMs ??= Date.now() + maxWaitMs;
  }

  *#decoded(): Generator<Entry, void> {
    for (const [index, waiting] of this.#waiting.entries()) {
      if (waiting === undefined) continue;
      if (!('bytes' in waiting)) {
        yield waiting;
        continue;
      }
      const decoded = this.#decode(waiting);
      if (decoded === undefined) this.#lines.delete(waiting.bytes);
      // Not to be looked at again when the batch is.
      if (decoded?.entry === undefined) this.#waiting[index] = undefined;
      else yield decoded.entry;
    }
  }

  /** Gives the lines to `output` and starts anew. */
  async release(output: BatchWriter): Promise<void> {
    for (const line of this.#lines) {
      output.line(line);
      if (output.isFull) await output.flush();
    }
    if (this.#lines.size > 0) await output.flush();
    this.#waiting = [];
    this.#memory.reuse();
    this.#lines.clear();
    this.#bytes = 0;
    this.#endsInMark = false;
    this.#deadlineMs = undefined;
  }
}
