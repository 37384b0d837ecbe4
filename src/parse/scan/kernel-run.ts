import type { Inside } from './contained.ts';

/** What one call has read. */
export interface KernelRun {
  /** Place in the batch of the first line that was not read; behind the end when all were. */
  at: number;
  records: number;
  blanks: number;
  /** How much of the buffer is filled. */
  used: number;
  /** True when it came back because the next line might need more room than is left. */
  isFull: boolean;
  /** The candidate to be tried first on the next line, and the one that took the last; -1 for none. */
  last: number;
  taken: number;
}

/** Lines, and how they are read. */
export interface KernelJob {
  /** The candidate to be tried first; -1 for none. */
  readonly last: number;
  /** The time that lines without one get, in ms. */
  readonly readMs: number;
  /** Offset of the batch in the stream, in bytes; undefined where each line stands behind its own. */
  readonly offset: number | undefined;
  readonly maxLineBytes: number;
}

/** What is known of a source, besides its formats. */
export interface Known {
  /** What columns its lines have; undefined where no header has told. */
  readonly header: string | undefined;
  /** What its lines hold, if the format that read the last one is of lines that hold others. */
  readonly inside: Inside;
}
