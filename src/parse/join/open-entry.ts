import { isUtf8 } from 'node:buffer';
import type { Noted } from '../counting.ts';
import type { Piece } from '../format.ts';
import type { Candidate } from '../sources.ts';
import type { EntryRule } from './rules.ts';
import type { Seen } from './seen.ts';

/** A record of one line, how far it reaches without its original, and the size of that line with its end, in bytes. */
export interface Single {
  readonly record: Buffer;
  readonly fieldsLength: number;
  readonly bytes: number;
  /** What it counts for, where the kernel has found that out. */
  readonly noted: Noted | undefined;
}

/** A line as it came, where it stands in the working memory. */
export interface JoinLine {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Where its end ends: `to`, or behind a carriage return. */
  readonly end: number;
  readonly offset: number;
  readonly areUtf8: boolean;
  /** True when bytes that are not UTF-8 were replaced before. */
  readonly isLossy?: boolean;
  readonly isTruncated: boolean;
  /** True for one that goes on with nothing, and with which nothing goes on: it was cut, or stands behind NULs. */
  readonly isAlone: boolean;
  /** Its place in what the kernel has, and the offset of that; undefined where the kernel does not have it. */
  readonly inKernel?: { readonly at: number; readonly offset: number | undefined } | undefined;
}

/** What of an entry does not change. */
interface Start {
  readonly source: string;
  /** Tells its writer from others of its source; undefined where lines have no heads. */
  readonly key: string | undefined;
  readonly candidate: Candidate;
  /** How it goes on; undefined where only pieces do. */
  readonly rule: EntryRule | undefined;
}

/** An entry that may go on over further lines. */
export class OpenEntry implements Start {
  readonly source: string;
  readonly key: string | undefined;
  readonly candidate: Candidate;
  readonly rule: EntryRule | undefined;
  readonly offset: number;
  /** Its lines, blank ones too, and their bytes. */
  lines = 1;
  bytes: number;
  /** What its lines say behind the first, where they have heads; undefined while it can be read as one text. */
  more: string | undefined;
  /** Whether its last line was a piece of a line. */
  piece: Piece | undefined;
  isLossy = false;
  /** When its last line came: in lines of its source, and in ms of waiting. */
  seenAt = 0;
  waitedAt = 0;
  /** The records of its lines as they are alone. */
  readonly singles: Single[] = [];
  readonly #chunks: Buffer[];
  /** What stands between its last line and the next, and how many blank lines that is. */
  #between: Buffer;
  #blanks = 0;

  constructor({ source, key, candidate, rule }: Start, line: JoinLine) {
    this.source = source;
    this.key = key;
    this.candidate = candidate;
    this.rule = rule;
    this.offset = line.offset;
    const text = this.#textOf(line);
    this.#chunks = [text];
    this.#between = betweenOf(line);
    this.bytes = text.length;
  }

  /** Its lines as they came. */
  get text(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** The first of them. */
  get first(): Buffer {
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  /** Adds a line, if that makes no more lines and bytes than these. */
  add(line: JoinLine, limits: { readonly lines: number; readonly bytes: number }): boolean {
    const lines = this.lines + this.#blanks + 1;
    const bytes = this.bytes + this.#between.length + line.to - line.from;
    if (lines > limits.lines || bytes > limits.bytes) return false;
    this.#chunks.push(this.#between, this.#textOf(line));
    this.bytes = bytes;
    this.lines = lines;
    this.#blanks = 0;
    this.#between = betweenOf(line);
    return true;
  }

  /** True when its lines have heads, and its rule is about what stands behind these. */
  get hasHeads(): boolean {
    return this.key !== undefined && this.candidate.format.holds !== undefined;
  }

  /** Tells whether a line with a head goes on with it, by the same writer. */
  goesOn({ format, carried, isHeadless }: Seen): boolean {
    if (this.piece !== undefined || format.continues === this.candidate.format.name) return true;
    if (!this.hasHeads || this.rule === undefined) return false;
    const answer = this.rule.ask(carried());
    return answer === 'yes' || (answer === 'unread' && isHeadless);
  }

  /** Adds what its last line says to what goes on with the message of the first. */
  say(text: string): void {
    this.more = `${this.more ?? ''}${this.piece === undefined ? '\n' : ''}${text}`;
  }

  /** Adds a blank line, which belongs to it if more follows; false when there are too many. */
  blank(raw: Uint8Array): boolean {
    if (this.#blanks >= maxBlanks) return false;
    this.#blanks++;
    this.#between = Buffer.concat([this.#between, raw, newline]);
    return true;
  }

  #textOf({ bytes, from, to, areUtf8, isLossy = false }: JoinLine): Buffer {
    this.isLossy ||= isLossy;
    const text = Buffer.from(bytes.subarray(from, to));
    if (areUtf8 || isUtf8(text)) return text;
    this.isLossy = true;
    return Buffer.from(text.toString('utf8'));
  }
}

const maxBlanks = 20;
const newline = Buffer.from('\n');

function betweenOf({ bytes, to, end }: JoinLine): Buffer {
  if (to === end) return newline;
  return Buffer.concat([bytes.subarray(to, end), newline]);
}
