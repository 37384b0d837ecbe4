/*
 * Times: a stamp that is the same as in the line before is compared here, any other is read by the host, which knows zones.
 * The reference is ../time/clock.ts.
 */
import { readStamp } from './host';
import { areSame } from './search';
import { timeAt } from './state';

const longest: i32 = 48;
const lastAt: i32 = <i32>memory.data(64);
let lastLength: i32 = 0;
let lastShape: i32 = -1;

/** Reads the stamp that stands at a place. */
export function readTime(shape: i32, at: i32): i32 {
  if (shape === lastShape && areSame(at, lastAt, lastLength + 1)) return at + lastLength;
  lastShape = -1;
  const behind = readStamp(shape, at);
  if (behind < 0) return -1;
  if (behind - at < longest) {
    lastShape = shape;
    lastLength = behind - at;
    memory.copy(lastAt, at, lastLength + 1);
  }
  return behind;
}

/** Forgets the last stamp: the time has been set otherwise, or is to be completed otherwise from now on. */
export function forgetTime(): void {
  lastShape = -1;
}

/** One of the qualities of time. */
export function timeQuality(): i32 {
  return load<i32>(timeAt, 24);
}
