/** Records that are older than this come from an archive: nobody waits for the growth of their findings. */
export const liveMs = 300_000;

/** The batches of a stream, and `tick` whenever none came for `everyMs`. Never awaits the stream once the reader is done. */
export async function* withTicks<Batch>(batches: AsyncIterable<Batch>, everyMs: number): AsyncGenerator<Batch | 'tick', void> {
  const iterator = batches[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const result = await orTick(next, everyMs);
      if (result === 'tick') {
        yield result;
        continue;
      }
      if (result.done === true) return;
      yield result.value;
      next = iterator.next();
    }
  } finally {
    // Waiting here would be waiting for input that nobody wants any more.
    next.catch(() => {});
    iterator.return?.().catch(() => {});
  }
}

async function orTick<Result>(next: Promise<Result>, everyMs: number): Promise<Result | 'tick'> {
  let timer: NodeJS.Timeout | undefined;
  const tick = new Promise<'tick'>((resolve) => {
    timer = setTimeout(() => resolve('tick'), everyMs);
  });
  try {
    return await Promise.race([next, tick]);
  } finally {
    clearTimeout(timer);
  }
}
