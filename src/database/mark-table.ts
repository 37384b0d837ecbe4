import { at } from '../model/decode.ts';
import type { Mark } from '../model/envelope.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';
import type { Connection } from './open.ts';

/**
 * Keeps how far logs were read. Two pipes that read the same logs into one database would count everything twice and lose
 * each other's places: the one that sees the other's marks refuses.
 */
export class MarkTable {
  readonly #statements;
  /** What this run has stored: the last mark of each stream, and whose the places of each log are. */
  readonly #seqs = new Map<string, number>();
  readonly #streams = new Map<string, string | undefined>();

  constructor(connection: Connection) {
    this.#statements = {
      seqOf: connection.prepare<[string], number>('SELECT seq FROM streams WHERE stream = ?').pluck(),
      streamOf: connection.prepare<[string], unknown>('SELECT stream FROM marks WHERE source = ? LIMIT 1').pluck(),
      drop: connection.prepare('DELETE FROM marks WHERE source = ?'),
      add: connection.prepare('INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
      move: connection.prepare('INSERT OR REPLACE INTO streams VALUES (?, ?, ?)'),
    };
  }

  /**
   * Keeps the positions of the marks' files in place of earlier ones; files that a mark does not name keep theirs. Gives what to
   * call when that has gone well. Throws `LpError` 78 when another process stores marks of the same logs.
   */
  add(marks: readonly Mark[], now: Date): () => void {
    const [seqs, streams] = [new Map(this.#seqs), new Map(this.#streams)];
    for (const { mark } of marks) {
      const positions = mark.positions.filter(
        (found) => textAt(found, 'source') !== undefined && numberAt(found, 'offset') !== undefined,
      );
      const stream = textAt(mark, 'stream');
      if (stream !== undefined) this.#checkStream(stream, mark.seq, seqs.get(stream));
      for (const source of new Set(positions.map((position) => position.source))) {
        if (streams.has(source)) this.#checkSource(source, streams.get(source));
        streams.set(source, stream);
        this.#statements.drop.run(source);
      }
      for (const found of positions) {
        const place = [numberAt(found, 'dev'), numberAt(found, 'inode'), textAt(found, 'fingerprint'), found.offset];
        this.#statements.add.run(found.source, mark.seq, ...place, now.toISOString(), stream, JSON.stringify(found));
      }
      if (stream === undefined) continue;
      this.#statements.move.run(stream, mark.seq, now.toISOString());
      seqs.set(stream, mark.seq);
    }
    return () => {
      for (const [stream, seq] of seqs) this.#seqs.set(stream, seq);
      for (const [source, stream] of streams) this.#streams.set(source, stream);
    };
  }

  /** The first mark of a run is the one that was stored last; all others come behind what this run has stored. */
  #checkStream(stream: string, seq: number, own: number | undefined): void {
    const stored = this.#statements.seqOf.get(stream);
    if (stored === undefined) return;
    if (own === undefined ? seq < stored : stored !== own) throw clash(`mark ${stored} of stream ${stream}`);
  }

  #checkSource(source: string, own: string | undefined): void {
    const stored = this.#statements.streamOf.get(source);
    if (stored !== undefined && (stored ?? undefined) !== own) throw clash(`a mark of ${source}`);
  }
}

function clash(what: string): LpError {
  const advice = 'stop one of them, or give each a database of its own with --db';
  return new LpError(`another pipe follows the same logs and has stored ${what} in this database: ${advice}`, exitStatus.config);
}

/** Optional fields are not checked when a line is decoded; what is not text is left to `json`. */
function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' ? found : undefined;
}

function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, path);
  return typeof found === 'number' ? found : undefined;
}
