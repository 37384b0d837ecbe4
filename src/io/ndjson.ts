import { type Decoded, decodeLine } from '../model/decode.ts';
import { type LineBatch, lineBatches } from './lines.ts';

/**
 * Longest line of NDJSON that is read, in bytes; JSON may take six bytes for one. A record of the longest entry (128 KiB)
 * with its message and the fields cut from it is three times that: 2.3 MiB. A finding has ten entries of 2 KiB, as many
 * messages, eleven paths of 4 KiB, 150 names of 256 bytes and an entity of 4 KiB: 0.8 MiB, and the texts of its rule.
 */
export const maxLineBytes = 4 * 1024 * 1024;

/** One line of an NDJSON stream, as it came. */
export interface NumberedLine {
  /** The line without its `\n`: what a stage passes on when it does not touch the object. Valid until the next batch. */
  readonly bytes: Buffer;
  /** 1 for the first line. */
  readonly lineNumber: number;
  /** True when its end is missing, because it was too long. */
  readonly isCut: boolean;
}

/** One line of an NDJSON stream, decoded. */
export interface Item extends Omit<NumberedLine, 'isCut'> {
  readonly decoded: Decoded;
}

/*
 * Hot path: a line is a place in its batch until somebody asks for more. Nobody asks for the bytes of most, and objects that
 * are made one at a time need not be moved when there is no room for more.
 */

/** One line of an NDJSON stream, to be decoded once. Valid until the next batch. */
export class EnvelopeLine {
  readonly lineNumber: number;
  readonly #batch: LineBatch;
  readonly #start: number;
  readonly #end: number;

  constructor(
    batch: LineBatch,
    { start, end, lineNumber }: { readonly start: number; readonly end: number; readonly lineNumber: number },
  ) {
    this.#batch = batch;
    this.#start = start;
    this.#end = end;
    this.lineNumber = lineNumber;
  }

  /** The line without its `\n`: what a stage passes on when it does not touch the object. */
  get bytes(): Buffer {
    return this.#batch.bytes.subarray(this.#start, this.#end);
  }

  /** What the line says. Never throws. */
  decode(): Decoded {
    const { bytes, droppedBytes } = this.#batch;
    return droppedBytes > 0 ? tooLong : decodeLine(bytes.toString('utf8', this.#start, this.#end));
  }
}

/** Reads envelopes, one array for each chunk of input, so that a stage can pause between chunks. Blank lines are left out. */
export async function* readEnvelopes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly EnvelopeLine[], void> {
  let lineNumber = 1;
  for await (const batch of lineBatches(chunks, maxLineBytes)) {
    const found: EnvelopeLine[] = [];
    lineNumber += forEachLine(batch.bytes, (start, end, index) => {
      found.push(new EnvelopeLine(batch, { start, end, lineNumber: lineNumber + index }));
    });
    yield found;
  }
}

/** Reads lines as `readEnvelopes` does, for a stage that decodes them when it has a use for them. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly NumberedLine[], void> {
  let lineNumber = 1;
  for await (const batch of lineBatches(chunks, maxLineBytes)) {
    const { found, lines } = numberedLines(batch, lineNumber);
    lineNumber += lines;
    yield found;
  }
}

/** The items of a batch, whose first line has this number; and how many lines it has, blank ones too. */
export function itemsOf(batch: LineBatch, firstLineNumber: number): { items: readonly Item[]; lines: number } {
  const { found, lines } = numberedLines(batch, firstLineNumber);
  return { items: found.map(({ bytes, lineNumber, isCut }) => itemOf(bytes, lineNumber, isCut)), lines };
}

function numberedLines(batch: LineBatch, firstLineNumber: number): { found: readonly NumberedLine[]; lines: number } {
  const found: NumberedLine[] = [];
  const isCut = batch.droppedBytes > 0;
  const lines = forEachLine(batch.bytes, (start, end, index) => {
    found.push({ bytes: batch.bytes.subarray(start, end), lineNumber: firstLineNumber + index, isCut });
  });
  return { found, lines };
}

const tooLong: Decoded = { ok: false, code: 'E_JSON', reason: `longer than ${maxLineBytes} bytes` };

/** The item of one line; one that was cut, because it was too long, is a mistake. */
export function itemOf(bytes: Buffer, lineNumber: number, isCut: boolean): Item {
  return { bytes, lineNumber, decoded: isCut ? tooLong : decodeLine(bytes.toString('utf8')) };
}

/** Tells of each line that is not blank where it lies, and how many came before it; gives how many there are, blank ones too. */
function forEachLine(bytes: Buffer, tell: (start: number, end: number, index: number) => void): number {
  let lines = 0;
  for (let start = 0; start < bytes.length; lines++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    if (!isBlankBetween(bytes, start, end)) tell(start, end, lines);
    start = end + 1;
  }
  return lines;
}

/** Tells whether there is nothing in a line. */
export function isBlank(bytes: Buffer): boolean {
  return isBlankBetween(bytes, 0, bytes.length);
}

function isBlankBetween(bytes: Buffer, start: number, end: number): boolean {
  return end === start || (end === start + 1 && bytes[start] === 0x0d);
}
