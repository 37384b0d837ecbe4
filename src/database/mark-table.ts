import { at } from '../model/decode.ts';
import type { Mark } from '../model/envelope.ts';
import type { Connection } from './open.ts';
import { OwnMarks, positionsBySource, streamOf } from './own-marks.ts';

/** Keeps how far logs were read. */
export class MarkTable {
  readonly #statements;
  readonly #own = new OwnMarks();

  constructor(connection: Connection) {
    this.#statements = {
      seqOf: connection.prepare<[string], number>('SELECT seq FROM streams WHERE stream = ?').pluck(),
      streamOf: connection.prepare<[string], string>("SELECT coalesce(stream, '') FROM marks WHERE source = ? LIMIT 1").pluck(),
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
    const { seqOf, streamOf: streamIn, drop, add, move } = this.#statements;
    const keep = this.#own.check(marks, { seqOf: (stream) => seqOf.get(stream), streamOf: (source) => streamIn.get(source) });
    for (const { mark } of marks) {
      const stream = streamOf(mark.stream);
      for (const [source, positions] of positionsBySource(mark)) {
        drop.run(source);
        for (const found of positions) {
          const place = [numberAt(found, 'dev'), numberAt(found, 'inode'), textAt(found, 'fingerprint'), found.offset];
          add.run(source, mark.seq, ...place, now.toISOString(), stream || undefined, JSON.stringify(found));
        }
      }
      if (stream !== '') move.run(stream, mark.seq, now.toISOString());
    }
    return keep;
  }
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
