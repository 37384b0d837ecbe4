/** Somewhere that bytes go. `write` resolves when the bytes are taken and their memory may be used again. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
}

/*
 * Hot path: many small pieces in, few large writes out. Two buffers take turns, so that one is filled while the other is
 * on its way; a slow reader stops the stage at `flush`, and memory stays at two buffers.
 */
const batchBytes = 64 * 1024;

/** Collects bytes and writes them in batches; await `flush` at each natural pause, and at the end. */
export class BatchWriter {
  readonly #sink: Sink;
  /** The buffers that take turns; while `#filling` is a larger one, the first of them is left out. */
  #buffers: readonly [Buffer, Buffer] = [Buffer.allocUnsafeSlow(2 * batchBytes), Buffer.allocUnsafeSlow(2 * batchBytes)];
  #filling = this.#buffers[0];
  #used = 0;
  #underWay: Promise<void> = Promise.resolve();

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** From now on, these buffers take turns. Nothing may have been added since the last flush. */
  useBuffers(buffers: readonly [Buffer, Buffer]): void {
    this.#buffers = buffers;
    this.#filling = buffers[0];
  }

  /** True when `flush` should be awaited before more is added. */
  get isFull(): boolean {
    return this.#used >= batchBytes;
  }

  /** The memory being filled, with room for `bytes` more from `used` on; what is written there counts after `advance`. */
  reserve(bytes: number): Buffer {
    if (this.#used + bytes > this.#filling.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#filling.length, this.#used + bytes));
      this.#filling.copy(larger, 0, 0, this.#used);
      this.#filling = larger;
    }
    return this.#filling;
  }

  /** How much of the memory given by `reserve` is filled. */
  get used(): number {
    return this.#used;
  }

  /** Says that the memory is now filled up to `position`. */
  advance(position: number): void {
    this.#used = position;
  }

  /** Adds bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length).set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Adds one line as it is; its `\n` is added. */
  line(bytes: Uint8Array): void {
    const memory = this.reserve(bytes.length + 1);
    memory.set(bytes, this.#used);
    this.#used += bytes.length;
    memory[this.#used++] = 0x0a;
  }

  /** Adds text as UTF-8. */
  text(text: string): void {
    this.#used += this.reserve(text.length * 3).write(text, this.#used);
  }

  /** Adds one object as a line of JSON. */
  object(value: object): void {
    const text = JSON.stringify(value);
    const memory = this.reserve(3 * text.length + 1);
    this.#used += memory.write(text, this.#used);
    memory[this.#used++] = 0x0a;
  }

  /** Starts to write what has been added, once the batch before it is out. Throws what that one's write threw. */
  async flush(): Promise<void> {
    await this.#underWay;
    if (this.#used === 0) return;
    const bytes = this.#filling.subarray(0, this.#used);
    const [last, next] = this.#buffers;
    this.#buffers = [next, last];
    this.#filling = next;
    this.#used = 0;
    this.#underWay = this.#sink.write(bytes);
    this.#underWay.catch(() => {});
  }

  /** Writes what is left and waits until all is taken. */
  async end(): Promise<void> {
    await this.flush();
    await this.#underWay;
  }
}
