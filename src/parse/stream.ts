import { isUtf8 } from 'node:buffer';
import type { DeadLetters } from '../io/dead-letters.ts';
import { type LineBatch, lineBatches } from '../io/lines.ts';
import type { BatchWriter } from '../io/sink.ts';
import { decodeLine } from '../model/decode.ts';
import { schema } from '../model/envelope.ts';
import { type LineCounts, type Reader, type ReaderOptions, slack } from './reader.ts';
import { byteAt } from './time/digits.ts';

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
}

/** What lines a stream is made of: raw ones, raw ones under the headers of `tail -F a b`, or envelopes. */
export type StreamKind = 'raw' | 'tail' | 'envelopes';

/** What a stream of lines needs for becoming records. */
export interface StreamParts {
  /** Makes the reader at the first call. */
  readonly reader: () => Promise<Reader>;
  readonly writer: BatchWriter;
  readonly deadLetters: DeadLetters;
  readonly counts: Counts;
  readonly maxLineBytes: number;
  readonly stopping: AbortSignal;
}

const header = /^==> (.+) <==$/;

/** What is to be read. */
export interface Stream {
  /** `log.source` of its records. */
  readonly name: string;
  /** Undefined: its first line tells. */
  readonly kind: StreamKind | undefined;
  readonly options: ReaderOptions;
}

/** Reads a stream to its end; what each chunk holds is written before the next one is asked for. */
export async function readStream(parts: StreamParts, stream: Stream, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let lines: LineReader | undefined;
  for await (const batch of lineBatches(chunks, parts.maxLineBytes)) {
    lines ??= new LineReader(parts, await parts.reader(), stream);
    lines.batch(batch);
    await parts.deadLetters.flush();
    await parts.writer.flush();
    if (parts.stopping.aborted && stream.name !== '-') return;
  }
}

/**
 * Reads the lines of one stream. Its kind is told by its first line and then stands: a line that claims to be an envelope
 * or a header in the midst of a log is a line of that log, because whoever can write to a log could write it.
 */
class LineReader {
  readonly #parts: StreamParts;
  readonly #reader: Reader;
  readonly #source: string;
  #kind: StreamKind | undefined;
  #work = new Uint8Array(slack);
  #hasWork = false;
  #lineNumber = 0;
  #wasBlank = true;

  constructor(parts: StreamParts, reader: Reader, stream: Stream) {
    this.#parts = parts;
    this.#reader = reader;
    this.#source = stream.name;
    this.#kind = stream.kind;
    reader.setSource(stream.name, stream.options);
  }

  /** Writes the records of a batch's lines. */
  batch(batch: LineBatch): void {
    const { bytes } = batch;
    this.#parts.counts.bytes += bytes.length + batch.droppedBytes;
    this.#hasWork = false;
    const areUtf8 = isUtf8(bytes);
    const isCut = batch.droppedBytes > 0;
    const isFast = areUtf8 && !isCut && (this.#kind === 'raw' || this.#kind === undefined);
    if (isFast) this.#reader.load(bytes);
    for (let from = 0; from < bytes.length; ) {
      if (isFast && this.#kind === 'raw') {
        from = this.#reader.lines(from, { offset: batch.offset, maxLineBytes: this.#parts.maxLineBytes }, this.#parts.counts);
        if (from >= bytes.length) break;
      }
      this.#bringIn(bytes);
      const newline = bytes.indexOf(0x0a, from);
      const end = newline < 0 ? bytes.length : newline;
      const to = end > from && bytes[end - 1] === 0x0d ? end - 1 : end;
      this.#lineNumber++;
      this.#kind ??= kindOf(bytes.toString('latin1', from, to));
      const line: LineInWork = { from, to, offset: batch.offset + from, areUtf8, isCut };
      if (to === from) this.#blank();
      else if (this.#kind === 'raw') this.#raw(line);
      else if (this.#kind === 'tail') this.#underHeader(bytes.toString('utf8', from, to), line);
      else this.#envelope(bytes.subarray(from, to), isCut);
      this.#wasBlank = to === from;
      from = end + 1;
    }
  }

  /** Copies the batch to where lines are read, once, and only if a line of it is read there. */
  #bringIn(bytes: Buffer): void {
    if (this.#hasWork) return;
    this.#hasWork = true;
    if (this.#work.length < bytes.length + slack) this.#work = new Uint8Array(bytes.length + slack);
    this.#work.set(bytes);
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
    const place = { offset: line.offset, isTruncated };
    if (line.areUtf8) this.#reader.line(this.#work, line.from, to, place);
    else this.#reader.lossyLine(this.#work.subarray(line.from, to), place);
  }

  /** tail writes a header behind a blank line, and before the first line. */
  #underHeader(text: string, line: LineInWork): void {
    const name = this.#wasBlank ? header.exec(text)?.[1] : undefined;
    if (name === undefined) this.#raw(line);
    else this.#reader.setSource(name);
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
    counts.lines++;
    counts.records++;
    this.#reader.setSource(envelope.log.source);
    const original = Buffer.from(envelope.original);
    const isTruncated = original.length > this.#parts.maxLineBytes;
    const to = isTruncated ? wholeCharacters(original, 0, this.#parts.maxLineBytes) : original.length;
    this.#reader.lossyLine(original.subarray(0, to), { offset: envelope.log.offset, isTruncated });
  }
}

/** What a stream is, by its first line. */
function kindOf(line: string): StreamKind {
  if (line.startsWith(`{"schema":"${schema}"`)) return 'envelopes';
  return header.test(line) ? 'tail' : 'raw';
}

/** The end of the last character that is whole before `to`. Source: RFC 3629 §3. */
function wholeCharacters(bytes: Uint8Array, from: number, to: number): number {
  let start = to - 1;
  while (start > from && to - start < 4 && (byteAt(bytes, start) & 0xc0) === 0x80) start--;
  const lead = byteAt(bytes, start);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start + length > to ? start : to;
}
