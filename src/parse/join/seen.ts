import type { CompiledFormat } from '../compiled.ts';
import type { Piece } from '../format.ts';
import type { Candidate } from '../sources.ts';

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
