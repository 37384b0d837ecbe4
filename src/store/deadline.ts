/**
 * The batches of `source`, and `undefined` whenever a deadline passes before the next batch comes. `deadline` is asked
 * before each wait: a time in ms on the clock of `Date.now`, or undefined to wait as long as it takes.
 */
export async function* withDeadline<T>(
  source: AsyncIterable<T>,
  deadline: () => number | undefined,
): AsyncGenerator<T | undefined, void> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const result = await firstOf(next, deadline());
      if (result?.done === true) return;
      yield result?.value;
      if (result !== undefined) next = iterator.next();
    }
  } finally {
    // Not awaited: a source that waits for input would hold up a command that has already failed.
    iterator.return?.().catch(() => {});
  }
}

async function firstOf<T>(promise: Promise<T>, deadlineMs: number | undefined): Promise<T | undefined> {
  if (deadlineMs === undefined) return promise;
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, deadlineMs - Date.now()));
  });
  try {
    return await Promise.race([promise, passed]);
  } finally {
    clearTimeout(timer);
  }
}
