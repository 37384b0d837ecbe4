import { type CompiledFormat, datasetOf, type ForScanner } from './compiled.ts';
import { type FieldName, slotOf } from './fields.ts';
import type { Reading } from './format.ts';
import { keptFields, looksLikeLine, withoutColours } from './inside.ts';
import { keyOf } from './join/key.ts';
import { Memories } from './memories.ts';
import { type ByteSet, hasByte } from './scan/first-bytes.ts';
import { heldIn } from './scan/held-in.ts';
import type { LineScanner } from './scan/line-scanner.ts';
import type { Image } from './scan/program.ts';
import { held } from './scan/slots.ts';
import type { Stretch } from './scan/values.ts';
import { padded, slack } from './slack.ts';
import { endOfText, extended, textOf } from './stretch-text.ts';
import { apartMs, type Clock, quality } from './time/clock.ts';
import { byteAt, numberAt } from './time/digits.ts';
import { stampShapes } from './time/shapes.ts';

/*
 * Reads one entry by one format, and what it carries by all of them: the output of a container, a message that is a line of
 * another log. The outer format's program is the one that the server's own words name; what a line says of itself is
 * believed only where nobody else has said it.
 */

/** The shapes of times that a format's own code gives as text, the likelier first. */
const textShapes = (['iso', 'anyWithTail', 'any'] as const).map((shape) => stampShapes.indexOf(shape));

/** Lines in lines that are looked into. */
const deepest = 4;

/** What the line inside cannot say otherwise, once the line around it names the program. */
const certain: readonly FieldName[] = ['host.name', 'process.name', 'process.pid'];
/** How far a time inside may be from the one around it, in ms: a program writes its line when it says it. */
const mostApartMs = 3_600_000;

const messageSlot = slotOf('message');
const levelSlot = slotOf('log.level');
const datasetSlot = slotOf('log.dataset');
const processSlot = slotOf('process.name');
const lineFeed = 0x0a;

/** What is kept of the line around another. */
interface Outer {
  readonly fields: ReadonlyMap<number, string>;
  readonly time: Buffer;
  readonly quality: number;
}

/** What one format alone has found. */
interface ReadAlone {
  readonly isUnsure: boolean;
  readonly piece: Reading['piece'];
}

/** What an entry is read with. */
interface Tools {
  readonly scanner: LineScanner;
  readonly clock: Clock;
}

/** Reads entries. What was read last stands in its scanner, its clock and here. */
export class EntryReader {
  /** Fields that are not places in the line, as JSON by slot. */
  readonly texts = new Map<number, string>();
  /** What the scanner's places are in. */
  bytes: Uint8Array = new Uint8Array();
  /** The formats that have read it, the outermost first. */
  chain: readonly CompiledFormat[] = [];
  /** The values of its format's `by`, and the message, as the outermost format has found them. */
  key = '';
  carried: Stretch | undefined;
  /** Whether it is a piece of a line. */
  piece: Reading['piece'];
  /** The name of the source that it comes from, and what is remembered of it. */
  source = '';
  memories = new Memories();
  /** What the format that read last keeps of the source: more than others can see in its lines. */
  memory: string | undefined;
  /** True when the clock holds a time that stood in the entry. */
  hasTime = false;
  readonly scanner: LineScanner;
  readonly #clock: Clock;
  readonly #formats: readonly CompiledFormat[];
  readonly #image: Image;
  readonly #code: ForScanner['code'];
  /** The formats' rules of joining, by their names. */
  readonly rules: ForScanner['rules'];
  #more = '';

  constructor(formats: readonly CompiledFormat[], { image, code, rules }: ForScanner, { scanner, clock }: Tools) {
    this.#formats = formats;
    this.#image = image;
    this.#code = code;
    this.rules = rules;
    this.scanner = scanner;
    this.#clock = clock;
  }

  /** Reads an entry by a format; false when it is none of its. `more` goes on with its message. */
  read(format: CompiledFormat, line: Stretch, more = ''): boolean {
    this.#more = more;
    return this.#read(format, line, []);
  }

  /** Tells whether a format reads a text. */
  readsText(format: CompiledFormat, text: string): boolean {
    const bytes = Buffer.from(text);
    return this.read(format, { bytes: padded(bytes), from: 0, to: bytes.length });
  }

  /** The first of the formats, or of candidates in their order, for which `reads` holds; those that cannot read the line are passed over. */
  find<One extends { readonly firstBytes: ByteSet }>(
    ones: readonly One[],
    line: Stretch,
    reads: (one: One) => boolean,
  ): One | undefined {
    const first = byteAt(line.bytes, line.from);
    // What a format knows of a source is not in its guard.
    const canPassOver = ones.length === this.#formats.length && !this.memories.hold;
    for (let index = 0; index < ones.length; index++) {
      if (canPassOver) index = this.scanner.firstFit(index, line);
      const one = ones[index];
      if (one !== undefined && hasByte(one.firstBytes, first) && reads(one)) return one;
    }
    return undefined;
  }

  #read(format: CompiledFormat, line: Stretch, around: readonly CompiledFormat[]): boolean {
    const reading = this.#readAlone(format, line);
    if (reading === undefined) return false;
    this.chain = [...around, format];
    if (around.length === 0) this.#note(format, reading);
    const found = this.chain.length > deepest ? undefined : this.#lineIn(format);
    const message = found === undefined || around.length > 0 ? found : extended(found, this.#more);
    if (message === undefined) {
      if (around.length === 0) this.#extendMessage();
      return !reading.isUnsure;
    }
    if (this.#readInside(message, this.chain)) {
      // The message of syslog is its message, also where its fields say all.
      if (format.holds === 'messages' && this.#field(messageSlot) === undefined)
        this.texts.set(messageSlot, JSON.stringify(textOf(message)));
      return true;
    }
    if (reading.isUnsure) return false;
    // Others have tried: as it was before.
    this.#readAlone(format, line);
    this.chain = [...around, format];
    if (around.length === 0) this.#extendMessage();
    return true;
  }

  /** Keeps what tells whether further lines go on with this one. */
  #note({ by }: CompiledFormat, { piece }: ReadAlone): void {
    const { slots } = this.scanner;
    const [from, to] = [numberAt(slots.from, messageSlot), numberAt(slots.to, messageSlot)];
    this.carried = slots.held[messageSlot] === held.text ? { bytes: this.bytes, from, to } : undefined;
    this.piece = piece;
    this.key = by === undefined ? '' : keyOf(by, (field) => this.#field(slotOf(field)));
  }

  #extendMessage(): void {
    if (this.#more === '') return;
    const text = this.carried === undefined ? '' : textOf(this.carried);
    this.texts.set(messageSlot, JSON.stringify(`${text}${this.#more}`.trim()));
  }

  /** Reads an entry without a look into its message. */
  #readAlone(format: CompiledFormat, { bytes, from, to }: Stretch): ReadAlone | undefined {
    this.texts.clear();
    this.memory = undefined;
    const read = this.#code.get(format.name);
    if (read === undefined) {
      if (!this.scanner.scan(format.program, bytes, from, to)) return undefined;
      this.bytes = bytes;
      this.hasTime = this.scanner.hasTime;
      return { isUnsure: false, piece: undefined };
    }
    const memory = this.memories.of(format.name);
    // A format that knows a source by its header knows more than its guard.
    if (memory.text === undefined && format.guard >= 0 && !this.scanner.scan(format.guard, bytes, from, to)) return undefined;
    const reading = read(textOf({ bytes, from, to }), memory);
    this.memory = memory.text;
    if (reading === undefined) return undefined;
    this.#readMessage(reading.fields.get('process.name'), reading.fields.get('message'));
    for (const [field, value] of reading.fields) this.texts.set(slotOf(field), JSON.stringify(value));
    this.hasTime = this.#takeTime(reading);
    return { isUnsure: reading.isOnlyAround === true, piece: reading.piece };
  }

  /** Lets the program's dataset read a message that came in other clothes. */
  #readMessage(program: unknown, message: unknown): void {
    const name = typeof program === 'string' ? program : '';
    const text = typeof message === 'string' ? message : '';
    const bytes = Buffer.allocUnsafe(Buffer.byteLength(name) + Buffer.byteLength(text) + 1 + slack);
    const nameTo = bytes.write(name);
    bytes[nameTo] = lineFeed;
    const textTo = nameTo + 1 + bytes.write(text, nameTo + 1);
    bytes.fill(0, textTo, textTo + slack);
    this.bytes = bytes;
    this.scanner.scanMessage(bytes, nameTo, textTo);
  }

  #takeTime({ timeMs, timeText }: Reading): boolean {
    if (timeMs !== undefined && this.#clock.take(timeMs, quality.exact)) return true;
    if (timeText === undefined) return false;
    const bytes = padded(Buffer.from(timeText));
    return textShapes.some((shape) => this.#clock.read(shape, bytes, 0) > 0);
  }

  /** The message, where it is a line of another log: not one of a program whose dataset knows it. */
  #lineIn({ holds }: CompiledFormat): Stretch | undefined {
    const { slots } = this.scanner;
    if (holds === undefined || slots.held[messageSlot] !== held.text) return undefined;
    const line = { bytes: this.bytes, from: numberAt(slots.from, messageSlot), to: numberAt(slots.to, messageSlot) };
    if (holds === 'lines') return this.#isKnown(this.#field(processSlot)) ? undefined : line;
    return this.#field(datasetSlot) === undefined && looksLikeLine(line) ? line : undefined;
  }

  /** Tells whether a dataset knows what a program says, by its name in JSON. */
  #isKnown(program: string | undefined): boolean {
    return program !== undefined && this.#image.datasets.has(String(JSON.parse(program)));
  }

  #readInside(message: Stretch, around: readonly CompiledFormat[]): boolean {
    const text = withoutColours(message, true) ?? message.bytes.subarray(message.from, message.to);
    const line = { bytes: padded(text), from: 0, to: endOfText(text) };
    const outer = {
      fields: this.#fields(keptFields),
      time: Buffer.from(this.#clock.text),
      quality: this.hasTime ? this.#clock.quality : quality.observed,
    };
    const outermost = around[0];
    const last = outermost === undefined || around.length > 1 ? undefined : this.memories.inside.get(outermost);
    const reads = (format: CompiledFormat): boolean =>
      format.rank > 0 && !around.includes(format) && this.#read(format, line, around) && this.#agrees(outer);
    const found = last !== undefined && reads(last) ? last : this.find(this.#formats, line, (one) => one !== last && reads(one));
    if (found === undefined) return false;
    if (outermost !== undefined && around.length === 1 && found.isSticky) this.memories.inside.set(outermost, found);
    this.#nameDataset(found);
    this.#merge(outer);
    return true;
  }

  /** A line cannot pass itself off as that of another program, when what is around it names the program. */
  #agrees({ fields }: Outer): boolean {
    const outside = fields.get(processSlot);
    const inside = outside === undefined ? undefined : this.#field(processSlot);
    return inside === outside || !this.#isKnown(inside);
  }

  #nameDataset(format: CompiledFormat): void {
    const dataset = datasetOf(format, this.source);
    if (this.#field(datasetSlot) === undefined && dataset !== undefined) this.texts.set(datasetSlot, JSON.stringify(dataset));
  }

  #merge(outer: Outer): void {
    const isNamed = outer.fields.has(processSlot);
    for (const [slot, value] of outer.fields) {
      const isCertain = isNamed && certainSlots.has(slot);
      if (isCertain || this.#field(slot) === undefined) this.texts.set(slot, value);
    }
    if (outer.quality === quality.observed) return;
    const isOff = outer.quality === quality.exact && apartMs(this.#clock.text, outer.time) > mostApartMs;
    if (this.hasTime && this.#clock.quality <= outer.quality && !isOff) return;
    this.#clock.put(outer.time, outer.quality);
    this.hasTime = true;
  }

  #fields(names: readonly FieldName[]): ReadonlyMap<number, string> {
    const fields = new Map<number, string>();
    for (const slot of names.map(slotOf)) {
      const value = this.#field(slot);
      if (value !== undefined) fields.set(slot, value);
    }
    return fields;
  }

  /** The level of what was read last, as JSON. */
  get level(): string | undefined {
    return this.#field(levelSlot);
  }

  /** What a field holds, as JSON. */
  #field(slot: number): string | undefined {
    return this.texts.get(slot) ?? heldIn(this.scanner, this.bytes, slot)?.json;
  }
}

const certainSlots: ReadonlySet<number> = new Set(certain.map(slotOf));
