import { lineBatches } from '../io/lines.ts';
import { maxLineBytes as maxEnvelopeBytes } from '../io/ndjson.ts';
import { LineReader } from './line-reader.ts';
import { startsEnvelope } from './stream-kind.ts';
import type { Stream, StreamParts } from './stream-parts.ts';

/** Reads a stream to its end; what each chunk holds is written before the next one is asked for. */
export async function readStream(parts: StreamParts, stream: Stream, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let lines: LineReader | undefined;
  // A `\r` before the line's end is not part of the line.
  const maxRawBytes = parts.maxLineBytes + 1;
  const limitFor = (start: Buffer): number => {
    if (start.length <= maxRawBytes) return maxRawBytes;
    const kind = lines?.kind ?? stream.kind ?? (startsEnvelope(start) ? 'envelopes' : 'raw');
    return kind === 'envelopes' ? maxEnvelopeBytes : maxRawBytes;
  };
  const batches = lineBatches(chunks, limitFor, async () => (await parts.reader()).memory);
  let next = batches.next();
  try {
    for (;;) {
      const batch = lines?.waitedMs === undefined ? await next : await patiently(next, lines, parts.flushAfterMs);
      if (batch?.done === true) break;
      if (batch !== undefined) {
        lines ??= new LineReader(parts, await parts.reader(), stream);
        for (const pause of lines.batch(batch.value)) {
          await pause;
          await flush(parts);
        }
      }
      await flush(parts);
      if (lines !== undefined && (await parts.reader()).counting.isDue) await summarize(parts);
      if (parts.stopping.aborted && stream.name !== '-') break;
      if (batch !== undefined) next = batches.next();
    }
  } finally {
    lines?.end();
    await flush(parts);
  }
}

/** Writes what was counted since the last time, if that is wanted. */
export async function summarize(parts: StreamParts): Promise<void> {
  if (!parts.hasSummaries) return;
  const { counting } = await parts.reader();
  for (const summary of counting.take()) {
    parts.writer.text(summary);
    if (parts.writer.isFull) await parts.writer.flush();
  }
  await parts.writer.flush();
}

/** What is promised, or undefined when that takes so long that an entry has to be given out before. */
async function patiently<Value>(promised: Promise<Value>, lines: LineReader, flushAfterMs: number): Promise<Value | undefined> {
  const startMs = performance.now();
  const leftMs = Math.max(0, flushAfterMs - (lines.waitedMs ?? 0));
  const value = await inTime(promised, leftMs);
  const passedMs = performance.now() - startMs;
  lines.wait(value === undefined ? Math.max(passedMs, leftMs) : passedMs);
  return value;
}

async function flush({ deadLetters, writer }: StreamParts): Promise<void> {
  await deadLetters.flush();
  await writer.flush();
}

/** What is promised, or undefined when that takes longer. */
async function inTime<Value>(promised: Promise<Value>, timeMs: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeMs);
  });
  try {
    return await Promise.race([promised, late]);
  } finally {
    clearTimeout(timer);
  }
}
