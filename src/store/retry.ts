import { setTimeout as sleep } from 'node:timers/promises';
import { LpError } from '../model/error.ts';
import { type ExitStatus, exitStatus } from '../model/exit-status.ts';

/** A store has itself waited for a lock before each failure, so a few tries are enough. */
const shortPausesMs = [100, 400] as const;

/** Pauses between the tries, in ms, by what stood in the way. A server that is started again is back in seconds. */
const pausesMs: { readonly [status in ExitStatus]?: readonly number[] } = {
  [exitStatus.temporaryFailure]: shortPausesMs,
  [exitStatus.ioError]: shortPausesMs,
  [exitStatus.unavailable]: [100, 400, 1_000, 2_000, 4_000],
};

/** Does `work`, again after a pause when a lock, a full disk or a server that is away stood in the way. Throws what the last try threw. */
export async function retried<T>(work: () => Promise<T>, pause: (ms: number) => Promise<unknown> = sleep): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      const pauseMs = thrown instanceof LpError ? pausesMs[thrown.status]?.[tries] : undefined;
      if (pauseMs === undefined) throw thrown;
      await pause(pauseMs);
    }
  }
}
