import type { BatchWriter } from '../../io/sink.ts';
import { schema } from '../../model/envelope.ts';
import type { Counting } from '../counting.ts';
import { fieldNames } from '../fields.ts';
import { type Clock, qualityNames } from '../time/clock.ts';
import { byteAt, numberAt } from '../time/digits.ts';
import { glueBetween, head, tail } from './glue.ts';
import type { LineScanner } from './line-scanner.ts';
import { held } from './slots.ts';

/*
 * Hot path: copies what the scanner found from the line's bytes into the output, as JSON. No string is made. JavaScript
 * loops copy short stretches faster than calls into native code do.
 */

/** Most bytes that a byte of the line becomes: `\u0000`, in its field, its URL's parts, its message and `original`. */
const growth = 24;
/** All names and braces of a record, and its constants. */
const fixedBytes = 8192;

/** JSON that a reader made instead of places in the line, by slot. */
export type Texts = ReadonlyMap<number, string>;

/** An entry to be written: its bytes, and where it stood. */
export interface Entry {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  /** How many lines it is, when more than one. */
  readonly lines?: number | undefined;
  /** What the scanner has read, where that is not the entry itself. */
  readonly scanned?: Uint8Array;
}

/** What all records start with, up to the time. */
export const recordStart: Uint8Array = Uint8Array.from(Buffer.from(`{"schema":"${schema}","type":"record","timestamp":"`));

/** What all records of one source and format have in common. */
export interface FixedParts {
  readonly source: readonly Uint8Array[];
  readonly part: Uint8Array;
}

/** Writes records. */
export class RecordWriter {
  readonly #writer: BatchWriter;
  readonly #clock: Clock;
  #memory: Buffer = Buffer.alloc(0);
  #at = 0;
  /** How far the record that was written last reaches without its original, in bytes. */
  fieldsLength = 0;

  readonly #counting: Counting;
  readonly #isText = new Uint8Array(fieldNames.length);
  #written = { from: 0, to: 0, bytes: 0, lines: 1 };

  constructor(writer: BatchWriter, clock: Clock, counting: Counting) {
    this.#writer = writer;
    this.#clock = clock;
    this.#counting = counting;
  }

  /** Writes the entry whose fields the scanner holds; the time is what the clock read last. */
  write(entry: Entry, parts: FixedParts, scanner: LineScanner, texts?: Texts): void {
    this.#memory = this.#writer.reserve(fixedBytes + partsLength(parts) + growth * (entry.to - entry.from) + textLength(texts));
    this.#at = this.#writer.used;
    this.#copy(recordStart);
    this.#copy(this.#clock.text);
    this.#copy(parts.source[this.#clock.quality] ?? recordStart);
    this.#number(entry.offset);
    this.#copy(parts.part);
    let last = head;
    const { held: kinds } = scanner.slots;
    this.#mark(texts);
    for (let slot = 0; slot < fieldNames.length; slot++) {
      const isText = this.#isText[slot] === 1;
      if (!isText && kinds[slot] === held.nothing) continue;
      const text = isText ? texts?.get(slot) : undefined;
      this.#copy(glueBetween(last, slot));
      if (text !== undefined) this.#at += this.#text(text);
      else this.#value(entry.scanned ?? entry.bytes, scanner, slot);
      last = slot;
    }
    const fields = { from: this.#writer.used, to: this.#at };
    this.fieldsLength = fields.to - fields.from;
    this.#copy(glueBetween(last, tail));
    this.#quoted(entry.bytes, entry.from, entry.to);
    this.#memory[this.#at++] = 0x7d;
    this.#memory[this.#at++] = 0x0a;
    this.#writer.advance(this.#at);
    this.#written = { from: fields.from, to: fields.to, bytes: entry.to - entry.from + 1, lines: entry.lines ?? 1 };
  }

  /** Counts the record that was written last, which must stand where it was written. */
  count(): void {
    this.#counting.count(this.#memory, this.#written, this.#written);
  }

  /** Notes which slots have texts: to ask for that of each slot would cost more than all else. */
  #mark(texts: Texts | undefined): void {
    this.#isText.fill(0);
    if (texts !== undefined) for (const slot of texts.keys()) this.#isText[slot] = 1;
  }

  #value(bytes: Uint8Array, scanner: LineScanner, slot: number): void {
    const { slots } = scanner;
    const from = numberAt(slots.from, slot);
    const to = numberAt(slots.to, slot);
    const kind = slots.held[slot];
    if (kind === held.text) this.#quoted(bytes, from, to);
    else if (kind === held.session) this.#quoted(scanner.sessions.bytes, from, to);
    else this.#raw(kind === held.json ? scanner.pool : bytes, from, to);
  }

  #raw(bytes: Uint8Array, from: number, to: number): void {
    const memory = this.#memory;
    let at = this.#at;
    for (let index = from; index < to; index++) memory[at++] = byteAt(bytes, index);
    this.#at = at;
  }

  #copy(bytes: Uint8Array): void {
    this.#raw(bytes, 0, bytes.length);
  }

  #quoted(bytes: Uint8Array, from: number, to: number): void {
    const memory = this.#memory;
    let at = this.#at;
    memory[at++] = 0x22;
    for (let index = from; index < to; index++) {
      const byte = byteAt(bytes, index);
      if (byte < 0x20 || byte === 0x22 || byte === 0x5c) at = writeEscape(memory, at, byte);
      else memory[at++] = byte;
    }
    memory[at++] = 0x22;
    this.#at = at;
  }

  #text(text: string): number {
    return this.#memory.write(text, this.#at);
  }

  #number(value: number): void {
    this.#at += this.#text(String(value));
  }
}

/** The part of a record between its time and its offset, for each quality of time. */
export function sourceParts(source: string): readonly Uint8Array[] {
  return qualityNames.map((quality) => {
    const note = quality === undefined ? '' : `,"timestamp_quality":"${quality}"`;
    return Uint8Array.from(Buffer.from(`"${note},"log":{"source":${JSON.stringify(source)},"offset":`));
  });
}

/** The part of a record behind its offset: how it was read. */
export function formatPart(format: string, dataset: string | undefined): Uint8Array {
  const about = dataset === undefined ? '' : `,"dataset":${JSON.stringify(dataset)}`;
  return Uint8Array.from(Buffer.from(`,"format":${JSON.stringify(format)}${about}`));
}

const hex = Buffer.from('0123456789abcdef');
const shortEscapes = new Map([
  [0x08, 0x62],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0c, 0x66],
  [0x0d, 0x72],
  [0x22, 0x22],
  [0x5c, 0x5c],
]);

/** Source: RFC 8259 §7. */
function writeEscape(memory: Uint8Array, start: number, byte: number): number {
  let at = start;
  memory[at++] = 0x5c;
  const short = byte === 0x22 || byte === 0x5c ? byte : shortEscapes.get(byte);
  if (short !== undefined) {
    memory[at++] = short;
    return at;
  }
  memory[at++] = 0x75;
  memory[at++] = 0x30;
  memory[at++] = 0x30;
  memory[at++] = byteAt(hex, byte >> 4);
  memory[at++] = byteAt(hex, byte & 15);
  return at;
}

/** How many bytes the fixed parts of a record take at most. */
function partsLength({ source, part }: FixedParts): number {
  let longest = 0;
  for (const { length } of source) longest = Math.max(longest, length);
  return part.length + longest;
}

function textLength(texts: Texts | undefined): number {
  let length = 0;
  for (const text of texts?.values() ?? []) length += 3 * text.length;
  return length;
}
