/*
 * Times: a stamp that is the same as the last one of its shape is compared here, any other is read by the host, which knows
 * zones. Many formats may try the same shape on a line, so a failure is remembered for the line. The reference is
 * ../time/clock.ts.
 */
import { readStamp } from './host';
import { areSame } from './search';
import { timeAt } from './state';

const longest: i32 = 48;
/** How far behind a stamp its readers look for more of it. */
const lookahead: i32 = 8;
const maxShapes: i32 = 128;

/* A row for each shape: length of its last stamp, quality, text (24), place and line of its last failure, the stamp. */
const rowBytes: i32 = 96;
const textIn: i32 = 8;
const failedAtIn: usize = 32;
const failedLineIn: usize = 36;
const stampIn: i32 = 40;
const rowsAt: i32 = <i32>memory.data(128 * 96);

let line: i32 = 0;

/** Says that another line is tried. */
export function nextLine(): void {
  line++;
}

/** Reads the stamp that stands at a place: gives the place behind it, or -1. */
export function readTime(shape: i32, at: i32): i32 {
  if (shape >= maxShapes) return readStamp(shape, at);
  const row = rowsAt + shape * rowBytes;
  if (load<i32>(row, failedAtIn) === at && load<i32>(row, failedLineIn) === line) return -1;
  const length = load<i32>(row);
  if (length > 0 && areSame(at, row + stampIn, length + lookahead)) {
    copyTime(timeAt, row + textIn);
    store<i32>(timeAt, load<i32>(row, 4), 24);
    return at + length;
  }
  const behind = readStamp(shape, at);
  if (behind < 0) {
    store<i32>(row, at, failedAtIn);
    store<i32>(row, line, failedLineIn);
  } else if (behind - at < longest) {
    store<i32>(row, behind - at);
    store<i32>(row, timeQuality(), 4);
    copyTime(row + textIn, timeAt);
    memory.copy(row + stampIn, at, behind - at + lookahead);
  }
  return behind;
}

/** Copies the 24 bytes of a time. */
function copyTime(to: i32, from: i32): void {
  v128.store(to, v128.load(from));
  store<u64>(to, load<u64>(from, 16), 16);
}

/** Forgets all stamps: they are to be completed otherwise from now on. */
export function forgetTime(): void {
  memory.fill(rowsAt, 0, maxShapes * rowBytes);
}

/** One of the qualities of time. */
export function timeQuality(): i32 {
  return load<i32>(timeAt, 24);
}
