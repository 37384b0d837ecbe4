import { Socket, type SocketConstructorOpts, type TcpSocketConnectOpts } from 'node:net';

/*
 * Hot path: a stream of Node's makes new memory for each 64 KiB that it reads, and clears away what is no longer used, which
 * takes three times the processor's time of reading into the same memory again. Here two buffers take turns.
 */

/** What a pipe of Linux holds. */
const chunkBytes = 64 * 1024;

/** The types leave out that every socket may have its own buffers. */
type SocketOptions = SocketConstructorOpts & Pick<TcpSocketConnectOpts, 'onread'>;

/** All that comes from an open pipe or socket. A chunk is valid until the next but one is asked for. Throws what reading it throws. */
export class PipeChunks implements AsyncIterable<Uint8Array> {
  readonly #socket: Socket;
  #chunk: Uint8Array | undefined;
  #failure: Error | undefined;
  #isOver = false;
  #wake: () => void = () => {};

  constructor(descriptor: number) {
    const buffers = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)] as const;
    let turn = 0;
    const onread = {
      buffer: (): Uint8Array => buffers[turn++ % 2 === 0 ? 0 : 1],
      callback: (bytes: number, buffer: Uint8Array): boolean => {
        this.#chunk = buffer.subarray(0, bytes);
        this.#wake();
        // No more until somebody asks.
        return false;
      },
    };
    const options: SocketOptions = { fd: descriptor, readable: true, writable: false, onread };
    this.#socket = new Socket(options);
    this.#socket.on('error', (thrown) => {
      this.#failure = thrown;
    });
    this.#socket.on('close', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      while (!this.#isOver) {
        const woken = new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#socket.resume();
        await woken;
        const chunk = this.#chunk;
        this.#chunk = undefined;
        if (chunk !== undefined) yield chunk;
      }
      if (this.#failure !== undefined) throw this.#failure;
    } finally {
      this.end();
    }
  }

  /** Closes it: a wait for more ends as if all had been read, and it no longer keeps the process alive. */
  end(): void {
    this.#socket.destroy();
  }
}
