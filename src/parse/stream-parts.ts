import type { DeadLetters } from '../io/dead-letters.ts';
import type { BatchWriter } from '../io/sink.ts';
import type { LineCounts } from './lines-read.ts';
import type { Reader, ReaderOptions } from './reader.ts';
import type { StreamKind } from './stream-kind.ts';

/** What came in and what became of it: `lines = records + joined + dead`. */
export interface Counts extends LineCounts {
  dead: number;
  truncated: number;
  bytes: number;
}

/** No lines yet. */
export function noCounts(): Counts {
  return { lines: 0, records: 0, joined: 0, dead: 0, truncated: 0, bytes: 0 };
}

/** What a stream of lines needs for becoming records. */
export interface StreamParts {
  /** Makes the reader at the first call. */
  readonly reader: () => Promise<Reader>;
  readonly writer: BatchWriter;
  readonly deadLetters: DeadLetters;
  readonly counts: Counts;
  readonly maxLineBytes: number;
  /** How long an entry that may go on waits for more when nothing comes, in ms. */
  readonly flushAfterMs: number;
  readonly stopping: AbortSignal;
  /** Whether what was read is told in numbers too: before each mark, each minute and at the end. */
  readonly hasSummaries: boolean;
}

/** What is to be read. */
export interface Stream {
  /** `log.source` of its records. */
  readonly name: string;
  /** Undefined: its first line tells. */
  readonly kind: StreamKind | undefined;
  readonly options: ReaderOptions;
}
