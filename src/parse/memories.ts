import type { Memory } from './format.ts';

/** Sources and formats whose memories are kept; whoever can write a log could write sources without end. */
const most = 1_000;

/** What formats keep of sources. */
export class Memories {
  readonly #memories = new Map<string, Memory>();

  /** What a format keeps of a source. */
  of(source: string, format: string): Memory {
    const key = `${format} ${source}`;
    let memory = this.#memories.get(key);
    if (memory === undefined) {
      if (this.#memories.size >= most) this.#memories.delete(this.#memories.keys().next().value ?? '');
      memory = { text: undefined };
      this.#memories.set(key, memory);
    }
    return memory;
  }
}
