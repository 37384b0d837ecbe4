import { liveMs } from './ticks.ts';

/** How long a window waits for late entries once its time is over. */
const latenessMs = 60_000;

/** When windows are over that tell only then, by what they are of: those of logs that are followed. */
export class ClosingTimes<Key extends object> {
  readonly #dueMs = new Map<Key, number>();

  /** Takes note of a window that took an entry of `timeMs` in. One of an archive waits for what follows, not for the clock. */
  note(key: Key, { endMs, timeMs, nowMs }: { readonly endMs: number; readonly timeMs: number; readonly nowMs: number }): void {
    if (timeMs > nowMs - liveMs && Number.isFinite(endMs)) this.#dueMs.set(key, endMs + latenessMs);
    else this.#dueMs.delete(key);
  }

  /** Forgets a window. */
  delete(key: Key): void {
    this.#dueMs.delete(key);
  }

  /** Those whose windows are over, which are then forgotten. */
  takeOver(nowMs: number): readonly Key[] {
    const keys = [...this.#dueMs].flatMap(([key, dueMs]) => (dueMs <= nowMs ? [key] : []));
    for (const key of keys) this.#dueMs.delete(key);
    return keys;
  }
}
