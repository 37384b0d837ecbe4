/*
 * Hot path: bytes to whole lines. Lines are not split here and nothing is decoded: a batch is one buffer that holds whole
 * lines, so that a stage may scan bytes and touch each of them once. Only the half line at a chunk's end is copied twice.
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
 * batch of its own, without its rest. Holds one chunk and `maxLineBytes` at most.
 */
export async function* lineBatches(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<LineBatch, void> {
  let held: Buffer = Buffer.alloc(0);
  let offset = 0;
  let dropped = 0;
  try {
    for await (const chunk of chunks) {
      if (chunk === inputCut) return;
      let rest = asBuffer(chunk);
      if (held.length + dropped > maxLineBytes) {
        const end = rest.indexOf(newline);
        dropped += end < 0 ? rest.length : end + 1;
        if (end < 0) continue;
        yield { bytes: held, offset, droppedBytes: dropped };
        offset += held.length + dropped;
        held = Buffer.alloc(0);
        dropped = 0;
        rest = rest.subarray(end + 1);
      }
      const end = rest.lastIndexOf(newline) + 1;
      if (end > 0) {
        const bytes = held.length === 0 ? rest.subarray(0, end) : Buffer.concat([held, rest.subarray(0, end)]);
        yield { bytes, offset, droppedBytes: 0 };
        offset += bytes.length;
        held = Buffer.from(rest.subarray(end));
      } else if (rest.length > 0) {
        held = Buffer.concat([held, rest]);
      }
      if (held.length > maxLineBytes) {
        dropped = held.length - maxLineBytes;
        held = Buffer.from(held.subarray(0, maxLineBytes));
      }
    }
  } catch (thrown) {
    // What came before the stream broke is not lost.
    if (held.length > 0) yield { bytes: held, offset, droppedBytes: dropped };
    throw thrown;
  }
  if (held.length > 0) yield { bytes: held, offset, droppedBytes: dropped };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
