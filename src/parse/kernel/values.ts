/* What a stretch of a line means. The reference is ../scan/values.ts. */
import { areSame, firstByte, isDigit } from '../../io/kernel/bytes';
import { isHostName, isIp, unmapped } from './address';
import { schemeEnd } from './search';
import {
  digits,
  domainSlot,
  fromOf,
  hold,
  json,
  kindOf,
  levelSlot,
  levelsAt,
  pathSlot,
  poolAt,
  prioritySlot,
  querySlot,
  tablesAt,
  text,
  toOf,
} from './state';

/** Takes a stretch as an IP address, or as a host's name. */
export function holdAddress(from: i32, to: i32, slot: i32, nameSlot: i32): bool {
  if (isIp(from, to)) return hold(slot, text, unmapped(from, to), to);
  if (nameSlot < 0) return false;
  if (to - from === 1 && load<u8>(from) === 0x2d) return true;
  return isHostName(from, to) && hold(nameSlot, text, from, to);
}

/** Takes the parts of a request's target. */
export function holdUrlParts(from: i32, to: i32): void {
  const authority = schemeEnd(from, to);
  let path = from;
  if (authority > 0) {
    path = firstByte(authority, to, 0x2f);
    const port = firstByte(authority, path, 0x3a);
    if (isHostName(authority, port)) hold(domainSlot, text, authority, port);
  } else if (load<u8>(from) !== 0x2f) return;
  const query = firstByte(path, to, 0x3f);
  if (query > path) hold(pathSlot, text, path, query);
  if (query + 1 < to) hold(querySlot, text, query + 1, to);
}

/** Takes what a word of a table stands for. */
export function holdMeaning(table: i32, from: i32, length: i32): bool {
  const row = rowOf(load<i32>(tablesAt + (table << 2)), from, length);
  if (row === 0) return false;
  let constant = load<i32>(row, 8);
  for (let left = load<i32>(row, 12); left > 0; left--) {
    const place = poolAt + load<i32>(constant, 4);
    if (!hold(load<i32>(constant), json, place, place + load<i32>(constant, 8))) return false;
    constant += 12;
  }
  return true;
}

/** The row that a table of words, laid out by ../scan/words.ts, has for this one: place, length and two values; or 0. */
export function rowOf(words: i32, from: i32, length: i32): i32 {
  if (length === 0) return 0;
  const mask: u32 = load<u32>(words);
  const first: u32 = load<u8>(from);
  const middle: u32 = load<u8>(from + (length >> 1));
  const last: u32 = load<u8>(from + length - 1);
  const hash: u32 = (first * 31 + last * 7 + length + middle * 131) * <u32>0x9e3779b1;
  let index = (hash >>> 16) & mask;
  let row = load<i32>(words + (index << 2), 4);
  while (row !== 0 && (load<i32>(row, 4) !== length || !areSame(load<i32>(row), from, length))) {
    index = (index + 1) & mask;
    row = load<i32>(words + (index << 2), 4);
  }
  return row;
}

/** Takes the level out of a priority. */
export function holdPriority(): bool {
  if (kindOf(prioritySlot) !== digits) return false;
  const from = fromOf(prioritySlot);
  const to = toOf(prioritySlot);
  if (to - from > 3) return false;
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + load<u8>(at) - 0x30;
  if (value > 191) return false;
  const level = levelsAt + (value & 7) * 12;
  const place = poolAt + load<i32>(level, 4);
  return hold(levelSlot, json, place, place + load<i32>(level, 8));
}

/** Takes the digits that stand here, or a dash for none; gives the place behind them, or -1. */
export function behindNumber(slot: i32, from: i32, limit: i32): i32 {
  let at = from;
  while (at < limit && isDigit(load<u8>(at))) at++;
  if (at === from) return at < limit && load<u8>(at) === 0x2d ? at + 1 : -1;
  let first = from;
  while (first < at - 1 && load<u8>(first) === 0x30) first++;
  if (at - first > 15) return -1;
  return slot < 0 || hold(slot, digits, first, at) ? at : -1;
}
