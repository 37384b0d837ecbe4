import { decodePosition } from '../model/decode.ts';
import type { Mark, Position } from '../model/envelope.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** What a store knows of marks before a batch. */
export interface StoredSide {
  /** The last mark of a stream. */
  seqOf(stream: string): number | undefined;
  /** Whose the places of a log are, empty for marks of no stream; undefined when there are none, or only those of other files. */
  streamOf(source: string, positions: readonly Position[]): string | undefined;
}

/**
 * What one run has stored of marks. Two pipes that read the same logs into one place would count everything twice and lose each
 * other's places: the one that sees the other's marks refuses.
 */
export class OwnMarks {
  /** The last mark of each stream, and whose the places of each log are. */
  readonly #seqs = new Map<string, number>();
  readonly #streams = new Map<string, string>();

  /**
   * Looks whether the marks of a batch go on from what is stored, in a transaction with it. Gives what to call when the batch is
   * stored. Throws `LpError` 78 when another process stores marks of the same logs.
   */
  check(marks: readonly Mark[], stored: StoredSide): () => void {
    const [seqs, streams] = [new Map<string, number>(), new Map<string, string>()];
    for (const { mark } of marks) {
      const stream = streamOf(mark.stream);
      // Only the first of a batch meets what others have stored.
      if (stream !== '' && !seqs.has(stream)) this.#checkStream(stream, mark.seq, stored.seqOf(stream));
      if (stream !== '') seqs.set(stream, mark.seq);
      for (const [source, positions] of positionsBySource(mark)) {
        if (!streams.has(source)) this.#checkSource(source, stored.streamOf(source, positions));
        streams.set(source, stream);
      }
    }
    return () => {
      for (const [stream, seq] of seqs) this.#seqs.set(stream, seq);
      for (const [source, stream] of streams) this.#streams.set(source, stream);
    };
  }

  /** The first mark of a run is the one that was stored last; all others come behind what this run has stored. */
  #checkStream(stream: string, seq: number, stored: number | undefined): void {
    if (stored === undefined) return;
    const own = this.#seqs.get(stream);
    if (own === undefined ? seq < stored : stored !== own) throw clash(`mark ${stored} of stream ${stream}`);
  }

  #checkSource(source: string, stored: string | undefined): void {
    const own = this.#streams.get(source);
    if (own !== undefined && stored !== undefined && stored !== own) throw clash(`a mark of ${source}`);
  }
}

/** The files that a mark names, by their log; what is no position is left out, because marks are not checked when they are read. */
export function positionsBySource({ positions }: Mark['mark']): ReadonlyMap<string, readonly Position[]> {
  const found = new Map<string, Position[]>();
  for (const each of positions) {
    const position = decodePosition(each);
    if (position === undefined) continue;
    const known = found.get(position.source);
    if (known === undefined) found.set(position.source, [position]);
    else known.push(position);
  }
  return found;
}

/** The name of a stream, empty for none. */
export function streamOf(stream: unknown): string {
  return typeof stream === 'string' ? stream : '';
}

function clash(what: string): LpError {
  const advice = 'stop one of them, or give each a place of its own with --db (in PostgreSQL a schema is enough)';
  return new LpError(`another pipe follows the same logs and has stored ${what} here: ${advice}`, exitStatus.config);
}
