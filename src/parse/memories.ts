import type { Memory } from './format.ts';

/** Sources and formats whose memories are kept; whoever can write a log could write sources without end. */
const most = 1_000;

/** What formats keep of sources. */
export class Memories {
  readonly #memories = new Map<string, Memory>();
  readonly #known = new Set<string>();

  /** What a format keeps of a source. */
  of(source: string, format: string): Memory {
    const key = `${format} ${source}`;
    let memory = this.#memories.get(key);
    if (memory === undefined) {
      if (this.#memories.size >= most) this.#memories.delete(this.#memories.keys().next().value ?? '');
      memory = new NotedMemory(() => this.#note(source));
      this.#memories.set(key, memory);
    }
    return memory;
  }

  /** Tells whether a format has ever kept something of a source. */
  know(source: string): boolean {
    return this.#known.has(source);
  }

  #note(source: string): void {
    if (this.#known.size >= most) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.add(source);
  }
}

/** A memory that says when it gets something. */
class NotedMemory implements Memory {
  readonly #note: () => void;
  #text: string | undefined;

  constructor(note: () => void) {
    this.#note = note;
  }

  get text(): string | undefined {
    return this.#text;
  }

  set text(text: string | undefined) {
    this.#text = text;
    this.#note();
  }
}
