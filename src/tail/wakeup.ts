/** Lets one wait until something happens, or a time has passed. What happens while nobody waits is not forgotten. */
export class Wakeup {
  #hasHappened = false;
  #wake: (() => void) | undefined;

  /** Says that something has happened. */
  happened(): void {
    this.#hasHappened = true;
    this.#wake?.();
  }

  /** Waits until something has happened since the last wait, `timeMs` at most. */
  async wait(timeMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    if (!this.#hasHappened) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, timeMs);
      });
    }
    clearTimeout(timer);
    this.#wake = undefined;
    this.#hasHappened = false;
  }
}
