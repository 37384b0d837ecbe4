/* Executes scan programs. The reference, and what each operation means: ../scan/scanner.ts and ../scan/program.ts. */
import { isHostName, isIp, unmapped } from './address';
import {
  areSame,
  closingQuote,
  endOfBlanks,
  endOfStructuredData,
  firstByte,
  firstPlace,
  isDigit,
  lastPlace,
  schemeEnd,
  standsAt,
} from './search';
import {
  codeAt,
  datasetsAt,
  digits,
  domainSlot,
  fromOf,
  hold,
  json,
  kindOf,
  levelSlot,
  levelsAt,
  messageSlot,
  pathSlot,
  poolAt,
  prioritySlot,
  processSlot,
  querySlot,
  tablesAt,
  text,
  toOf,
  trail,
  undo,
} from './state';
import { readTime } from './time';

const failed: i32 = -1;
const deepest: i32 = 32;
const choicesAt: i32 = <i32>memory.data(32 * 24);
const limitsAt: i32 = <i32>memory.data(32 * 4);
const callsAt: i32 = <i32>memory.data(32 * 4);

let step: i32 = 0;
let limit: i32 = 0;
let lastFrom: i32 = 0;
let lastTo: i32 = 0;
let choiceCount: i32 = 0;
let entered: i32 = 0;
let callCount: i32 = 0;
/** True when a time stood in the line. */
export let hasTime: bool = false;

/** Reads a line by the program that starts at step `entry`; false where it does not match. */
export function scan(entry: i32, from: i32, to: i32): bool {
  undo(0);
  choiceCount = 0;
  entered = 0;
  callCount = 0;
  limit = to;
  step = entry;
  hasTime = false;
  let at = from;
  while (true) {
    const here = codeAt + (step << 2);
    const operation = load<i32>(here);
    if (operation === 0) return true;
    step += 4;
    at = execute(operation, here, at);
    if (at < 0) {
      at = goBack();
      if (at < 0) return false;
    }
  }
}

function execute(operation: i32, here: i32, at: i32): i32 {
  const a = load<i32>(here, 4);
  const b = load<i32>(here, 8);
  const c = load<i32>(here, 12);
  switch (operation) {
    case 1:
      return standsAt(at, limit, poolAt + a, b) ? at + b : failed;
    case 2:
      return take(a, at, firstPlace(at, limit, poolAt + b, c));
    case 3:
      return take(a, at, lastPlace(at, limit, poolAt + b, c));
    case 4: {
      const end = firstByte(at, limit, 0x20);
      return end === at ? failed : take(a, at, end);
    }
    case 5:
      return take(a, at, closingQuote(at, limit));
    case 6:
      return take(a, at, limit);
    case 7:
      return number(a, at);
    case 8: {
      const behind = readTime(a, at);
      if (behind > limit) return failed;
      if (behind >= 0) hasTime = true;
      return behind;
    }
    case 9:
      return address(a, b) ? at : failed;
    case 10:
      splitUrl(lastFrom, lastTo);
      return at;
    case 11:
      return lookUp(a) || b === 1 ? at : failed;
    case 12:
      return priority() ? at : failed;
    case 13:
      return hold(a, json, poolAt + b, poolAt + b + c) ? at : failed;
    case 14:
      return choose(a, at);
    case 15:
      choiceCount--;
      step = a;
      return at;
    case 16:
      if (at >= limit || load<u8>(at) !== a) step = b;
      return at;
    case 17:
      return failed;
    case 18:
      choiceCount--;
      return failed;
    case 19:
      store<i32>(limitsAt + (entered++ << 2), limit);
      limit = lastTo;
      return lastFrom;
    case 20: {
      const behind = limit;
      limit = load<i32>(limitsAt + (--entered << 2));
      return behind;
    }
    case 21:
      callDataset();
      return at;
    case 22:
      step = load<i32>(callsAt + (--callCount << 2));
      return at;
    case 23:
      return at === limit ? at : failed;
    case 24:
      return take(a, at, endOfStructuredData(at, limit));
    case 25:
      return endOfBlanks(at, limit);
    default:
      return failed;
  }
}

function take(slot: i32, from: i32, to: i32): i32 {
  if (to < 0) return failed;
  lastFrom = from;
  lastTo = to;
  const isText = to > from && (to - from > 1 || load<u8>(from) !== 0x2d);
  if (slot >= 0 && isText && !hold(slot, text, from, to)) return failed;
  return to;
}

function number(slot: i32, from: i32): i32 {
  let at = from;
  while (at < limit && isDigit(load<u8>(at))) at++;
  if (at === from) return at < limit && load<u8>(at) === 0x2d ? at + 1 : failed;
  let first = from;
  while (first < at - 1 && load<u8>(first) === 0x30) first++;
  if (at - first > 15) return failed;
  if (slot >= 0 && !hold(slot, digits, first, at)) return failed;
  return at;
}

function address(slot: i32, nameSlot: i32): bool {
  const from = lastFrom;
  const to = lastTo;
  if (isIp(from, to)) return hold(slot, text, unmapped(from, to), to);
  if (nameSlot < 0) return false;
  if (to - from === 1 && load<u8>(from) === 0x2d) return true;
  return isHostName(from, to) && hold(nameSlot, text, from, to);
}

function splitUrl(from: i32, to: i32): void {
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

function lookUp(table: i32): bool {
  const at = load<i32>(tablesAt + (table << 2));
  const count = load<i32>(at);
  const length = lastTo - lastFrom;
  for (let row = at + 4; row < at + 4 + (count << 4); row += 16) {
    if (load<i32>(row, 4) !== length || !areSame(load<i32>(row), lastFrom, length)) continue;
    let constant = load<i32>(row, 8);
    for (let left = load<i32>(row, 12); left > 0; left--) {
      const from = poolAt + load<i32>(constant, 4);
      if (!hold(load<i32>(constant), json, from, from + load<i32>(constant, 8))) return false;
      constant += 12;
    }
    return true;
  }
  return false;
}

function priority(): bool {
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

function callDataset(): void {
  if (kindOf(processSlot) !== text || kindOf(messageSlot) !== text) return;
  const from = fromOf(processSlot);
  const length = toOf(processSlot) - from;
  const count = load<i32>(datasetsAt);
  for (let row = datasetsAt + 4; row < datasetsAt + 4 + count * 12; row += 12) {
    if (load<i32>(row, 4) !== length || !areSame(load<i32>(row), from, length)) continue;
    if (callCount >= deepest) return;
    store<i32>(callsAt + (callCount++ << 2), step);
    step = load<i32>(row, 8);
    return;
  }
}

function choose(next: i32, at: i32): i32 {
  if (choiceCount >= deepest) return failed;
  const choice = choicesAt + choiceCount++ * 24;
  store<i32>(choice, next);
  store<i32>(choice, at, 4);
  store<i32>(choice, limit, 8);
  store<i32>(choice, trail(), 12);
  store<i32>(choice, entered, 16);
  store<i32>(choice, callCount, 20);
  return at;
}

function goBack(): i32 {
  if (choiceCount === 0) return failed;
  const choice = choicesAt + --choiceCount * 24;
  step = load<i32>(choice);
  limit = load<i32>(choice, 8);
  undo(load<i32>(choice, 12));
  entered = load<i32>(choice, 16);
  callCount = load<i32>(choice, 20);
  return load<i32>(choice, 4);
}
