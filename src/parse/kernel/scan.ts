/* Executes scan programs. The reference, and what each operation means: ../scan/scanner.ts and ../scan/program.ts. */
import { behind, keyFrom, keyTo, nextPair, valueFrom, valueTo } from './pairs';
import {
  closingQuote,
  endOfBlanks,
  endOfStructuredData,
  firstByte,
  firstOfAny,
  firstPlace,
  isDigit,
  lastPlace,
  standsAt,
} from './search';
import { recall } from './sessions';
import {
  codeAt,
  datasetsAt,
  digits,
  fallback,
  fromOf,
  hold,
  json,
  keysAt,
  kindOf,
  messageSlot,
  poolAt,
  processSlot,
  text,
  toOf,
  trail,
  undo,
} from './state';
import { readTime } from './time';
import { holdAddress, holdMeaning, holdPriority, holdUrlParts, rowOf } from './values';

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
/** For each table of keys the scan that used it last, and a bit for each key that has been read in it. */
const marksAt: i32 = <i32>memory.data(1024 * 8);
let scans: i32 = 0;
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
  scans++;
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
      return holdAddress(lastFrom, lastTo, a, b) ? at : failed;
    case 10:
      holdUrlParts(lastFrom, lastTo);
      return at;
    case 11:
      return holdMeaning(a, lastFrom, lastTo - lastFrom) || b === 1 ? at : failed;
    case 12:
      return holdPriority() ? at : failed;
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
    case 26: {
      const end = firstOfAny(at, limit, poolAt + b, c);
      return end === at ? failed : take(a, at, end);
    }
    case 27:
      return goToPair(a, b, at);
    case 28:
      choiceCount--;
      step = load<i32>(callsAt + (--callCount << 2));
      at = load<i32>(limitsAt + (--entered << 2));
      limit = load<i32>(limitsAt + (--entered << 2));
      return at;
    case 29:
      step = a;
      return at;
    case 32:
      return call(a) ? at : failed;
    case 31:
      recall(a, (here - codeAt) >> 2);
      return at;
    case 30:
      call(fallback);
      return at;
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

function callDataset(): void {
  if (kindOf(messageSlot) !== text) return;
  const row = kindOf(processSlot) === text ? rowOf(datasetsAt, fromOf(processSlot), toOf(processSlot) - fromOf(processSlot)) : 0;
  call(row === 0 ? fallback : load<i32>(row, 8));
}

function call(start: i32): bool {
  if (start < 0 || callCount >= deepest) return false;
  store<i32>(callsAt + (callCount++ << 2), step);
  step = start;
  return true;
}

function goToPair(table: i32, parting: i32, from: i32): i32 {
  const rows = load<i32>(keysAt + (table << 2));
  const run = step - 4;
  const marks = marksAt + (table << 3);
  if (load<i32>(marks) !== scans) {
    store<i32>(marks, scans);
    store<i32>(marks, 0, 4);
  }
  let at = from;
  while (nextPair(at, limit, parting)) {
    at = behind;
    const row = rowOf(rows, keyFrom, keyTo - keyFrom);
    if (row === 0) continue;
    const mark = 1 << ((row - rows) / 12);
    if ((load<i32>(marks, 4) & mark) !== 0) continue;
    store<i32>(marks, load<i32>(marks, 4) | mark, 4);
    if (callCount >= deepest || entered + 2 > deepest || choose(run, at) < 0) return failed;
    store<i32>(callsAt + (callCount++ << 2), run);
    store<i32>(limitsAt + (entered++ << 2), limit);
    store<i32>(limitsAt + (entered++ << 2), at);
    limit = valueTo;
    step = load<i32>(row, 8);
    return valueFrom;
  }
  return limit;
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
