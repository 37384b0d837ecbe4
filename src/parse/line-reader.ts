import { isUtf8 } from 'node:buffer';
import type { DeadLetters } from '../io/dead-letters.ts';
import type { LineBatch } from '../io/lines.ts';
import type { BatchWriter } from '../io/sink.ts';
import { decodeLine } from '../model/decode.ts';
import type { Line } from '../model/envelope.ts';
import { behindNuls, endOfLine, wholeCharacters, withoutReturn } from './line-ends.ts';
import type { LineCounts, Reader, ReaderOptions } from './reader.ts';
import { slack } from './slack.ts';
import { header, kindOf, type StreamKind } from './stream-kind.ts';
import { TailOffsets } from './tail-offsets.ts';

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

/** A line where it stands in the working memory. */
interface LineInWork {
  readonly from: number;
  readonly to: number;
  /** In the stream, in bytes. */
  readonly offset: number;
  readonly areUtf8: boolean;
  /** True when the stream's reader has dropped the line's end. */
  readonly isCut: boolean;
  /** How many lines it is, when it is an entry of several. */
  readonly lines: number;
}

/** How far an entry reaches. */
interface Extent {
  readonly to: number;
  /** The place of the line behind it. */
  readonly next: number;
  readonly lines: number;
  /** True when it would be longer, were there no limit. */
  readonly isFull: boolean;
  /** True when there is nothing behind it yet. */
  readonly isAtEnd: boolean;
}

/** Most lines of one entry: a stack trace of a deep recursion has some hundreds. */
const maxEntryLines = 1_000;

const nothing = Buffer.alloc(0);

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
}

/** What is to be read. */
export interface Stream {
  /** `log.source` of its records. */
  readonly name: string;
  /** Undefined: its first line tells. */
  readonly kind: StreamKind | undefined;
  readonly options: ReaderOptions;
}

/**
 * Reads the lines of one stream. Its kind is told by its first line and then stands: a line that claims to be an envelope
 * or a header in the midst of a log is a line of that log, because whoever can write to a log could write it.
 */
export class LineReader {
  readonly #parts: StreamParts;
  readonly #reader: Reader;
  readonly #source: string;
  #kind: StreamKind | undefined;
  #work = new Uint8Array(slack);
  #hasWork = false;
  #lineNumber = 0;
  #wasBlank = true;
  readonly #tail = new TailOffsets();
  #heldBack: Buffer = nothing;
  #heldOffset = 0;

  constructor(parts: StreamParts, reader: Reader, stream: Stream) {
    this.#parts = parts;
    this.#reader = reader;
    this.#source = stream.name;
    this.#kind = stream.kind;
    reader.setSource(stream.name, stream.options);
  }

  /** True when an entry waits for lines that may belong to it. */
  get isHolding(): boolean {
    return this.#heldBack.length > 0;
  }

  /**
   * Writes the records of a batch's lines, with a pause wherever the writer should be flushed or something must be waited
   * for; an entry at the batch's end that may go on waits for the next one.
   */
  *batch(batch: LineBatch): Generator<Promise<void> | undefined, void> {
    this.#parts.counts.bytes += batch.bytes.length + batch.droppedBytes;
    if (batch.droppedBytes > 0) this.release();
    const held = this.#heldBack;
    this.#heldBack = nothing;
    const bytes = held.length === 0 ? batch.bytes : Buffer.concat([held, batch.bytes]);
    yield* this.#read({ bytes, offset: batch.offset - held.length, droppedBytes: batch.droppedBytes }, false);
  }

  /** Writes the entry that waits: no more is to come, or not soon. */
  release(): void {
    const bytes = this.#heldBack;
    this.#heldBack = nothing;
    if (bytes.length > 0) for (const _ of this.#read({ bytes, offset: this.#heldOffset, droppedBytes: 0 }, true));
  }

  *#read(batch: LineBatch, isLast: boolean): Generator<Promise<void> | undefined, void> {
    const { bytes } = batch;
    this.#hasWork = false;
    const areUtf8 = isUtf8(bytes);
    const isCut = batch.droppedBytes > 0;
    const isRaw = this.#kind === 'raw' || this.#kind === undefined;
    const isFast = isRaw && areUtf8 && !isCut && !isLast && this.#reader.load(bytes);
    const { counts, maxLineBytes, writer } = this.#parts;
    this.#kind ??= kindOf(bytes);
    for (let from = 0; from < bytes.length; ) {
      if (isFast && this.#kind === 'raw') {
        const { at, isFull } = this.#reader.lines(from, { offset: batch.offset, maxLineBytes }, counts);
        from = at;
        if (from >= bytes.length) break;
        if (isFull) {
          yield undefined;
          continue;
        }
      }
      if (writer.isFull) yield undefined;
      if (!this.#reader.isComplete) yield this.#reader.complete();
      this.#bringIn(bytes);
      from = behindNuls(bytes, from);
      const end = endOfLine(bytes, from);
      const to = withoutReturn(bytes, from, end);
      this.#lineNumber++;
      const line: LineInWork = { from, to, offset: batch.offset + from - this.#tail.shift, areUtf8, isCut, lines: 1 };
      from = end + 1;
      if (to === line.from) this.#blank();
      else if (this.#kind === 'envelopes') this.#envelope(bytes.subarray(line.from, to), isCut);
      else if (!this.#isHeader(bytes, line, batch.offset + from)) from = this.#entry(bytes, line, isLast);
      this.#wasBlank = to === line.from;
    }
  }

  /** Writes the entry that starts with a line; gives the place behind it. */
  #entry(bytes: Buffer, line: LineInWork, isLast: boolean): number {
    const { counts, writer } = this.#parts;
    const written = writer.used;
    const before = { ...counts };
    this.#raw(line);
    const next = endOfLine(bytes, line.from) + 1;
    if (!this.#reader.joins || line.isCut) return next;
    const extent = this.#extent(bytes, line);
    const isOpen = extent.isAtEnd && !isLast;
    if (extent.lines === 1 && !isOpen) return next;
    writer.advance(written);
    Object.assign(counts, before);
    this.#reader.takeBack();
    if (isOpen) {
      this.#heldBack = Buffer.from(bytes.subarray(line.from));
      this.#heldOffset = line.offset + this.#tail.shift;
      return bytes.length;
    }
    counts.lines += extent.lines - 1;
    counts.joined += extent.lines - 1;
    this.#raw({ ...line, to: extent.to, lines: extent.lines });
    return extent.next;
  }

  /** How far the entry of a line reaches. Blank lines belong to it when more of it follows them. */
  #extent(bytes: Buffer, line: LineInWork): Extent {
    const extent = { to: line.to, next: endOfLine(bytes, line.from) + 1, lines: 1, isFull: false, isAtEnd: false };
    let count = 1;
    for (let from = extent.next; from < bytes.length; ) {
      const end = endOfLine(bytes, from);
      const to = withoutReturn(bytes, from, end);
      count++;
      extent.isFull = count > maxEntryLines || to - line.from > this.#parts.maxLineBytes;
      if (extent.isFull) return extent;
      if (to > from) {
        const isHeader = this.#kind === 'tail' && header.test(bytes.toString('utf8', from, to));
        if (isHeader || !this.#reader.continues(this.#work, from, to)) return extent;
        extent.to = to;
        extent.lines = count;
        extent.next = end + 1;
      }
      from = end + 1;
    }
    extent.isAtEnd = true;
    return extent;
  }

  /** Copies the batch to where lines are read, once, and only if a line of it is read there. */
  #bringIn(bytes: Buffer): void {
    if (this.#hasWork) return;
    this.#hasWork = true;
    if (this.#work.length < bytes.length + slack) this.#work = new Uint8Array(bytes.length + slack);
    this.#work.set(bytes);
    this.#work.fill(0, bytes.length, bytes.length + slack);
  }

  /** A blank line belongs to the entry before it, and says nothing. */
  #blank(): void {
    this.#parts.counts.lines++;
    this.#parts.counts.joined++;
  }

  #raw(line: LineInWork): void {
    const { counts, maxLineBytes } = this.#parts;
    counts.lines++;
    counts.records++;
    const isTruncated = line.isCut || line.to - line.from > maxLineBytes;
    let { to } = line;
    if (isTruncated) {
      counts.truncated++;
      to = wholeCharacters(this.#work, line.from, Math.min(to, line.from + maxLineBytes));
    }
    const place = { offset: line.offset, isTruncated, lines: line.lines };
    if (line.areUtf8) this.#reader.line(this.#work, line.from, to, place);
    else this.#reader.lossyLine(this.#work.subarray(line.from, to), place);
  }

  /** tail writes a header behind a blank line, and before the first line. */
  #isHeader(bytes: Buffer, { from, to, offset }: LineInWork, behind: number): boolean {
    if (this.#kind !== 'tail' || !this.#wasBlank) return false;
    const name = header.exec(bytes.toString('utf8', from, to))?.[1];
    if (name === undefined) return false;
    this.#reader.setSource(name);
    this.#tail.begin(name, offset, behind);
    return true;
  }

  #envelope(bytes: Buffer, isCut: boolean): void {
    const { writer, counts, deadLetters } = this.#parts;
    const text = bytes.toString('utf8');
    const decoded = decodeLine(text);
    if (!decoded.ok) {
      counts.lines++;
      counts.dead++;
      const message = isCut ? 'the line is too long' : decoded.reason;
      deadLetters.add(
        { code: decoded.code, message, original: text, log: { source: this.#source, line: this.#lineNumber } },
        `${this.#source === '-' ? 'standard input' : this.#source}, line ${this.#lineNumber}`,
      );
      return;
    }
    const { envelope } = decoded;
    if (envelope.type !== 'line') {
      writer.line(bytes);
      return;
    }
    if (envelope.original === '') {
      if (envelope.context !== true) this.#blank();
      return;
    }
    const written = writer.used;
    const before = { ...counts };
    this.#fromTail(envelope);
    if (envelope.context !== true) return;
    // It was read before, and is read again for what it tells of later lines: formats, sessions.
    writer.advance(written);
    Object.assign(counts, before);
    this.#reader.takeBack();
  }

  #fromTail({ log, original }: Line): void {
    const { counts, maxLineBytes } = this.#parts;
    counts.lines++;
    counts.records++;
    this.#reader.setSource(log.source);
    const bytes = Buffer.from(original);
    const isTruncated = bytes.length > maxLineBytes;
    const to = isTruncated ? wholeCharacters(bytes, 0, maxLineBytes) : bytes.length;
    const place = { offset: log.offset, isTruncated, lines: 1, isLossy: log.encoding === 'lossy' };
    this.#reader.lossyLine(bytes.subarray(0, to), place);
  }
}
