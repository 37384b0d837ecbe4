import { slotOf } from '../fields.ts';
import type { Clock } from '../time/clock.ts';
import { byteAt, numberAt } from '../time/digits.ts';
import { Flow } from './flow.ts';
import type { LineScanner } from './line-scanner.ts';
import { PairRuns } from './pair-runs.ts';
import { type Image, operation as op, stepSize } from './program.ts';
import {
  closingQuote,
  endOfBlanks,
  endOfStructuredData,
  endOfWord,
  firstOfAny,
  firstPlace,
  lastPlace,
  latin1,
  type Needle,
  standsAt,
} from './search.ts';
import { Sessions, sessionStart } from './sessions.ts';
import { held, Slots } from './slots.ts';
import { Times } from './times.ts';
import { holdAddress, holdNumber, holdPriority, holdUrlParts, type Stretch } from './values.ts';

/*
 * Executes scan programs over bytes; what it finds are places in the line. The reference for ../kernel, which is faster.
 * The cost is linear: a choice is tried once where it stands, and programs have no loops but runs of pairs, which only go
 * forward: a line costs at most its length times the steps of a program.
 */

const failed = -1;
const messageSlot = slotOf('message');
const processSlot = slotOf('process.name');

/** The scanner in plain TypeScript. */
export class Scanner implements LineScanner {
  readonly slots = new Slots();
  readonly #flow = new Flow(this.slots);
  readonly sessions: Sessions;
  source = 0;
  readonly pool: Uint8Array;
  hasTime = false;
  readonly #times: Times;
  /** How far into the line the program came. */
  furthest = 0;
  readonly #image: Image;
  readonly #clock: Clock;
  readonly #needle: Needle;
  #lastFrom = 0;
  #lastTo = 0;
  readonly #pairs = new PairRuns();
  #bytes: Uint8Array = new Uint8Array();

  constructor(image: Image, clock: Clock, sessions = new Sessions()) {
    this.sessions = sessions;
    this.#image = image;
    this.#clock = clock;
    this.#times = new Times(this.slots, clock);
    this.pool = image.pool;
    this.#needle = { pool: image.pool, at: 0, length: 0 };
  }

  scan(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    this.slots.undo(0);
    return this.#scan(entry, bytes, from, to);
  }

  scanMessage(bytes: Uint8Array, nameLength: number, to: number): void {
    this.slots.undo(0);
    if (nameLength > 0) this.slots.hold(processSlot, held.text, 0, nameLength);
    this.#scan(this.#image.message, bytes, nameLength + 1, to);
  }

  /** All may: to find out is to read it. */
  firstFit(start: number): number {
    return start;
  }

  #scan(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    this.#flow.start(entry, to);
    this.#bytes = bytes;
    this.furthest = from;
    this.#pairs.clear();
    const { code } = this.#image;
    let at = from;
    while (numberAt(code, this.#flow.step) !== op.match) {
      const step = this.#flow.step;
      this.#flow.step = step + stepSize;
      at = this.#execute(numberAt(code, step), at, step);
      this.furthest = Math.max(this.furthest, at);
      if (at < 0) at = this.#flow.goBack();
      if (at < 0) return false;
    }
    this.hasTime = this.#times.settle();
    return true;
  }

  #execute(operation: number, at: number, step: number): number {
    const { code } = this.#image;
    const a = numberAt(code, step + 1);
    switch (operation) {
      case op.literal:
        return standsAt(this.#bytes, at, this.#flow.limit, this.#wanted(a, numberAt(code, step + 2)))
          ? at + this.#needle.length
          : failed;
      case op.first:
        return this.#text(
          a,
          at,
          firstPlace(this.#bytes, at, this.#flow.limit, this.#wanted(numberAt(code, step + 2), numberAt(code, step + 3))),
        );
      case op.last:
        return this.#text(
          a,
          at,
          lastPlace(this.#bytes, at, this.#flow.limit, this.#wanted(numberAt(code, step + 2), numberAt(code, step + 3))),
        );
      case op.word: {
        const end = endOfWord(this.#bytes, at, this.#flow.limit);
        return end === at ? failed : this.#text(a, at, end);
      }
      case op.quote:
        return this.#text(a, at, closingQuote(this.#bytes, at, this.#flow.limit));
      case op.rest:
        return this.#text(a, at, this.#flow.limit);
      case op.number:
        return holdNumber(this.slots, { bytes: this.#bytes, from: at, to: this.#flow.limit }, a);
      case op.stamp: {
        const behind = this.#clock.read(a, this.#bytes, at);
        if (behind > this.#flow.limit) return failed;
        if (behind >= 0) this.#times.hold();
        return behind;
      }
      case op.unlessByte:
        if (at >= this.#flow.limit || byteAt(this.#bytes, at) !== a) this.#flow.step = numberAt(code, step + 2);
        return at;
      case op.set:
        this.slots.hold(a, held.json, numberAt(code, step + 2), numberAt(code, step + 2) + numberAt(code, step + 3));
        return at;
      case op.choice:
        return this.#flow.choose(a, at) ? at : failed;
      case op.commit:
        this.#flow.commit();
        this.#flow.step = a;
        return at;
      case op.end:
        return at === this.#flow.limit ? at : failed;
      default:
        return this.#executeRare(operation, at, step);
    }
  }

  #executeRare(operation: number, at: number, step: number): number {
    const { code } = this.#image;
    const a = numberAt(code, step + 1);
    switch (operation) {
      case op.address:
        return holdAddress(this.slots, this.#lastStretch(), [a, numberAt(code, step + 2)]) ? at : failed;
      case op.url:
        holdUrlParts(this.slots, this.#lastStretch());
        return at;
      case op.blanks:
        return endOfBlanks(this.#bytes, at, this.#flow.limit);
      case op.stops: {
        const end = firstOfAny(
          this.#bytes,
          at,
          this.#flow.limit,
          this.#wanted(numberAt(code, step + 2), numberAt(code, step + 3)),
        );
        return end === at ? failed : this.#text(a, at, end);
      }
      case op.pairs:
        return this.#nextPair(at, step);
      case op.endPair:
        return this.#flow.leavePair();
      case op.goTo:
        this.#flow.step = a;
        return at;
      case op.structured:
        return this.#text(a, at, endOfStructuredData(this.#bytes, at, this.#flow.limit));
      case op.lookup:
        return this.#lookup(a) || numberAt(code, step + 2) === 1 ? at : failed;
      case op.priority:
        return holdPriority(this.slots, this.#bytes, this.#image.levels) ? at : failed;
      case op.failTwice:
        this.#flow.commit();
        return failed;
      case op.enter:
        this.#flow.enter(this.#lastTo);
        return this.#lastFrom;
      case op.leave:
        return this.#flow.leave();
      case op.dataset:
        this.#callDataset();
        return at;
      case op.call:
        return this.#flow.call(a) ? at : failed;
      case op.recall:
        this.sessions.recall(
          { slots: this.slots, bytes: this.#bytes, truth: this.#image.truth },
          a,
          sessionStart(step, this.source),
        );
        return at;
      case op.fallback:
        this.#flow.call(this.#image.fallback);
        return at;
      case op.give:
        this.#flow.give();
        return at;
      default:
        return this.#executeFused(operation, at, step);
    }
  }

  /** Steps that do what others do in several. */
  #executeFused(operation: number, at: number, step: number): number {
    const { code } = this.#image;
    const { limit } = this.#flow;
    const a = numberAt(code, step + 1);
    const b = numberAt(code, step + 2);
    const c = numberAt(code, step + 3);
    switch (operation) {
      case op.dispatch:
        this.#flow.step = numberAt(
          this.#image.targets,
          b + byteAt(this.#image.classes, a + (at < limit ? byteAt(this.#bytes, at) : 256)),
        );
        return at;
      case op.attempt:
        // The grams spare the kernel attempts; without them the outcome is the same.
        if (!this.#flow.choose(b, at)) return failed;
        this.#flow.step = a;
        return at;
      case op.firstPast:
        return this.#text(a, at, firstPlace(this.#bytes, at, limit, this.#wanted(b, c)), c);
      case op.lastPast:
        return this.#text(a, at, lastPlace(this.#bytes, at, limit, this.#wanted(b, c)), c);
      case op.wordPast: {
        const end = endOfWord(this.#bytes, at, limit);
        return end === at || end === limit ? failed : this.#text(a, at, end, 1);
      }
      case op.ifEnd:
        if (at === limit) this.#flow.step = a;
        return at;
      case op.ifLiteral:
        if (!standsAt(this.#bytes, at, limit, this.#wanted(a, b))) return at;
        this.#flow.step = c;
        return at + b;
      default:
        return failed;
    }
  }

  #wanted(at: number, length: number): Needle {
    this.#needle.at = at;
    this.#needle.length = length;
    return this.#needle;
  }

  /** Takes a stretch as the text of a slot; `-` and nothing are no text. Gives the place so far behind it. */
  #text(slot: number, from: number, to: number, past = 0): number {
    if (to < 0) return failed;
    this.#lastFrom = from;
    this.#lastTo = to;
    const isText = to > from && (to - from > 1 || byteAt(this.#bytes, from) !== 0x2d);
    if (slot >= 0 && isText) this.slots.hold(slot, held.text, from, to);
    return to + past;
  }

  #lastStretch(): Stretch {
    return { bytes: this.#bytes, from: this.#lastFrom, to: this.#lastTo };
  }

  #lookup(table: number): boolean {
    const word = latin1(this.#bytes, this.#lastFrom, this.#lastTo);
    const constants = this.#image.tables[table]?.get(word);
    if (constants === undefined) return false;
    for (const { slot, at, length } of constants) this.slots.hold(slot, held.json, at, at + length);
    return true;
  }

  #callDataset(): void {
    if (this.slots.held[messageSlot] !== held.text) return;
    const hasProgram = this.slots.held[processSlot] === held.text;
    const from = hasProgram ? numberAt(this.slots.from, processSlot) : 0;
    const to = hasProgram ? numberAt(this.slots.to, processSlot) : 0;
    this.#flow.call(this.#image.datasets.get(latin1(this.#bytes, from, to)) ?? this.#image.fallback);
  }

  /** Goes to the step of the next known key, with its value entered; behind the run when there is none. */
  #nextPair(from: number, step: number): number {
    const { code, keys } = this.#image;
    const run = { starts: keys[numberAt(code, step + 1)], parting: numberAt(code, step + 2) };
    const start = this.#pairs.next(this.#bytes, from, this.#flow.limit, run);
    if (start === undefined) return this.#flow.limit;
    return this.#flow.enterPair(step, start, this.#pairs.pair) ? this.#pairs.pair.from : failed;
  }
}
