import type { CompiledFormat } from '../compiled.ts';
import type { Noted } from '../counting.ts';
import type { EntryReader } from '../entry-reader.ts';
import { headlessRank, type Piece } from '../format.ts';
import type { ReadLine } from '../scan/read-line.ts';
import type { Candidate } from '../sources.ts';
import { textOf } from '../stretch-text.ts';
import { keyOf } from './key.ts';

/** What was found in a line, as far as it matters to lines that may go on with it. */
export interface Seen {
  readonly candidate: Candidate;
  readonly format: CompiledFormat;
  /** The format that has read what the line carries; undefined for none. */
  readonly inner: CompiledFormat | undefined;
  /** Who has written it, where its format tells; and what, behind the head. */
  readonly key: string | undefined;
  readonly carried: () => string;
  /** As JSON. */
  readonly level: string | undefined;
  readonly piece: Piece | undefined;
  /** True when no format finds a head in it, or in what it carries. */
  readonly isHeadless: boolean;
  /** True when lines of another format may go on with it, or it with one. */
  readonly isContinued: boolean;
  readonly isContinuing: boolean;
}

/** What was found in a line that code has read. */
export function seenIn({ chain, key, carried, piece, level }: EntryReader, candidate: Candidate): Seen {
  const { format } = candidate;
  const inner = format.by !== undefined && format.holds !== undefined ? chain[1] : format;
  return {
    candidate,
    format,
    inner: chain.length > 1 ? chain.at(-1) : inner,
    key: format.by === undefined ? undefined : key,
    carried: () => (carried === undefined ? '' : textOf(carried)),
    level,
    piece,
    isHeadless: inner === undefined || inner.rank <= headlessRank,
    isContinued: candidate.isContinued,
    isContinuing: format.continues !== undefined,
  };
}

/** A line that the kernel has read, and what its record counts for. */
export interface FastLine {
  readonly seen: Seen;
  readonly noted: Noted;
  /** How far the record reaches without its line, in bytes. */
  readonly fieldsLength: number;
}

/** What the kernel has found in a line, whose record stands in memory. */
export function fastLine(
  line: ReadLine,
  candidate: Candidate,
  { recordAt, takes }: { readonly recordAt: number; readonly takes: number },
): FastLine {
  const { format } = candidate;
  const { by } = format;
  const seen: Seen = {
    candidate,
    format,
    inner: format,
    key: by === undefined ? undefined : keyOf(by, (field) => line.json(field)),
    carried: line.message(),
    level: format.joins === 'traces' ? line.json('log.level') : undefined,
    piece: undefined,
    isHeadless: format.rank <= headlessRank,
    isContinued: candidate.isContinued,
    isContinuing: format.continues !== undefined,
  };
  return { seen, noted: line.noted(takes), fieldsLength: line.fieldsTo - recordAt };
}
