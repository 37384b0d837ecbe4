/** Time and chance, so that tests need not wait for them. */
export interface Clock {
  nowMs(): number;
  /** Resolves after so long, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Aborted after so long, or with the signal. */
  within(ms: number, signal: AbortSignal): AbortSignal;
  /** From 0 to 1. */
  random(): number;
}

/** The clock of the machine; its time is that of `now`. */
export function systemClock(now: () => Date): Clock {
  return {
    nowMs: () => now().getTime(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
      }),
    within: (ms, signal) => AbortSignal.any([AbortSignal.timeout(Math.max(0, Math.ceil(ms))), signal]),
    random: Math.random,
  };
}
