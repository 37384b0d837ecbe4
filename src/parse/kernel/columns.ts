/*
 * Walks a line of columns, whose names stood in a header that the host has put here: notes where they stand, and the line's
 * shape: `#`, the header, a line feed, and the letter of a text for each. The reference is `valuesIn` in ../pieces/w3c-header.ts;
 * the host reads shapes too: ../structured/columns-plan.ts.
 */
import { firstByte, isDigit } from '../../io/kernel/bytes';
import { isIp } from './address';
import { mark, markKey, note, plainText, startWalk } from './json';
import { isOwned, own, ownsAny } from './owned';
import { isPlainNumber } from './plan-values';
import { digits, fromOf, holdTime, json, text, toOf } from './state';
import { readTime } from './time';
import { readText, roomFor, textFrom, textTo } from './unescape';

let headerAt: i32 = 0;
let headerLength: i32 = 0;
let iso: i32 = 0;

/** Takes over where headers are put, and the number of the shape of their times. */
export function setColumns(at: i32, isoShape: i32): void {
  headerAt = at;
  iso = isoShape;
}

/** Says how long the header is of the source whose lines follow; 0 for none. */
export function setHeader(length: i32): void {
  headerLength = length;
}

/** Walks a line; false for one that is not of this kind. */
export function walkColumns(from: i32, to: i32): bool {
  if (headerLength === 0 || load<u8>(from) === 0x23) return false;
  startWalk();
  if (!mark(0x23) || !markKey(headerAt, headerLength) || !mark(0x0a)) return false;
  const parting = firstByte(from, to, 0x09) < to ? 0x09 : 0x20;
  let at = from;
  while (true) {
    const end = firstByte(at, to, parting);
    if (!note(at, end, plainText, 0x73)) return false;
    if (end === to) return true;
    at = end + 1;
  }
}

/** Reads a column; false for one that says nothing. */
function readColumn(value: i32): bool {
  if (!readText(value)) return false;
  return textTo > textFrom && (textTo - textFrom > 1 || load<u8>(textFrom) !== 0x2d);
}

/** A slot, and a column. */
export function stepColumn(at: i32): bool {
  return !readColumn(load<i32>(at, 4)) || own(load<i32>(at), text, textFrom, textTo);
}

/** The same, where nothing but digits is a value. */
export function stepColumnNumber(at: i32): bool {
  if (!readColumn(load<i32>(at, 4))) return true;
  if (isPlainNumber(textFrom, textTo)) return own(load<i32>(at), digits, textFrom, textTo);
  return !isDigit(load<u8>(textFrom));
}

/** Slot, column, and whether the zone of an IPv6 interface is left out. */
export function stepColumnAddress(at: i32): bool {
  if (!readColumn(load<i32>(at, 4))) return true;
  const end = firstByte(textFrom, textTo, 0x25);
  if (end < textTo && load<i32>(at, 8) === 0) return false;
  return !isIp(textFrom, end) || own(load<i32>(at), text, textFrom, end);
}

/** A slot, and a column that begins with `HTTP/`. */
export function stepColumnVersion(at: i32): bool {
  if (!readColumn(load<i32>(at, 4))) return true;
  const from = textFrom + 5;
  if (from >= textTo || load<u32>(textFrom) !== 0x50545448 || load<u8>(textFrom, 4) !== 0x2f) return true;
  return (textTo - from === 1 && load<u8>(from) === 0x2d) || own(load<i32>(at), text, from, textTo);
}

/** Slots of path and query, and a column that has both. */
export function stepColumnTarget(at: i32): bool {
  if (!readColumn(load<i32>(at, 8))) return true;
  const query = firstByte(textFrom, textTo, 0x3f);
  return holdPart(load<i32>(at), textFrom, query) && holdPart(load<i32>(at, 4), min(query + 1, textTo), textTo);
}

function holdPart(slot: i32, from: i32, to: i32): bool {
  if (to === from || (to - from === 1 && load<u8>(from) === 0x2d)) return true;
  return own(slot, text, from, to);
}

/** Slots of target, path and query: the first is made of the others. */
export function stepColumnUrl(at: i32): bool {
  const path = load<i32>(at, 4);
  const query = load<i32>(at, 8);
  if (!isOwned(path)) return true;
  const from = fromOf(path);
  const length = toOf(path) - from;
  if (!isOwned(query)) return own(load<i32>(at), text, from, from + length);
  const queryLength = toOf(query) - fromOf(query);
  const room = roomFor(length + 1 + queryLength);
  if (room === 0) return false;
  memory.copy(room, from, length);
  store<u8>(room + length, 0x3f);
  memory.copy(room + length + 1, fromOf(query), queryLength);
  return own(load<i32>(at), text, room, room + length + 1 + queryLength);
}

/** A slot that must be filled, or -1, a slot, the length of its JSON, and this, packed. False where nothing at all is filled. */
export function stepColumnConstant(at: i32): bool {
  if (!ownsAny()) return false;
  const needed = load<i32>(at);
  return (needed >= 0 && !isOwned(needed)) || own(load<i32>(at, 4), json, at + 12, at + 12 + load<i32>(at, 8));
}

const dayLength: i32 = 10;
const clockLength: i32 = 8;

/** Columns of day and time: UTC. */
export function stepColumnTime(at: i32): bool {
  if (!readText(load<i32>(at)) || !isLike(textFrom, textTo, dayLength, 4, 7, 0x2d)) return false;
  const day = textFrom;
  if (!readText(load<i32>(at, 4)) || !isLike(textFrom, textTo, clockLength, 2, 5, 0x3a)) return true;
  const clock = textFrom;
  const room = roomFor(dayLength + clockLength + 2);
  if (room === 0) return false;
  memory.copy(room, day, dayLength);
  store<u8>(room, 0x54, dayLength);
  memory.copy(room + dayLength + 1, clock, clockLength);
  store<u8>(room, 0x5a, dayLength + clockLength + 1);
  return readTime(iso, room) >= 0 && holdTime();
}

/** A column with a day, where there is none with a time. */
export function stepColumnDay(at: i32): bool {
  if (!readText(load<i32>(at))) return false;
  return textTo === textFrom || isLike(textFrom, textTo, dayLength, 4, 7, 0x2d);
}

/** Tells whether a text is of this length, and digits but for a mark at two places. */
function isLike(from: i32, to: i32, length: i32, first: i32, second: i32, parting: i32): bool {
  if (to - from !== length) return false;
  for (let index = 0; index < length; index++) {
    const byte: i32 = load<u8>(from + index);
    if (index === first || index === second ? byte !== parting : !isDigit(byte)) return false;
  }
  return true;
}
