import { setTimeout as sleep } from 'node:timers/promises';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** Pauses between the tries, in ms. SQLite has itself waited for a lock before each failure, so a few tries are enough. */
const pausesMs = [100, 400] as const;

/** Does `work`, again after a pause when a lock or a full disk stood in the way. Throws what the last try threw. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch (thrown) {
      if (!isPassing(thrown)) throw thrown;
      await sleep(pauseMs);
    }
  }
  return work();
}

function isPassing(thrown: unknown): boolean {
  if (!(thrown instanceof LpError)) return false;
  return thrown.status === exitStatus.temporaryFailure || thrown.status === exitStatus.ioError;
}
