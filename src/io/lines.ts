/*
 * Hot path: bytes to whole lines. Lines are not split here and nothing is decoded: a batch is one buffer that holds whole
 * lines, so that a stage may scan bytes and touch each of them once. All are in one memory, which is used again and again.
 */

const newline = 0x0a;

/** What an input gives last when it is read no further: what came before it may end in half a line. */
export const inputCut: Uint8Array = Buffer.alloc(0);

/** Whole lines of a stream, in one piece of memory. */
export interface LineBatch {
  /** Lines with their `\n`; only the last line of a stream may lack it. */
  readonly bytes: Buffer;
  /** Offset of the first byte in the stream, in bytes. */
  readonly offset: number;
  /** Bytes that were dropped from the end of the last line, its `\n` too, because it was longer than the limit. */
  readonly droppedBytes: number;
}

/**
 * Cuts chunks into batches of whole lines, whatever the chunks' borders. A line of more than `maxLineBytes` comes as a
 * batch of its own, without its rest; where lines differ in that, it tells how long a line that starts so may be. Holds one
 * chunk and `maxLineBytes` at most. A batch is valid until the next one is asked for, and a chunk is not used after that
 * either. Batches lie at the start of the memory that is given when the first chunk is there, if one is and they have room in
 * it.
 */
export async function* lineBatches(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxLineBytes: number | ((start: Buffer) => number),
  memoryFor: () => Promise<Buffer | undefined> = async () => undefined,
): AsyncGenerator<LineBatch, void> {
  /** The start of a line whose end is not there yet, `held` bytes, and behind it the chunk that was read last. */
  let memory: Buffer = Buffer.alloc(0);
  let isFirst = true;
  let held = 0;
  let offset = 0;
  let dropped = 0;
  const all = (): LineBatch => ({ bytes: memory.subarray(0, held), offset, droppedBytes: dropped });
  try {
    for await (const chunk of chunks) {
      if (chunk === inputCut) return;
      if (isFirst) memory = (await memoryFor()) ?? memory;
      isFirst = false;
      let rest = chunk;
      if (dropped > 0) {
        const end = rest.indexOf(newline);
        dropped += end < 0 ? rest.length : end + 1;
        if (end < 0) continue;
        yield all();
        offset += held + dropped;
        held = dropped = 0;
        rest = rest.subarray(end + 1);
      }
      const filled = held + rest.length;
      if (filled > memory.length) memory = enlarged(memory, held, filled);
      memory.set(rest, held);
      const end = rest.lastIndexOf(newline) + 1;
      if (end > 0) {
        const bytes = memory.subarray(0, held + end);
        yield { bytes, offset, droppedBytes: 0 };
        offset += bytes.length;
        memory.copyWithin(0, bytes.length, filled);
        held = filled - bytes.length;
      } else held = filled;
      dropped = Math.max(0, held - limitFor(maxLineBytes, memory.subarray(0, held)));
      held -= dropped;
    }
  } catch (thrown) {
    // What came before the stream broke is not lost.
    if (held > 0) yield all();
    throw thrown;
  }
  if (held > 0) yield all();
}

/** How long a line that starts so may be, in bytes. */
function limitFor(maxLineBytes: number | ((start: Buffer) => number), start: Buffer): number {
  return typeof maxLineBytes === 'number' ? maxLineBytes : maxLineBytes(start);
}

/** A larger memory with the same start. */
function enlarged(memory: Buffer, used: number, bytes: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(2 * bytes);
  memory.copy(larger, 0, 0, used);
  return larger;
}
