import type { Entry } from '../database/write.ts';
import type { BatchWriter } from '../io/sink.ts';

/** Rows that one transaction takes; each writes pages all over the index of ids, which in a large database is most of its work. */
const maxEntries = 5_000;

/** A finding carries up to ten entries of 64 KiB; this bounds the memory of a batch of such. */
const maxBytes = 8 * 1024 * 1024;

/** How long a finding may wait for company. A row must be visible a second after it came; the rest is for the commit. */
const maxWaitMs = 500;

/** What waits to be stored, and the lines to pass on once it is. */
export class Batch {
  readonly #keepsLines: boolean;
  #entries: Entry[] = [];
  #lines: Buffer[] = [];
  #bytes = 0;
  #deadlineMs: number | undefined;
  #hasMarks = false;
  #endsInMark = false;

  constructor(keepsLines: boolean) {
    this.#keepsLines = keepsLines;
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
    return !this.#hasMarks || this.#entries.length === 0;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** True when there is enough for a transaction. */
  get isFull(): boolean {
    const factor = this.#hasMarks ? 10 : 1;
    return this.#entries.length >= factor * maxEntries || this.#bytes >= factor * maxBytes;
  }

  /** True when the oldest has waited long enough. */
  get isDue(): boolean {
    return this.deadlineMs !== undefined && Date.now() >= this.deadlineMs;
  }

  /** Adds a line, and what is to be stored of it, if anything. The bytes are copied, because the reader uses them again. */
  add(bytes: Buffer, entry?: Entry): void {
    if (entry === undefined && !this.#keepsLines) return;
    if (entry !== undefined) this.#entries.push(entry);
    this.#endsInMark = entry !== undefined && 'mark' in entry && entry.mark.mark.stream !== undefined;
    if (this.#endsInMark) this.#hasMarks = true;
    if (this.#keepsLines) this.#lines.push(Buffer.from(bytes));
    this.#bytes += bytes.length;
    this.#deadlineMs ??= Date.now() + maxWaitMs;
  }

  /** Gives the lines to `output` and starts anew. */
  async release(output: BatchWriter): Promise<void> {
    for (const line of this.#lines) {
      output.line(line);
      if (output.isFull) await output.flush();
    }
    if (this.#lines.length > 0) await output.flush();
    this.#entries = [];
    this.#lines = [];
    this.#bytes = 0;
    this.#endsInMark = false;
    this.#deadlineMs = undefined;
  }
}
