import type { CompiledFormat } from './compiled.ts';
import type { Memory } from './format.ts';

/** What is remembered of one source. */
export class Memories {
  /** For each format that carries lines, the one that has read the last of these. */
  readonly inside = new Map<CompiledFormat, CompiledFormat>();
  readonly #memories = new Map<string, Memory>();

  /** What a format keeps of the source. */
  of(format: string): Memory {
    const memory = this.#memories.get(format) ?? { text: undefined };
    this.#memories.set(format, memory);
    return memory;
  }

  /** True when a format has kept something. */
  get hold(): boolean {
    for (const { text } of this.#memories.values()) if (text !== undefined) return true;
    return false;
  }
}
