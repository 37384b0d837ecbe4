import type { Position } from '../model/envelope.ts';
import { behindNuls, type LineWriter, longestLine } from './line-writer.ts';
import type { FileState } from './log-file.ts';

/** How reading of a part went: there is more at once, all is read for now, or it is not the file any more that it was. */
export type ReadResult = 'more' | 'end' | 'changed';

/** Most that is read of a file before others have their turn, in bytes: more than the longest line. */
export const turnBytes = 256 * 1024;

/** How much before the place where reading goes on is read again as context, in bytes. */
export const contextBytes = 64 * 1024;

const newline = 0x0a;

/** One file of a source: the log itself, one that rotation has moved, or an archive. */
export interface Part {
  /** True for a file that takes no more lines: an archive, or a copy. */
  readonly isComplete: boolean;
  /** Where it was seen last. */
  readonly path: string;
  /** Of the first byte that was not given out. */
  readonly offset: number;
  /** True for the file of this identity. */
  isFile(state: Pick<FileState, 'dev' | 'inode'>): boolean;
  /** Says where it is now, if it has a name, and how it was found there. */
  moveTo(path: string, state?: FileState): void;
  /** True while it is open and what was read of it still stands there, wherever its name has gone. */
  isHeld(): boolean;
  /** Tells whether it is still what it was, as far as that can be seen; learns how it starts. */
  isIntact(): boolean;
  /** Tells whether it has grown since it was read. Never throws. */
  hasGrown(): boolean;
  /** Reads on and writes the lines that are whole. */
  read(out: LineWriter): Promise<ReadResult>;
  /** Writes what is left without a line feed: no more is to come. */
  finish(out: LineWriter): void;
  position(): Position;
  close(): void;
}

/** Cuts what is read of a file into lines, and knows how far that has come. */
export class Progress {
  readonly source: string;
  /** Of the first byte that was not given out. */
  offset: number;
  /** True when reading goes on within a line whose start was given out, or cut. */
  isWithinLine = false;

  constructor(source: string, offset: number) {
    this.source = source;
    this.offset = offset;
  }

  /** Takes what stands in the file from `offset` on; leaves half a line for later. */
  take(bytes: Buffer, out: LineWriter): void {
    let from = 0;
    if (this.isWithinLine) {
      const end = bytes.indexOf(newline);
      this.isWithinLine = end < 0;
      from = end < 0 ? bytes.length : end + 1;
    }
    const end = bytes.lastIndexOf(newline) + 1;
    if (end > from) {
      this.#write(bytes.subarray(from, end), from, out);
      from = end;
    }
    from = behindNuls(bytes, from, bytes.length);
    if (bytes.length - from > longestLine) {
      this.#write(bytes.subarray(from), from, out);
      from = bytes.length;
      this.isWithinLine = true;
    }
    this.offset += from;
  }

  /** Takes what is left as a line. */
  takeRest(bytes: Buffer, out: LineWriter): void {
    const from = behindNuls(bytes, 0, bytes.length);
    if (from < bytes.length && !this.isWithinLine) this.#write(bytes.subarray(from), from, out);
    this.offset += bytes.length;
    this.isWithinLine = true;
  }

  /** Gives out the lines of before, from memory that ends at the offset. */
  context(bytes: Buffer, out: LineWriter): void {
    const start = bytes.length < this.offset ? bytes.indexOf(newline) + 1 : 0;
    const end = bytes.lastIndexOf(newline) + 1;
    if (end <= start) return;
    const offset = this.offset - bytes.length + start;
    out.write(this.source, { bytes: bytes.subarray(start, end), offset, isContext: true });
  }

  #write(bytes: Buffer, from: number, out: LineWriter): void {
    out.write(this.source, { bytes, offset: this.offset + from, isContext: false });
  }
}
