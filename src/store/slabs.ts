const slabBytes = 1024 * 1024;

/** Keeps copies of short-lived bytes in a few large pieces of memory that are used again. */
export class Slabs {
  readonly #slabs: Buffer[] = [];
  #slab = 0;
  #used = 0;

  /** A copy, which is valid until `reuse`. */
  copyOf(bytes: Buffer): Buffer {
    if (bytes.length > slabBytes) return Buffer.from(bytes);
    if (this.#used + bytes.length > slabBytes) {
      this.#slab++;
      this.#used = 0;
    }
    this.#slabs[this.#slab] ??= Buffer.allocUnsafeSlow(slabBytes);
    const start = this.#used;
    this.#used += bytes.length;
    const copy = this.#slabs[this.#slab]?.subarray(start, this.#used) ?? Buffer.alloc(0);
    copy.set(bytes);
    return copy;
  }

  /** Gives all memory to what comes next. */
  reuse(): void {
    this.#slab = 0;
    this.#used = 0;
  }
}
