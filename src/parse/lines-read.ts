/** Where a line stands, and what the stream's reader did to it. */
export interface Place {
  readonly offset: number;
  readonly isTruncated: boolean;
  /** True when bytes that are not UTF-8 were replaced before. */
  readonly isLossy?: boolean;
}

/** How many lines came in, and what became of them. */
export interface LineCounts {
  lines: number;
  records: number;
  /** Lines that belong to the entry before them: blank ones. */
  joined: number;
}

/** How far lines were read, and whether there was no room for more. */
export interface LinesRead {
  readonly at: number;
  readonly isFull: boolean;
}
