import { fstatSync, read, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';

/*
 * Hot path: a stream of Node's makes new memory for every piece that it reads, which costs as much as to read the lines in
 * it. Here two buffers take turns. A file is read at once, because to have another thread read it takes five times as long;
 * what may keep one waiting, like a named pipe, is left to that thread.
 */
const chunkBytes = 128 * 1024;

/** Stands for the place where the file is. */
const current = -1;

/** After so many chunks timers and signals get their turn. */
const chunksInTurn = 16;

const readInto = promisify(read);

/** The bytes of an open file from where it stands. A chunk is valid until the next but one is asked for. Throws what `read` throws. */
export async function* fileChunks(descriptor: number): AsyncGenerator<Uint8Array, void> {
  const isFile = fstatSync(descriptor).isFile();
  const buffers = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)] as const;
  for (let count = 1; ; count++) {
    const buffer = buffers[count % 2 === 0 ? 0 : 1];
    if (isFile && count % chunksInTurn === 0) await setImmediate();
    const bytes = isFile
      ? readSync(descriptor, buffer, 0, chunkBytes, current)
      : (await readInto(descriptor, buffer, 0, chunkBytes, current)).bytesRead;
    if (bytes === 0) return;
    yield buffer.subarray(0, bytes);
  }
}
