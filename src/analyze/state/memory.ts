import type { Mark } from '../../model/envelope.ts';
import type { PartChange, StateLog } from './state-log.ts';
import type { Stateful } from './stateful.ts';

/** The parts of the analysis that have a memory, in the order in which they are to be restored. */
export type Parts = ReadonlyMap<string, Stateful>;

/** Keeps what is remembered under the number of each mark, and takes it up again at the first mark of a run. */
export class Memory {
  readonly #folder: () => string;
  #log: StateLog | undefined;
  #stream: string | undefined;

  /** `folder` says where; it is asked when the first mark comes. */
  constructor(folder: () => string) {
    this.#folder = folder;
  }

  /** True when the input has marks, so that what is remembered goes on in a later run. */
  get isInUse(): boolean {
    return this.#log !== undefined;
  }

  /**
   * Takes a mark in, when all that came before it is out. `parts` starts what is not running yet. Gives what a person should
   * know. Throws `LpError` 64, 73, 74 or 77.
   */
  async take({ mark }: Mark, parts: () => Promise<Parts>): Promise<string | undefined> {
    const { stream, seq } = mark;
    if (stream === undefined) return undefined;
    if (this.#log !== undefined && stream === this.#stream) {
      const running = await parts();
      if (this.#log.isLong) await this.#log.begin(seq, allOf(running));
      else await this.#log.add(seq, changesOf(running));
      return undefined;
    }
    await this.#log?.close();
    this.#stream = stream;
    // Loaded late: most runs have no marks.
    const { StateLog: Log } = await import('./state-log.ts');
    this.#log = new Log(this.#folder(), stream);
    const known = this.#log.load(seq);
    const running = await parts();
    if (known !== undefined) restore(running, known);
    await this.#log.begin(seq, allOf(running));
    if (known !== undefined || seq === 1) return undefined;
    return `what was remembered at mark ${seq} is not in ${this.#folder()}: what is under way is counted anew`;
  }

  async close(): Promise<void> {
    await this.#log?.close();
  }
}

function* allOf(parts: Parts): Generator<PartChange, void> {
  for (const [name, part] of parts) for (const [key, value] of part.all()) yield [name, key, value];
}

function* changesOf(parts: Parts): Generator<PartChange, void> {
  for (const [name, part] of parts) for (const [key, value] of part.changes()) yield [name, key, value];
}

/** A part may need what another one remembers: they come one after the other. */
function restore(parts: Parts, known: readonly PartChange[]): void {
  for (const [name, part] of parts) {
    for (const [of, key, value] of known) if (of === name) part.restore(key, value);
  }
}
