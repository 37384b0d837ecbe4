import { fieldNames, slotOf } from '../fields.ts';
import type { Clock } from '../time/clock.ts';
import { byteAt, isDigit, numberAt } from '../time/digits.ts';
import { isHostName, isIp, unmapped } from './address.ts';
import { type Image, operation as op, stepSize } from './program.ts';
import {
  closingQuote,
  endOfBlanks,
  endOfStructuredData,
  endOfWord,
  firstByte,
  firstPlace,
  lastPlace,
  type Needle,
  schemeEnd,
  standsAt,
} from './search.ts';

/*
 * Hot path: executes scan programs over bytes. It makes no strings and no objects: what it finds are places in the line,
 * and the record writer copies from there. Measured at 1.5 times the speed of the same reading with strings.
 *
 * The cost is linear: a step reads its stretch of the line once, a choice is tried once where it stands, and programs have
 * no loops, so a line costs at most its length times the steps of a program.
 */

/** What a slot holds. */
export const held = {
  nothing: 0,
  /** Text of the line: `from` to `to`. */
  text: 1,
  /** Digits of the line. */
  digits: 2,
  /** JSON of the pool: `from` to `to`. */
  json: 3,
} as const;

const failed = -1;
const maxDigits = 15;
const deepest = 32;
const messageSlot = slotOf('message');
const processSlot = slotOf('process.name');
const prioritySlot = slotOf('log.syslog.priority');
const levelSlot = slotOf('log.level');
const domainSlot = slotOf('url.domain');
const pathSlot = slotOf('url.path');
const querySlot = slotOf('url.query');

/** Where to go on when a choice fails. */
interface Choice {
  step: number;
  at: number;
  limit: number;
  trail: number;
  entered: number;
  calls: number;
}

/** What the last scan found: for each slot what it holds and where. */
export class Scanner {
  readonly held = new Uint8Array(fieldNames.length);
  readonly from = new Int32Array(fieldNames.length);
  readonly to = new Int32Array(fieldNames.length);
  readonly pool: Uint8Array;
  /** True when a time stood in the line; the clock holds it. */
  hasTime = false;
  readonly #image: Image;
  readonly #clock: Clock;
  readonly #needle: Needle;
  readonly #choices: Choice[] = Array.from({ length: deepest }, () => ({
    step: 0,
    at: 0,
    limit: 0,
    trail: 0,
    entered: 0,
    calls: 0,
  }));
  /** What each slot held before it was given something else: slot, kind, from and to. */
  #trail = new Int32Array(16 * fieldNames.length);
  readonly #limits = new Int32Array(deepest);
  readonly #calls = new Int32Array(deepest);
  #trailLength = 0;
  #choiceCount = 0;
  #entered = 0;
  #callCount = 0;
  /** The stretch that was read last. */
  #lastFrom = 0;
  #lastTo = 0;
  #limit = 0;
  #step = 0;
  #bytes: Uint8Array = new Uint8Array();

  constructor(image: Image, clock: Clock) {
    this.#image = image;
    this.#clock = clock;
    this.pool = image.pool;
    this.#needle = { pool: image.pool, at: 0, length: 0 };
  }

  /** Reads a line by the program that starts at `entry`; false where it does not match. */
  scan(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    this.clear();
    this.#choiceCount = this.#entered = this.#callCount = 0;
    this.#limit = to;
    this.#step = entry;
    this.#bytes = bytes;
    this.hasTime = false;
    const { code } = this.#image;
    let at = from;
    while (numberAt(code, this.#step) !== op.match) {
      const step = this.#step;
      this.#step = step + stepSize;
      at = this.#execute(numberAt(code, step), at, step);
      if (at < 0) at = this.#goBack();
      if (at < 0) return false;
    }
    return true;
  }

  /** Forgets what was found. */
  clear(): void {
    this.#undo(0);
  }

  /** Gives a slot a stretch of the line. */
  #hold(slot: number, kind: number, from: number, to: number): void {
    this.#remember(slot);
    this.held[slot] = kind;
    this.from[slot] = from;
    this.to[slot] = to;
  }

  #execute(operation: number, at: number, step: number): number {
    const { code } = this.#image;
    const a = numberAt(code, step + 1);
    switch (operation) {
      case op.literal:
        return standsAt(this.#bytes, at, this.#limit, this.#wanted(a, numberAt(code, step + 2)))
          ? at + this.#needle.length
          : failed;
      case op.first:
        return this.#text(
          a,
          at,
          firstPlace(this.#bytes, at, this.#limit, this.#wanted(numberAt(code, step + 2), numberAt(code, step + 3))),
        );
      case op.last:
        return this.#text(
          a,
          at,
          lastPlace(this.#bytes, at, this.#limit, this.#wanted(numberAt(code, step + 2), numberAt(code, step + 3))),
        );
      case op.word: {
        const end = endOfWord(this.#bytes, at, this.#limit);
        return end === at ? failed : this.#text(a, at, end);
      }
      case op.quote:
        return this.#text(a, at, closingQuote(this.#bytes, at, this.#limit));
      case op.rest:
        return this.#text(a, at, this.#limit);
      case op.number:
        return this.#number(a, at);
      case op.stamp: {
        const behind = this.#clock.read(a, this.#bytes, at);
        if (behind > this.#limit) return failed;
        this.hasTime ||= behind >= 0;
        return behind;
      }
      case op.unlessByte:
        if (at >= this.#limit || byteAt(this.#bytes, at) !== a) this.#step = numberAt(code, step + 2);
        return at;
      case op.set:
        this.#hold(a, held.json, numberAt(code, step + 2), numberAt(code, step + 2) + numberAt(code, step + 3));
        return at;
      case op.choice:
        return this.#choose(a, at);
      case op.commit:
        this.#choiceCount--;
        this.#step = a;
        return at;
      case op.end:
        return at === this.#limit ? at : failed;
      default:
        return this.#executeRare(operation, at, step);
    }
  }

  #executeRare(operation: number, at: number, step: number): number {
    const { code } = this.#image;
    const a = numberAt(code, step + 1);
    switch (operation) {
      case op.address:
        return this.#address(a, numberAt(code, step + 2)) ? at : failed;
      case op.url:
        this.#splitUrl(this.#lastFrom, this.#lastTo);
        return at;
      case op.blanks:
        return endOfBlanks(this.#bytes, at, this.#limit);
      case op.structured:
        return this.#text(a, at, endOfStructuredData(this.#bytes, at, this.#limit));
      case op.lookup:
        return this.#lookup(a) || numberAt(code, step + 2) === 1 ? at : failed;
      case op.priority:
        return this.#priority() ? at : failed;
      case op.failTwice:
        this.#choiceCount--;
        return failed;
      case op.enter:
        this.#limits[this.#entered++] = this.#limit;
        this.#limit = this.#lastTo;
        return this.#lastFrom;
      case op.leave: {
        const behind = this.#limit;
        this.#limit = numberAt(this.#limits, --this.#entered);
        return behind;
      }
      case op.dataset:
        this.#callDataset();
        return at;
      case op.give:
        this.#step = numberAt(this.#calls, --this.#callCount);
        return at;
      default:
        return failed;
    }
  }

  #wanted(at: number, length: number): Needle {
    this.#needle.at = at;
    this.#needle.length = length;
    return this.#needle;
  }

  /** Takes a stretch as the text of a slot; `-` and nothing are no text. */
  #text(slot: number, from: number, to: number): number {
    if (to < 0) return failed;
    this.#lastFrom = from;
    this.#lastTo = to;
    const isText = to > from && (to - from > 1 || byteAt(this.#bytes, from) !== 0x2d);
    if (slot >= 0 && isText) this.#hold(slot, held.text, from, to);
    return to;
  }

  #number(slot: number, from: number): number {
    let at = from;
    while (at < this.#limit && isDigit(byteAt(this.#bytes, at))) at++;
    if (at === from) return at < this.#limit && byteAt(this.#bytes, at) === 0x2d ? at + 1 : failed;
    let first = from;
    while (first < at - 1 && byteAt(this.#bytes, first) === 0x30) first++;
    if (at - first > maxDigits) return failed;
    if (slot >= 0) this.#hold(slot, held.digits, first, at);
    return at;
  }

  #address(slot: number, nameSlot: number): boolean {
    const from = this.#lastFrom;
    const to = this.#lastTo;
    const bytes = this.#bytes;
    if (isIp(bytes, from, to)) {
      this.#hold(slot, held.text, unmapped(bytes, from, to), to);
      return true;
    }
    if (nameSlot < 0) return false;
    if (to - from === 1 && byteAt(bytes, from) === 0x2d) return true;
    if (!isHostName(bytes, from, to)) return false;
    this.#hold(nameSlot, held.text, from, to);
    return true;
  }

  /** Source: RFC 9112 §3.2: origin-form, absolute-form; of authority-form and asterisk-form only the whole is kept. */
  #splitUrl(from: number, to: number): void {
    const authority = schemeEnd(this.#bytes, from, to);
    let path = from;
    if (authority > 0) {
      path = firstByte(this.#bytes, authority, to, 0x2f);
      const port = firstByte(this.#bytes, authority, path, 0x3a);
      if (isHostName(this.#bytes, authority, port)) this.#hold(domainSlot, held.text, authority, port);
    } else if (byteAt(this.#bytes, from) !== 0x2f) return;
    const query = firstByte(this.#bytes, path, to, 0x3f);
    if (query > path) this.#hold(pathSlot, held.text, path, query);
    if (query + 1 < to) this.#hold(querySlot, held.text, query + 1, to);
  }

  #lookup(table: number): boolean {
    const word = latin1(this.#bytes, this.#lastFrom, this.#lastTo);
    const constants = this.#image.tables[table]?.get(word);
    if (constants === undefined) return false;
    for (const { slot, at, length } of constants) this.#hold(slot, held.json, at, at + length);
    return true;
  }

  /** Source: RFC 5424 §6.2.1: at most 191, and the level is the remainder by 8. */
  #priority(): boolean {
    if (this.held[prioritySlot] !== held.digits) return false;
    const value = Number(latin1(this.#bytes, numberAt(this.from, prioritySlot), numberAt(this.to, prioritySlot)));
    const level = this.#image.levels[value % 8];
    if (value > 191 || level === undefined) return false;
    this.#hold(levelSlot, held.json, level.at, level.at + level.length);
    return true;
  }

  #callDataset(): void {
    if (this.held[processSlot] !== held.text || this.held[messageSlot] !== held.text) return;
    const program = latin1(this.#bytes, numberAt(this.from, processSlot), numberAt(this.to, processSlot));
    const start = this.#image.datasets.get(program);
    if (start === undefined || this.#callCount >= deepest) return;
    this.#calls[this.#callCount++] = this.#step;
    this.#step = start;
  }

  #choose(step: number, at: number): number {
    const choice = this.#choices[this.#choiceCount];
    if (choice === undefined) return failed;
    this.#choiceCount++;
    choice.step = step;
    choice.at = at;
    choice.limit = this.#limit;
    choice.trail = this.#trailLength;
    choice.entered = this.#entered;
    choice.calls = this.#callCount;
    return at;
  }

  #goBack(): number {
    if (this.#choiceCount === 0) return failed;
    const choice = this.#choices[--this.#choiceCount];
    if (choice === undefined) return failed;
    this.#step = choice.step;
    this.#limit = choice.limit;
    this.#entered = choice.entered;
    this.#callCount = choice.calls;
    this.#undo(choice.trail);
    return choice.at;
  }

  #remember(slot: number): void {
    if (this.#trailLength + 4 > this.#trail.length) {
      const longer = new Int32Array(2 * this.#trail.length);
      longer.set(this.#trail);
      this.#trail = longer;
    }
    this.#trail[this.#trailLength] = slot;
    this.#trail[this.#trailLength + 1] = byteAt(this.held, slot);
    this.#trail[this.#trailLength + 2] = numberAt(this.from, slot);
    this.#trail[this.#trailLength + 3] = numberAt(this.to, slot);
    this.#trailLength += 4;
  }

  #undo(length: number): void {
    while (this.#trailLength > length) {
      this.#trailLength -= 4;
      const slot = numberAt(this.#trail, this.#trailLength);
      this.held[slot] = numberAt(this.#trail, this.#trailLength + 1);
      this.from[slot] = numberAt(this.#trail, this.#trailLength + 2);
      this.to[slot] = numberAt(this.#trail, this.#trailLength + 3);
    }
  }
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);
}
