import type { LinearMemory } from '../../io/linear-memory.ts';

/** What the kernel has for this; the names are those of ../kernel/unwrap.ts. */
export interface UnwrapExports {
  readonly sourceFrom: WebAssembly.Global<'i32'>;
  readonly sourceTo: WebAssembly.Global<'i32'>;
  readonly unwrappedTo: WebAssembly.Global<'i32'>;
  readonly unwrapped: WebAssembly.Global<'i32'>;
  unwrap(from: number, to: number, out: number): number;
}

/** Lines that were taken out of envelopes: each with its `\n`, and behind its offset. */
export interface Unwrapped {
  readonly bytes: Buffer;
  readonly source: string;
  readonly lines: number;
  /** Place behind the last envelope. */
  readonly behind: number;
}

/** Bytes of a line's offset in its source, a little-endian double, which stands before it. */
export const leadBytes = 8;

/** Takes lines out of envelopes that lie in the kernel's memory. */
export class Unwrapper {
  readonly #exports: UnwrapExports;
  readonly #memory: LinearMemory;
  readonly #at: number;

  /** Lines are put to `at`; they need no more room than their envelopes. */
  constructor(exports: UnwrapExports, memory: LinearMemory, at: number) {
    this.#exports = exports;
    this.#memory = memory;
    this.#at = at;
  }

  /**
   * Takes lines of one source out of the envelopes in a stretch of the memory, from its start on. Undefined where the first one is
   * not written as lp-tail does, or its line has control characters.
   */
  unwrap(from: number, to: number): Unwrapped | undefined {
    const { sourceFrom, sourceTo, unwrappedTo, unwrapped, unwrap } = this.#exports;
    const behind = unwrap(from, to, this.#at);
    if (unwrapped.value === 0) return undefined;
    return {
      bytes: this.#memory.buffer(this.#at, unwrappedTo.value - this.#at),
      source: this.#memory.buffer(sourceFrom.value, sourceTo.value - sourceFrom.value).toString('utf8'),
      lines: unwrapped.value,
      behind,
    };
  }
}
