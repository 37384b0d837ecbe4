const pageBytes = 64 * 1024;

/** Linear memory that is given out from a place on, and never back. Views are renewed when it grows. */
export class LinearMemory {
  readonly #memory: WebAssembly.Memory;
  #next: number;
  #bytes: Uint8Array;
  #ints: Int32Array;

  constructor(memory: WebAssembly.Memory, start: number) {
    this.#memory = memory;
    this.#next = start;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#ints = new Int32Array(memory.buffer);
  }

  /** All bytes; valid until more memory is taken. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** The same as numbers of four bytes. */
  get ints(): Int32Array {
    return this.#ints;
  }

  /** A stretch of the memory, valid as long as `bytes` is. */
  buffer(at: number, length: number): Buffer {
    return Buffer.from(this.#memory.buffer, at, length);
  }

  /** Takes a stretch of bytes: gives its place, a multiple of 16. */
  take(length: number): number {
    const at = (this.#next + 15) & ~15;
    this.#next = at + length;
    this.reach(this.#next);
    return at;
  }

  /** Takes as many bytes as these, and puts them there. */
  put(bytes: Uint8Array): number {
    const at = this.take(bytes.length);
    this.#bytes.set(bytes, at);
    return at;
  }

  /** The same for numbers. */
  putInts(numbers: readonly number[] | Int32Array): number {
    const at = this.take(4 * numbers.length);
    this.#ints.set(numbers, at >> 2);
    return at;
  }

  /** Makes the memory as large as this, if it is smaller. */
  reach(length: number): void {
    const missing = length - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    this.#memory.grow(Math.ceil(missing / pageBytes));
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#ints = new Int32Array(this.#memory.buffer);
  }
}
