import { isUtf8 } from 'node:buffer';
import type { BatchWriter } from '../io/sink.ts';

/** A longer line is cut: twice the longest that lp-parse takes would only be thrown away there. */
export const longestLine = 192 * 1024;

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Lines as they lie in memory; `offset` is that of the memory's first byte in the file. */
export interface Stretch {
  readonly bytes: Buffer;
  readonly offset: number;
  /** True for lines that were read before, and tell only what later ones mean. */
  readonly isContext: boolean;
}

/** Writes raw lines as envelopes. */
export class LineWriter {
  readonly #writer: BatchWriter;
  /** How many lines were written that are no context. */
  count = 0;

  constructor(writer: BatchWriter) {
    this.#writer = writer;
  }

  /** Writes all lines of a stretch; its end is the end of a line, also without a line feed. */
  write(source: string, { bytes, offset, isContext }: Stretch): void {
    const head = `{"schema":"lp/1","type":"line","log":{"source":${JSON.stringify(source)},"offset":`;
    const context = isContext ? ',"context":true' : '';
    const areUtf8 = isUtf8(bytes);
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(newline, start);
      const end = found < 0 ? bytes.length : found;
      const from = behindNuls(bytes, start, end);
      const to = Math.min(end > from && bytes[end - 1] === carriageReturn ? end - 1 : end, from + longestLine);
      const isLossy = !areUtf8 && !isUtf8(bytes.subarray(from, to));
      const text = JSON.stringify(bytes.toString('utf8', from, to));
      this.#writer.text(`${head}${offset + from}${isLossy ? ',"encoding":"lossy"' : ''}}${context},"original":${text}}\n`);
      if (!isContext) this.count++;
      start = end + 1;
    }
  }
}

/** A crash of the machine, or a program that writes on behind a truncation, leaves bytes 0 before a line. */
export function behindNuls(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] === 0) at++;
  return at;
}
