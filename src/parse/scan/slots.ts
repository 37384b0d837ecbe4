import { fieldNames } from '../fields.ts';
import { byteAt, numberAt } from '../time/digits.ts';

/** What a slot holds. */
export const held = {
  nothing: 0,
  /** Text of the line: `from` to `to`. */
  text: 1,
  /** Digits of the line. */
  digits: 2,
  /** JSON of the pool: `from` to `to`. */
  json: 3,
  /** Text of the sessions' table: `from` to `to`. */
  session: 4,
} as const;

/** The slot of the time, behind those of fields: its place is a number that the scanner has for it. */
export const timeSlot = fieldNames.length;

/** What a scan has found: for each field what it holds and where. What was given can be taken back, in order. */
export class Slots {
  readonly held = new Uint8Array(fieldNames.length + 1);
  readonly from = new Int32Array(fieldNames.length + 1);
  readonly to = new Int32Array(fieldNames.length + 1);
  /** What each slot held before it was given something else: slot, kind, from and to. */
  #trail = new Int32Array(16 * fieldNames.length);
  #trailLength = 0;

  /** How much has been given; `undo` goes back to it. */
  get trail(): number {
    return this.#trailLength;
  }

  /** Gives a slot a stretch of the line, or of the pool. */
  hold(slot: number, kind: number, from: number, to: number): void {
    this.#remember(slot);
    this.held[slot] = kind;
    this.from[slot] = from;
    this.to[slot] = to;
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

  /** Takes back what was given since the trail had this length. */
  undo(length: number): void {
    while (this.#trailLength > length) {
      this.#trailLength -= 4;
      const slot = numberAt(this.#trail, this.#trailLength);
      this.held[slot] = numberAt(this.#trail, this.#trailLength + 1);
      this.from[slot] = numberAt(this.#trail, this.#trailLength + 2);
      this.to[slot] = numberAt(this.#trail, this.#trailLength + 3);
    }
  }
}
