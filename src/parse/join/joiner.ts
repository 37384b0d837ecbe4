import type { BatchWriter } from '../../io/sink.ts';
import type { LineCounts } from '../lines-read.ts';
import type { Reader } from '../reader.ts';
import { textOf } from '../stretch-text.ts';
import { byteAt } from '../time/digits.ts';
import { type JoinLine, OpenEntry, type Single } from './open-entry.ts';
import { type Answer, type EntryRule, ruleFor } from './rules.ts';
import type { FastLine, Seen } from './seen.ts';

/*
 * Lines to entries. A line with a head of its own starts an entry, or goes on with one by the same writer; one without
 * belongs to the line before it in its source, if that may go on. Entries are written when they are complete, so those of
 * several writers may change places.
 */

/** Most lines of one entry: a stack trace of a deep recursion has some hundreds. */
const maxLines = 1_000;
/** Entries that are open at a time, in all sources. */
const maxOpen = 128;
/** Lines of a source after which an entry is complete if none of them goes on with it. */
const maxLinesBetween = 100;

/** Levels that say that nothing is wrong, as JSON. */
const calmLevels: ReadonlySet<string> = new Set(['notice', 'info', 'debug'].map((level) => JSON.stringify(level)));

/** What is open in a source. */
interface OpenSource {
  /** By their keys, the one that went on last at the end; `''` for one without. */
  readonly entries: Map<string, OpenEntry>;
  /** The entry that the line before belongs to. */
  near: OpenEntry | undefined;
  lineNumber: number;
}

/** A line, what was read in it, and its record, should it be an entry. */
interface ReadLine {
  readonly line: JoinLine;
  readonly seen: Seen;
  readonly single: Single;
}

/** What lines are joined with. */
export interface JoinerParts {
  readonly reader: Reader;
  readonly writer: BatchWriter;
  readonly counts: LineCounts;
  readonly maxLineBytes: number;
}

/** Writes the records of lines, joined where they belong together. */
export class Joiner {
  readonly #parts: JoinerParts;
  readonly #limits: { readonly lines: number; readonly bytes: number };
  readonly #sources = new Map<string, OpenSource>();
  /** All that are open, the one that went on last at the end. */
  readonly #open = new Set<OpenEntry>();
  #source = '';
  /** The entry that the line before has started, if it did. */
  #started: OpenEntry | undefined;
  #waitedMs = 0;

  constructor(parts: JoinerParts) {
    this.#parts = parts;
    this.#limits = { lines: maxLines, bytes: parts.maxLineBytes };
  }

  /** Goes on with lines of another source. */
  setSource(source: string): void {
    this.#source = source;
    this.#parts.reader.setSource(source);
  }

  /** True when lines of this source may go on with an entry. */
  get isOpen(): boolean {
    return this.#sources.has(this.#source);
  }

  /**
   * Gives back the entry that the line before has started, if nothing else is open in its source: as if the line had not been
   * read.
   */
  giveBack(): boolean {
    const { counts, reader } = this.#parts;
    const entry = this.#started;
    const isAlone = this.#sources.get(this.#source)?.entries.size === 1;
    // What only code reads would come back at once.
    if (!isAlone || entry === undefined || entry.key !== undefined || entry.candidate.entry < 0) return false;
    this.#started = undefined;
    this.#sources.delete(this.#source);
    this.#open.delete(entry);
    reader.takeBack(entry.candidate);
    counts.lines--;
    counts.records--;
    return true;
  }

  /** For how long the entry that has waited longest has done so, in ms; undefined when there is none. */
  get waitedMs(): number | undefined {
    for (const entry of this.#open) return this.#waitedMs - entry.waitedAt;
    return undefined;
  }

  /** Says that nothing came for a time. What has waited for `mostMs` is complete. */
  wait(ms: number, mostMs: number): void {
    this.#waitedMs += ms;
    for (const entry of this.#open) {
      if (this.#waitedMs - entry.waitedAt < mostMs) return;
      this.#close(entry);
    }
  }

  /** Writes all that is open: no more is to come. */
  closeAll(): void {
    for (const entry of this.#open) this.#close(entry);
  }

  /** A blank line belongs to the entry before it; `raw` is what stands before its line feed. */
  blank(raw: Uint8Array): void {
    const near = this.#sources.get(this.#source)?.near;
    if (near?.blank(raw) === false) this.#leave(near);
  }

  /** Reads a line that is not blank. */
  line(line: JoinLine): void {
    this.#parts.counts.lines++;
    this.#started = undefined;
    const answer = this.#askNear(line);
    if (answer === 'yes') return;
    const { reader, writer, counts } = this.#parts;
    const written = writer.used;
    const bytes = line.to - line.from + 1;
    const fast = this.#read(line);
    if (!this.isOpen && (line.isAlone || !reader.mayGoOn)) {
      counts.records++;
      if (fast === undefined) reader.countLine();
      else reader.counting.countNoted(fast.noted, bytes);
      return;
    }
    const record = Buffer.allocUnsafe(writer.used - written);
    writer.reserve(0).copy(record, 0, written, writer.used);
    writer.advance(written);
    const { fieldsLength } = fast ?? reader;
    const single = { record, fieldsLength, bytes, noted: fast?.noted };
    this.#place({ line, seen: fast?.seen ?? reader.seen(), single }, answer);
  }

  /** Writes the record of a line; gives what the kernel has found in it, if it was that one. */
  #read(line: JoinLine): FastLine | undefined {
    const { reader, maxLineBytes } = this.#parts;
    const { inKernel } = line;
    const fast = inKernel && reader.one(inKernel.at, { offset: inKernel.offset, maxLineBytes });
    if (fast !== undefined) return fast;
    if (line.areUtf8 && !line.isLossy) reader.line(line.bytes, line.from, line.to, line);
    else reader.lossyLine(line.bytes.subarray(line.from, line.to), line);
    return undefined;
  }

  /** Lets a line without a head go on with the entry before it. */
  #askNear(line: JoinLine): Answer {
    const open = this.#sources.get(this.#source);
    if (open === undefined) return 'no';
    open.lineNumber++;
    for (const entry of open.entries.values()) {
      if (open.lineNumber - entry.seenAt <= maxLinesBetween) break;
      this.#close(entry);
    }
    const { near } = open;
    if (near === undefined) return 'no';
    const answer = line.isAlone || near.hasHeads ? 'no' : this.#ask(near.rule, line);
    if (answer === 'unread') return answer;
    if (answer === 'yes' && this.#add(near, line)) return 'yes';
    this.#leave(near);
    return 'no';
  }

  #ask(rule: EntryRule | undefined, line: JoinLine): Answer {
    if (rule === undefined || rule.firstBytes?.has(byteAt(line.bytes, line.from)) === false) return 'no';
    return rule.ask(textOf(line));
  }

  /** Puts a line that was read where it belongs. */
  #place(read: ReadLine, answer: Answer): void {
    const { line, seen, single } = read;
    const { counts, reader } = this.#parts;
    if (this.#goesOn(read, answer)) {
      reader.takeBack(seen.candidate);
      return;
    }
    counts.records++;
    const rule = line.isAlone || seen.piece !== undefined ? undefined : this.#ruleFor(line, seen);
    if (!line.isAlone && (rule !== undefined || seen.piece !== undefined || seen.isContinued)) this.#start(read, rule);
    else this.#give(single);
  }

  /** Adds a line to the entry that it goes on with; where there is none, those that it ends are written. */
  #goesOn(read: ReadLine, answer: Answer): boolean {
    const { line, seen } = read;
    const open = this.#sources.get(this.#source);
    const near = open?.near;
    if (near !== undefined && answer === 'unread') {
      if (seen.isHeadless && this.#add(near, line)) return true;
      this.#leave(near);
    }
    const same = seen.key === undefined ? undefined : open?.entries.get(seen.key);
    if (same === undefined) return false;
    if (!line.isAlone && same.goesOn(seen) && this.#add(same, line, read)) return true;
    this.#close(same);
    return false;
  }

  #ruleFor(line: JoinLine, { format, inner, carried, level }: Seen): EntryRule | undefined {
    const { ruleParts } = this.#parts.reader;
    const isCalm = level !== undefined && calmLevels.has(level);
    const isWhole = format.holds === undefined || (format.by === undefined && format.joins !== undefined);
    if (isWhole) return ruleFor({ format, text: () => textOf(line), isCalm }, ruleParts);
    return format.by === undefined ? undefined : ruleFor({ format: inner, text: carried, isCalm }, ruleParts);
  }

  #start({ line, seen, single }: ReadLine, rule: EntryRule | undefined): void {
    const { candidate, key, piece } = seen;
    const entry = new OpenEntry({ source: this.#source, key, candidate, rule }, line);
    entry.piece = piece;
    entry.singles.push(single);
    this.#started = entry;
    const near = this.#sources.get(this.#source)?.near;
    if (near !== undefined) this.#leave(near);
    const open = this.#sources.get(this.#source) ?? { entries: new Map(), near: undefined, lineNumber: 0 };
    this.#sources.set(this.#source, open);
    this.#touch(open, entry);
    for (const oldest of this.#open) {
      if (this.#open.size <= maxOpen) break;
      this.#close(oldest);
    }
  }

  /** Adds a line to an entry, if there is room; `read` where it has a head of its own. */
  #add(entry: OpenEntry, line: JoinLine, read?: ReadLine): boolean {
    if (!entry.add(line, this.#limits)) return false;
    this.#parts.counts.joined++;
    if (read !== undefined) {
      entry.say(read.seen.carried());
      if (entry.piece === 'perhaps') entry.singles.push(read.single);
      entry.piece = entry.piece === undefined ? undefined : read.seen.piece;
      if (entry.piece === undefined && entry.rule === undefined && !read.seen.isContinuing) return this.#close(entry);
    } else if (entry.key !== undefined) entry.say(textOf(line));
    if (entry.rule?.isDone) return this.#close(entry);
    const open = this.#sources.get(entry.source);
    if (open !== undefined) this.#touch(open, entry);
    return true;
  }

  /** Notes that the last line of a source is this entry's. */
  #touch(open: OpenSource, entry: OpenEntry): void {
    const key = entry.key ?? '';
    open.entries.delete(key);
    open.entries.set(key, entry);
    open.near = entry;
    entry.seenAt = open.lineNumber;
    entry.waitedAt = this.#waitedMs;
    this.#open.delete(entry);
    this.#open.add(entry);
  }

  /** What follows does not stand behind this entry: one without a head cannot go on. */
  #leave(entry: OpenEntry): void {
    const open = this.#sources.get(entry.source);
    if (entry.key === undefined) this.#close(entry);
    else if (open !== undefined) open.near = undefined;
  }

  /** Writes an entry; gives true. */
  #close(entry: OpenEntry): true {
    const { counts, reader } = this.#parts;
    this.#open.delete(entry);
    const open = this.#sources.get(entry.source);
    open?.entries.delete(entry.key ?? '');
    if (open?.near === entry) open.near = undefined;
    if (open?.entries.size === 0) this.#sources.delete(entry.source);
    const isElsewhere = entry.source !== this.#source;
    if (isElsewhere) reader.setSource(entry.source);
    if (entry.lines === 1 || entry.piece === 'perhaps') {
      // What were perhaps pieces of a line were none.
      counts.records += entry.singles.length - 1;
      counts.joined -= entry.singles.length - 1;
      for (const single of entry.singles) this.#give(single);
    } else reader.joined(entry);
    if (isElsewhere) reader.setSource(this.#source);
    return true;
  }

  /** Writes a record that was made before. */
  #give({ record, fieldsLength, bytes, noted }: Single): void {
    const { reader, writer } = this.#parts;
    writer.bytes(record);
    if (noted !== undefined && reader.counting.countNoted(noted, bytes)) return;
    reader.counting.count(record, { from: 0, to: fieldsLength }, { bytes, lines: 1 });
  }
}
