import { randomBytes } from 'node:crypto';
import { maxLineBytes } from '../io/ndjson.ts';
import type { BatchWriter } from '../io/sink.ts';
import { type Mark, type Position, schema } from '../model/envelope.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** A stream of marks, and how far it has come. */
export interface MarkStream {
  readonly stream: string;
  readonly seq: number;
}

/** A stream that nobody has read from before. */
export function newStream(): MarkStream {
  return { stream: randomBytes(9).toString('base64url'), seq: 0 };
}

/** Something whose places marks tell. */
export interface Positioned {
  readonly positions: readonly Position[];
}

/** Writes marks: each tells the places of what was read since the one before, behind all that was read. */
export class Marker {
  readonly #writer: BatchWriter;
  readonly #stream: string;
  readonly #keep: (mark: Mark) => Promise<void>;
  readonly #changed = new Set<Positioned>();
  #seq: number;

  /** `keep` is given each mark once it is written. */
  constructor(writer: BatchWriter, { stream, seq }: MarkStream, keep: (mark: Mark) => Promise<void>) {
    this.#writer = writer;
    this.#stream = stream;
    this.#seq = seq;
    this.#keep = keep;
  }

  /** True when something was read since the last mark. */
  get isDue(): boolean {
    return this.#changed.size > 0;
  }

  /** Says that the places of a source are others now. */
  note(source: Positioned): void {
    this.#changed.add(source);
  }

  /** Writes a mark, and waits until it is taken. Throws `LpError` 78 for more places than a mark may hold. */
  async mark(options: { readonly isFirst?: boolean; readonly isFinal?: boolean } = {}): Promise<void> {
    const positions = [...this.#changed].flatMap((source) => source.positions);
    this.#changed.clear();
    // The first one of a run tells again what is known: stages take up what they kept under its number.
    if (options.isFirst !== true || this.#seq === 0) this.#seq++;
    const final = options.isFinal === true ? { final: true } : {};
    const mark: Mark = { schema, type: 'mark', mark: { seq: this.#seq, stream: this.#stream, ...final, positions } };
    const text = `${JSON.stringify(mark)}\n`;
    if (Buffer.byteLength(text) > maxLineBytes)
      throw new LpError(
        `the places of ${positions.length} logs are too long for one mark: share the logs among several pipes, each with its own --state and --db`,
        exitStatus.config,
      );
    this.#writer.text(text);
    await this.#writer.end();
    await this.#keep(mark);
  }
}
