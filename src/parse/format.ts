import type { FieldName } from './fields.ts';
import type { Pattern } from './pattern.ts';

/** A line that shows how a format is written, and what must be read out of it. */
export interface Sample {
  /** `good` as its software writes it; `malformed` cut or odd; `hostile` where a client has written something into it. */
  readonly kind: 'good' | 'malformed' | 'hostile';
  readonly line: string;
  /** Fields of the record by dotted name (`source.ip`, `timestamp`); `undefined` for one that must not be there. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The format that must take it, when it is not this one. */
  readonly takenBy?: string;
}

/**
 * How entries go on, where it takes a rule of their own: given the first line, a function that tells of each line behind it
 * in turn whether it belongs to the entry; undefined for an entry that is complete. Never throws; takes linear time.
 */
export type JoinRule = (first: string) => ((line: string) => boolean) | undefined;

/**
 * Which lines go on with the entry before them: those that start with one of these; with `unread`, all that this format
 * does not read; with `traces`, stack traces and what is indented; or what a rule says. The pattern's last piece must take
 * all the rest: it reads the lines of an entry as one text.
 */
export type Joins = readonly string[] | 'unread' | 'traces' | JoinRule;

/** The highest rank of formats whose lines have no head of their own: they may belong to the entry before them. */
export const headlessRank = 1;

/**
 * What a format carries in its message: `lines` of other logs, as the output of a container is, or `messages`, which may be
 * such a line too. They are read by all formats, unless a dataset knows what the program says.
 */
export type Holds = 'lines' | 'messages';

/** The highest rank of formats that are never tried before others. */
export const generalRank = 45;

/** A dataset for each word in the name of a source, in small letters: the first that is there counts; `''` is for all others. */
export type DatasetBySource = Readonly<Record<string, string>>;

interface Common {
  /** `log.format` of its records. */
  readonly name: string;
  /** What it is, for people: `Apache and nginx access log, combined`. */
  readonly title: string;
  /** Where it is described. */
  readonly source: string;
  /**
   * Formats of a higher rank are tried first; a format whose lines could be read as another's outranks it. One of
   * `generalRank` or less reads what others may read better, and is never tried before them.
   */
  readonly rank: number;
  /** How an entry goes on over further lines; without it each line is an entry. */
  readonly joins?: Joins;
  /**
   * What tells apart those that write into one log at a time: each line has a head, and goes on with the last of the same
   * values. Such a format is read line by line, at less speed.
   */
  readonly by?: readonly FieldName[];
  /** The format whose entries lines of this one go on with, if there is one with the same values of `by`. */
  readonly continues?: string;
  readonly holds?: Holds;
  /** `log.dataset` of records whose line does not tell it. */
  readonly dataset?: string | DatasetBySource;
  /** At least one of each kind. */
  readonly samples: readonly Sample[];
}

/** How one kind of log is written and read, as a pattern. */
export interface PatternFormat extends Common {
  readonly pattern: Pattern;
}

/** A piece of a line, which the next one goes on with: it says so, or it only lacks a line's end, as pieces do until the last. */
export type Piece = 'told' | 'perhaps';

/** What a reader found in a line: the fields, and the time in ms since 1970 if it is there. */
export interface Reading {
  readonly fields: ReadonlyMap<FieldName, string | number | readonly string[]>;
  readonly timeMs?: number;
  /** A time as text, read as RFC 3339 with the zone of the source. */
  readonly timeText?: string;
  /** True for a line that is of this format only if another reads what it holds. */
  readonly isOnlyAround?: boolean;
  readonly piece?: Piece;
}

/** A text that a format keeps of a source: a header that says what stands in its lines. */
export interface Memory {
  text: string | undefined;
}

/**
 * Lines that are told apart by their shape, and read by the names of what is in them: JSON, as `readObject` reads it; `key=value`,
 * as `readLogfmt` does; systemd's journal in JSON, as `readJournal` does; columns whose names a header tells, which the format
 * keeps in its memory, as that of W3C does; lines of containers, which hold others.
 */
export type Shapes = 'objects' | 'pairs' | 'journal' | 'columns' | 'docker' | 'cri';

/** How one kind of log is read, where a pattern does not do. */
export interface ReaderFormat extends Common {
  /** What its lines are, where the kernel can learn to read them, by their shapes: structured/plan-for.ts. */
  readonly shapes?: Shapes;
  /** The characters with which its lines can begin, when these are few. */
  readonly begins?: string;
  /** What each of its lines matches: `read` is asked only then. Reading by code is slow, so most formats should have one. */
  readonly guard?: Pattern;
  /**
   * Reads a line, or gives undefined for one that is not of this format. `memory` keeps a text for the lines behind it in
   * the same source. Never throws; takes linear time.
   */
  read(line: string, memory?: Memory): Reading | undefined;
}

/** How one kind of log is written and read. Each is a file in `formats/`, whose default export it is. */
export type LogFormat = PatternFormat | ReaderFormat;

/** The same format, checked as one. */
export function defineFormat<Format extends LogFormat>(format: Format): Format {
  return format;
}
