import type { Entry } from '../database/write.ts';
import type { BatchWriter } from '../io/sink.ts';

/** Rows that one transaction takes. Measured: 5,000 gain nothing and cost 50 MB of memory. */
const maxEntries = 2_000;

/** A finding carries up to ten entries of 64 KiB; this bounds the memory of a batch of such. */
const maxBytes = 4 * 1024 * 1024;

/** How long a finding may wait for company. A row must be visible a second after it came; the rest is for the commit. */
const maxWaitMs = 500;

/** What waits to be stored, and the lines to pass on once it is. */
export class Batch {
  readonly #keepsLines: boolean;
  #entries: Entry[] = [];
  #lines: Buffer[] = [];
  #bytes = 0;
  #deadlineMs: number | undefined;

  constructor(keepsLines: boolean) {
    this.#keepsLines = keepsLines;
  }

  /** When it must be stored, in ms on the clock of `Date.now`; undefined when nothing waits. */
  get deadlineMs(): number | undefined {
    return this.#deadlineMs;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** True when there is enough for a transaction. */
  get isFull(): boolean {
    return this.#entries.length >= maxEntries || this.#bytes >= maxBytes;
  }

  /** True when the oldest has waited long enough. */
  get isDue(): boolean {
    return this.#deadlineMs !== undefined && Date.now() >= this.#deadlineMs;
  }

  /** Adds a line, and what is to be stored of it, if anything. The bytes are copied, because the reader uses them again. */
  add(bytes: Buffer, entry?: Entry): void {
    if (entry === undefined && !this.#keepsLines) return;
    if (entry !== undefined) this.#entries.push(entry);
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
    this.#deadlineMs = undefined;
  }
}
