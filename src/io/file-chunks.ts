import { read } from 'node:fs';
import { promisify } from 'node:util';

/*
 * Hot path: a stream of Node's makes new memory for every piece that it reads, which costs as much as to read the lines in
 * it. Here two buffers take turns: one is read into while the other is worked on.
 */
const chunkBytes = 128 * 1024;

/** Stands for the place where the file is. */
const current = -1;

const readInto = promisify(read);

/** The bytes of an open file from where it stands. A chunk is valid until the next but one is asked for. Throws what `read` throws. */
export async function* fileChunks(descriptor: number): AsyncGenerator<Uint8Array, void> {
  let spare = Buffer.allocUnsafeSlow(chunkBytes);
  let next = readInto(descriptor, Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, current);
  try {
    for (;;) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      next = readInto(descriptor, spare, 0, chunkBytes, current);
      // If nobody asks for more, nobody hears of it.
      next.catch(() => {});
      spare = buffer;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // The file may be closed then, and its number be another's.
    await next.catch(() => {});
  }
}
