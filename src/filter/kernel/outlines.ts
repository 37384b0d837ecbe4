/*
 * What stands between the values of records: names, braces and commas, which are the same again and again. To compare them
 * costs a fifth of what it takes to read them, so what was read is kept: a row for each stretch between two values, and
 * behind it those that have followed it. What a row says holds for all records that are the same up to there.
 */
import { areSame } from '../../io/kernel/bytes';

/** A row: the next one behind the same, the first one behind this, place and length of its bytes, and what the reader has put there. */
const rowBytes: i32 = 48;
const firstIn: usize = 4;
const placeIn: usize = 8;
const lengthIn: usize = 12;
export const detailsIn: i32 = 16;

const maxRows: i32 = 1024;
const rowsAt: i32 = <i32>memory.data(48 * 1024);
const bytesRoom: i32 = 64 * 1024;
const bytesAt: i32 = <i32>memory.data(64 * 1024);
/** Rows that are looked at behind one. */
const tries: i32 = 16;

/** The row that stands for the start of a record: it holds nothing but what follows. */
export const top: i32 = rowsAt;
let rows: i32 = 1;
let used: i32 = 0;

/** The place behind what the row that was found last holds. */
export let behindRow: i32 = 0;

/** The row behind another one whose bytes stand at a place, or 0. */
export function rowBehind(row: i32, at: i32, to: i32): i32 {
  let last = 0;
  let next = load<i32>(row, firstIn);
  while (next !== 0) {
    const length = load<i32>(next, lengthIn);
    if (at + length <= to && areSame(load<i32>(next, placeIn), at, length)) {
      behindRow = at + length;
      if (last !== 0) bringToFront(row, last, next);
      return next;
    }
    last = next;
    next = load<i32>(next);
  }
  return 0;
}

/** Next time the row is looked at first. */
function bringToFront(row: i32, last: i32, next: i32): void {
  store<i32>(last, load<i32>(next));
  store<i32>(next, load<i32>(row, firstIn));
  store<i32>(row, next, firstIn);
}

/** Adds a row behind another one, for bytes that none there holds: 0 where there is no room. Its details are all 0. */
export function addRow(row: i32, from: i32, to: i32): i32 {
  const length = to - from;
  let count = 0;
  for (let next = load<i32>(row, firstIn); next !== 0; next = load<i32>(next)) count++;
  if (rows === maxRows || count === tries || used + length + 8 > bytesRoom) return 0;
  const added = rowsAt + rows * rowBytes;
  rows++;
  memory.copy(bytesAt + used, from, length);
  store<i32>(added, load<i32>(row, firstIn));
  store<i32>(added, bytesAt + used, placeIn);
  store<i32>(added, length, lengthIn);
  store<i32>(row, added, firstIn);
  used += length + 8;
  return added;
}
