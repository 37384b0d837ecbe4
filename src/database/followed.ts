import { decodePosition } from '../model/decode.ts';
import type { Position } from '../model/envelope.ts';

/** How far one file of a log was read when the last mark that named it was stored. */
export interface Followed {
  readonly position: Position;
  readonly committedAt: Date;
}

/** A stream of marks: what one lp-tail has read, run after run. */
export interface Stream {
  readonly stream: string;
  readonly seq: number;
  readonly committedAt: Date;
}

/** What a database knows of those who fill it. */
export interface FollowedReader {
  /** Every file that a mark has named. */
  followed(): readonly Followed[];
  /** The one of which a mark was stored last first. */
  streams(): readonly Stream[];
  /** How many runs of lp-store that began since then, but the last one, have no end. */
  cutRuns(since: Date): number;
}

/** Reads it by way of `rows`, which gives lists of columns. */
export function followedOn(rows: (sql: string, values: readonly unknown[]) => readonly unknown[]): FollowedReader {
  return {
    followed: () => rows('SELECT json, committed_at FROM marks WHERE json IS NOT NULL ORDER BY rowid', []).flatMap(followedOf),
    streams: () => rows('SELECT stream, seq, committed_at FROM streams ORDER BY committed_at DESC', []).flatMap(streamOf),
    cutRuns(since) {
      const sql = 'SELECT count(*) FROM runs WHERE ended_at IS NULL AND started_at >= ? AND id < (SELECT max(id) FROM runs)';
      const [row] = rows(sql, [since.toISOString()]);
      return Array.isArray(row) ? Number(row[0]) : 0;
    },
  };
}

/** What is read of a database that holds nothing yet. */
export const nothingFollowed: FollowedReader = { followed: () => [], streams: () => [], cutRuns: () => 0 };

function followedOf(row: unknown): readonly Followed[] {
  if (!Array.isArray(row)) return [];
  const position = decodePosition(JSON.parse(String(row[0])));
  return position === undefined ? [] : [{ position, committedAt: new Date(String(row[1])) }];
}

function streamOf(row: unknown): readonly Stream[] {
  return Array.isArray(row) ? [{ stream: String(row[0]), seq: Number(row[1]), committedAt: new Date(String(row[2])) }] : [];
}
