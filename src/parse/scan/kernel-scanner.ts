import type { LinearMemory } from '../../io/linear-memory.ts';
import { fieldNames } from '../fields.ts';
import { slack } from '../slack.ts';
import type { Clock } from '../time/clock.ts';
import { byteAt, numberAt } from '../time/digits.ts';
import type { Fit, LineScanner } from './line-scanner.ts';
import { needsBytes } from './needs.ts';
import type { Scanner } from './scanner.ts';
import { held, Slots } from './slots.ts';
import type { Stretch } from './values.ts';

/*
 * Lines that the kernel cannot make records of, because code has a part in reading them, are still scanned by it: a message
 * that no program's dataset claims is tried on by hundreds of patterns, which takes the scanner of this folder 100 µs.
 */

/** What the kernel has for this; the names are those of ../kernel/index.ts. */
export interface ScanExports {
  readonly kindsAt: WebAssembly.Global<'i32'>;
  readonly placesAt: WebAssembly.Global<'i32'>;
  setSource(source: number): void;
  scanLine(entry: number, from: number, to: number): number;
  scanBehindName(entry: number, from: number, nameTo: number, to: number): number;
  heldTime(): number;
  firstFit(rows: number, count: number, start: number, from: number, to: number): number;
}

/** Where the kernel's things lie. */
export interface ScanPlaces {
  /** Room for a line, and what may be read behind it. */
  readonly lineAt: number;
  readonly lineBytes: number;
  /** Room for the rows of formats. */
  readonly rowsAt: number;
}

const timeBytes = 24;

/** Length of a format's row, in bytes. Source: ../kernel/fit.ts. */
export const fitBytes = 4 + needsBytes;

/** What is scanned with, besides the kernel. */
export interface Others {
  readonly scanner: Scanner;
  readonly clock: Clock;
  /** First step of the program that reads a message alone. */
  readonly message: number;
  readonly formats: readonly Fit[];
}

/** Scans with the kernel what fits into its memory, and with a scanner what does not. */
export class KernelScanner implements LineScanner {
  readonly #exports: ScanExports;
  readonly #memory: LinearMemory;
  readonly #places: ScanPlaces;
  readonly #others: Others;
  readonly #slots = new Slots();
  /** True when the last line was too long for the kernel. */
  #isOther = false;
  #source = 0;
  #hasTime = false;
  /** What `firstFit` has scanned with success, which need not be scanned again: first step and line; -1 for nothing. */
  #fitEntry = -1;
  #fitLine: Stretch = { bytes: new Uint8Array(), from: 0, to: 0 };

  constructor(exports: ScanExports, memory: LinearMemory, places: ScanPlaces, others: Others) {
    this.#exports = exports;
    this.#memory = memory;
    this.#places = places;
    this.#others = others;
    for (const [index, format] of others.formats.entries()) {
      const row = places.rowsAt + index * fitBytes;
      memory.ints[row >> 2] = entryOf(format);
      memory.bytes.set(format.needs, row + 4);
    }
  }

  get slots(): Slots {
    return this.#isOther ? this.#others.scanner.slots : this.#slots;
  }

  get pool(): Uint8Array {
    return this.#isOther ? this.#others.scanner.pool : this.#memory.bytes;
  }

  get sessions(): LineScanner['sessions'] {
    return this.#others.scanner.sessions;
  }

  get hasTime(): boolean {
    return this.#isOther ? this.#others.scanner.hasTime : this.#hasTime;
  }

  get source(): number {
    return this.#source;
  }

  set source(source: number) {
    this.#source = source;
    this.#others.scanner.source = source;
  }

  scan(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    const isScanned = entry === this.#fitEntry && this.#isFitLine(bytes, from, to);
    this.#fitEntry = -1;
    if (isScanned) return this.#take(this.#exports.heldTime(), from);
    if (!this.#bring(bytes, from, to)) return this.#others.scanner.scan(entry, bytes, from, to);
    const { lineAt } = this.#places;
    return this.#take(this.#exports.scanLine(entry, lineAt, lineAt + to - from), from);
  }

  #isFitLine(bytes: Uint8Array, from: number, to: number): boolean {
    const line = this.#fitLine;
    return line.bytes === bytes && line.from === from && line.to === to;
  }

  scanMessage(bytes: Uint8Array, nameLength: number, to: number): void {
    this.#fitEntry = -1;
    if (!this.#bring(bytes, 0, to)) {
      this.#others.scanner.scanMessage(bytes, nameLength, to);
      return;
    }
    const { lineAt } = this.#places;
    this.#take(this.#exports.scanBehindName(this.#others.message, lineAt, lineAt + nameLength, lineAt + to), 0);
  }

  firstFit(start: number, line: Stretch): number {
    const { bytes, from, to } = line;
    this.#fitEntry = -1;
    if (!this.#bring(bytes, from, to)) return start;
    const { lineAt, rowsAt } = this.#places;
    const { formats } = this.#others;
    const index = this.#exports.firstFit(rowsAt, formats.length, start, lineAt, lineAt + to - from);
    const found = formats[index];
    if (found !== undefined) this.#fitEntry = entryOf(found);
    this.#fitLine = line;
    return index;
  }

  #bring(bytes: Uint8Array, from: number, to: number): boolean {
    const { lineAt, lineBytes } = this.#places;
    const length = to - from;
    this.#isOther = length > lineBytes;
    if (this.#isOther) return false;
    const memory = this.#memory.bytes;
    // What is behind the line is looked at as the scanner does.
    memory.fill(0, lineAt + length, lineAt + length + slack);
    memory.set(bytes.subarray(from, to + slack), lineAt);
    this.#exports.setSource(this.#source);
    return true;
  }

  /** Takes over what the kernel has found in a line that stood at `from`. */
  #take(time: number, from: number): boolean {
    const { bytes, ints } = this.#memory;
    const { lineAt } = this.#places;
    if (time < 0) return false;
    this.#hasTime = time > 0;
    if (this.#hasTime) this.#others.clock.put(bytes.subarray(time, time + timeBytes), numberAt(ints, (time + timeBytes) >> 2));
    const kinds = this.#exports.kindsAt.value;
    const places = this.#exports.placesAt.value >> 2;
    const slots = this.#slots;
    slots.held.fill(held.nothing);
    for (let slot = 0; slot < fieldNames.length; slot++) {
      // Most hold nothing: four are looked at together.
      if ((slot & 3) === 0 && numberAt(ints, (kinds + slot) >> 2) === 0) {
        slot += 3;
        continue;
      }
      const kind = byteAt(bytes, kinds + slot);
      if (kind === held.nothing) continue;
      const at = numberAt(ints, places + 2 * slot);
      const end = numberAt(ints, places + 2 * slot + 1);
      const isInLine = kind !== held.json && at >= lineAt;
      slots.held[slot] = isInLine || kind === held.json ? kind : held.session;
      slots.from[slot] = isInLine ? at - lineAt + from : at;
      slots.to[slot] = isInLine ? end - lineAt + from : end;
    }
    return true;
  }
}

/** First step of what its lines must match; -1 for nothing. */
function entryOf({ program, guard }: Fit): number {
  return program >= 0 ? program : guard;
}
