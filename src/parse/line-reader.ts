import { isUtf8 } from 'node:buffer';
import type { LineBatch } from '../io/lines.ts';
import { decodeLine } from '../model/decode.ts';
import type { Line } from '../model/envelope.ts';
import type { Joiner } from './join/joiner.ts';
import type { JoinLine } from './join/open-entry.ts';
import { behindNuls, endOfLine, wholeCharacters, withoutReturn } from './line-ends.ts';
import type { Reader } from './reader.ts';
import { leadBytes } from './scan/unwrapper.ts';
import { padded, slack } from './slack.ts';
import { header, kindOf, type StreamKind } from './stream-kind.ts';
import type { Stream, StreamParts } from './stream-parts.ts';
import { TailOffsets } from './tail-offsets.ts';

const nothing: Uint8Array = new Uint8Array();

/** Raw lines as they lie in memory. */
interface RawLines {
  readonly bytes: Buffer;
  /** That of the first byte in the stream; undefined where each line stands behind its own. */
  readonly offset: number | undefined;
  readonly areUtf8: boolean;
  /** True for one line that was cut. */
  readonly isAlone: boolean;
  /** True where the kernel has them. */
  readonly isFast: boolean;
}

/**
 * Reads the lines of one stream. Its kind is told by its first line and then stands: a line that claims to be an envelope
 * or a header in the midst of a log is a line of that log, because whoever can write to a log could write it.
 */
export class LineReader {
  readonly #parts: StreamParts;
  readonly #reader: Reader;
  readonly #stream: string;
  /** The source of its lines. */
  #source: string;
  /** Undefined until a line comes that is not for the kernel. */
  #loadedJoiner: Joiner | undefined;
  #kind: StreamKind | undefined;
  #work = new Uint8Array(slack);
  #hasWork = false;
  #lineNumber = 0;
  /** What stood before the line feed of the blank line that came last, if it did; under headers it may be tail's own. */
  #blank: Uint8Array | undefined = nothing;
  readonly #tail = new TailOffsets();

  constructor(parts: StreamParts, reader: Reader, stream: Stream) {
    this.#parts = parts;
    this.#reader = reader;
    this.#stream = stream.name;
    this.#source = stream.name;
    this.#kind = stream.kind;
    reader.setSource(stream.name, stream.options);
  }

  /** Loads what it takes to read lines that are not for the kernel. */
  async #load(): Promise<void> {
    if (!this.#reader.isComplete) await this.#reader.complete();
    const joining = await import('./join/joiner.ts');
    this.#loadedJoiner = new joining.Joiner({ ...this.#parts, reader: this.#reader });
    this.#loadedJoiner.setSource(this.#source);
  }

  get #joiner(): Joiner {
    if (this.#loadedJoiner === undefined) throw new TypeError('no joiner was loaded');
    return this.#loadedJoiner;
  }

  /** What its lines are; undefined until the first one came. */
  get kind(): StreamKind | undefined {
    return this.#kind;
  }

  /** For how long an entry has waited for lines that may belong to it, in ms; undefined when none waits. */
  get waitedMs(): number | undefined {
    return this.#loadedJoiner?.waitedMs;
  }

  /** Says that nothing came for a time: entries that have waited long enough are written. */
  wait(ms: number): void {
    this.#loadedJoiner?.wait(ms, this.#parts.flushAfterMs);
  }

  /** Writes the entries that wait: no more is to come. */
  end(): void {
    this.#loadedJoiner?.closeAll();
  }

  /** Writes the records of a batch's lines, with a pause wherever the writer should be flushed or something must be waited for. */
  *batch(batch: LineBatch): Generator<Promise<void> | undefined, void> {
    const { bytes, offset } = batch;
    this.#parts.counts.bytes += bytes.length + batch.droppedBytes;
    const areUtf8 = isUtf8(bytes);
    const isAlone = batch.droppedBytes > 0;
    this.#kind ??= kindOf(bytes, isAlone);
    const isFast = this.#kind !== 'tail' && areUtf8 && !isAlone && this.#reader.load(bytes);
    if (this.#kind === 'envelopes') yield* this.#envelopes(bytes, { isFast, isCut: isAlone });
    else yield* this.#lines({ bytes, offset, areUtf8, isAlone, isFast });
  }

  /** Reads raw lines: what the kernel can by the kernel. */
  *#lines({ bytes, offset, areUtf8, isAlone, isFast }: RawLines): Generator<Promise<void> | undefined, void> {
    const { counts, maxLineBytes, writer } = this.#parts;
    const lead = offset === undefined ? leadBytes : 0;
    this.#hasWork = false;
    /** The line with which the kernel came back last. */
    let backAt = -1;
    for (let at = 0; at < bytes.length; ) {
      if (isFast && this.#loadedJoiner?.isOpen !== true) {
        const read = this.#reader.lines(at, { offset, maxLineBytes }, counts);
        at = read.at;
        backAt = at;
        if (at >= bytes.length) break;
        if (read.isFull) {
          yield undefined;
          continue;
        }
      }
      if (writer.isFull) yield undefined;
      if (this.#loadedJoiner === undefined) yield this.#load();
      this.#bringIn(bytes);
      const start = at;
      const from = behindNuls(bytes, start + lead);
      const end = endOfLine(bytes, from);
      const to = withoutReturn(bytes, from, end);
      const lineOffset = offset === undefined ? bytes.readDoubleLE(start) : offset + from - this.#tail.shift;
      const isBehindNuls = from > start + lead;
      const isTruncated = isAlone || to - from > maxLineBytes;
      const isByItself = isAlone || isBehindNuls;
      const inKernel = isFast && !isByItself && !isTruncated ? { at: start, offset } : undefined;
      const line = { bytes: this.#work, from, to, end, offset: lineOffset, areUtf8, isAlone: isByItself, isTruncated, inKernel };
      at = end + 1;
      if (to === from) this.#blankLine(bytes.subarray(start, end));
      else if (!this.#isHeader(line, (offset ?? 0) + at)) this.#raw(line);
      // The kernel comes back where an entry may go on over the next line; any other is read faster by it.
      if (isFast && to > from && backAt !== start && at < bytes.length && this.#joiner.giveBack()) at = start;
    }
  }

  /** Reads envelopes: as raw lines those that lp-tail makes of lines. */
  *#envelopes(bytes: Buffer, { isFast, isCut }: { isFast: boolean; isCut: boolean }): Generator<Promise<void> | undefined, void> {
    for (let at = 0; at < bytes.length; ) {
      const unwrapped = isFast ? this.#reader.unwrap(at) : undefined;
      if (unwrapped !== undefined) {
        at = unwrapped.behind;
        this.#lineNumber += unwrapped.lines;
        this.#goOnWith(unwrapped.source);
        yield* this.#lines({ bytes: unwrapped.bytes, offset: undefined, areUtf8: true, isAlone: false, isFast });
        continue;
      }
      if (this.#parts.writer.isFull) yield undefined;
      if (this.#loadedJoiner === undefined) yield this.#load();
      const from = behindNuls(bytes, at);
      const end = endOfLine(bytes, from);
      const to = withoutReturn(bytes, from, end);
      this.#lineNumber++;
      if (to === from) this.#blankLine(bytes.subarray(at, end));
      else this.#envelope(bytes.subarray(from, to), isCut);
      at = end + 1;
    }
  }

  /** Goes on with lines of another source, or the same. */
  #goOnWith(source: string): void {
    this.#source = source;
    if (this.#loadedJoiner === undefined) this.#reader.setSource(source);
    else {
      this.#giveBlank();
      this.#loadedJoiner.setSource(source);
    }
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
  #blankLine(raw: Uint8Array): void {
    this.#parts.counts.lines++;
    this.#parts.counts.joined++;
    this.#giveBlank();
    this.#blank = Buffer.from(raw);
  }

  /** The blank line before a header is not of the log. */
  #giveBlank(): void {
    if (this.#blank !== undefined) this.#joiner.blank(this.#blank);
    this.#blank = undefined;
  }

  #raw(line: JoinLine): void {
    const { counts, maxLineBytes } = this.#parts;
    this.#giveBlank();
    if (!line.isTruncated) {
      this.#joiner.line(line);
      return;
    }
    counts.truncated++;
    const to = wholeCharacters(this.#work, line.from, Math.min(line.to, line.from + maxLineBytes));
    this.#joiner.line({ ...line, to, isAlone: true });
  }

  /** tail writes a header behind a blank line, and before the first line. */
  #isHeader({ bytes, from, to, offset }: JoinLine, behind: number): boolean {
    if (this.#kind !== 'tail' || this.#blank === undefined) return false;
    const name = header.exec(Buffer.from(bytes.subarray(from, to)).toString('utf8'))?.[1];
    if (name === undefined) return false;
    this.#blank = undefined;
    this.#joiner.setSource(name);
    this.#tail.begin(name, offset, behind);
    return true;
  }

  #envelope(bytes: Buffer, isCut: boolean): void {
    const { writer, counts } = this.#parts;
    const text = bytes.toString('utf8');
    const decoded = decodeLine(text);
    if (!decoded.ok) {
      this.#dead(text, decoded.code, isCut ? 'the line is too long' : decoded.reason);
      return;
    }
    const { envelope } = decoded;
    if (envelope.type !== 'line') {
      // A mark says that all before it is out.
      this.#joiner.closeAll();
      if (envelope.type === 'mark' && this.#parts.hasSummaries)
        for (const summary of this.#reader.counting.take()) writer.text(summary);
      writer.line(bytes);
      return;
    }
    const line = lineOf(envelope, this.#parts.maxLineBytes);
    if (envelope.context === true) {
      this.#context(envelope.log.source, line);
      return;
    }
    this.#goOnWith(envelope.log.source);
    if (line.to === 0) {
      this.#blankLine(nothing);
      return;
    }
    if (line.isTruncated) counts.truncated++;
    this.#joiner.line(line);
  }

  /** It was read before, and is read again for what it tells of later lines: formats, sessions. */
  #context(source: string, line: JoinLine): void {
    if (line.to === 0) return;
    const { writer } = this.#parts;
    const written = writer.used;
    this.#joiner.setSource(source);
    this.#reader.lossyLine(line.bytes.subarray(0, line.to), line);
    writer.advance(written);
    this.#reader.takeBack();
  }

  #dead(original: string, code: string, message: string): void {
    const { counts, deadLetters } = this.#parts;
    counts.lines++;
    counts.dead++;
    this.#reader.counting.dead(this.#stream);
    deadLetters.add(
      { code, message, original, log: { source: this.#stream, line: this.#lineNumber } },
      `${this.#stream === '-' ? 'standard input' : this.#stream}, line ${this.#lineNumber}`,
    );
  }
}

/** The line in an envelope. */
function lineOf({ log, original }: Line, maxLineBytes: number): JoinLine {
  const bytes = padded(Buffer.from(original));
  const length = bytes.length - slack;
  const isTruncated = length > maxLineBytes;
  const to = isTruncated ? wholeCharacters(bytes, 0, maxLineBytes) : length;
  const isLossy = log.encoding === 'lossy';
  return { bytes, from: 0, to, end: to, offset: log.offset, areUtf8: true, isLossy, isTruncated, isAlone: isTruncated };
}
