/*
 * Executes scan programs: one loop, whose state is in local variables, because a call for each step costs more than the
 * step. The reference, and what each operation means: ../scan/scanner.ts and ../scan/program.ts.
 */
import { areSame, closingQuote, firstByte } from '../../io/kernel/bytes';
import { mayHoldOneOf } from './grams';
import { behind, keyFrom, keyTo, nextPair, valueFrom, valueTo } from './pairs';
import { endOfBlanks, endOfStructuredData, firstOfAny, firstPlace, lastPlace } from './search';
import { recall } from './sessions';
import {
  classesAt,
  clear,
  codeAt,
  datasetsAt,
  fallback,
  fromOf,
  hold,
  holdTime,
  json,
  keysAt,
  kindOf,
  messageSlot,
  poolAt,
  processSlot,
  targetsAt,
  text,
  toOf,
  trail,
  undo,
} from './state';
import { readTime } from './time';
import { translated } from './translated';
import { behindNumber, holdAddress, holdMeaning, holdPriority, holdUrlParts, rowOf } from './values';

/** Choices, entered stretches and calls, 32 of each at most: stacks that grow upwards. */
const choiceBytes: i32 = 24;
const choicesAt: i32 = <i32>memory.data(32 * 24);
const choicesEnd: i32 = choicesAt + 32 * 24;
const limitsAt: i32 = <i32>memory.data(34 * 4);
const limitsEnd: i32 = limitsAt + 32 * 4;
const callsAt: i32 = <i32>memory.data(32 * 4);
const callsEnd: i32 = callsAt + 32 * 4;
const stepBytes: i32 = 16;

/** For each run of pairs the scan that used it last, and a bit for each key that has been read in it. */
const marksAt: i32 = <i32>memory.data(1024 * 8);
let scans: i32 = 0;

/** Reads a line by the program that starts at step `entry`; false where it does not match. */
export function scan(entry: i32, from: i32, to: i32): bool {
  clear();
  return run(entry, from, to);
}

/** Reads a message alone, that of a program whose name stands from `nameFrom` to `nameTo`; there may be none. */
export function scanMessage(entry: i32, nameFrom: i32, nameTo: i32, from: i32, to: i32): bool {
  clear();
  if (nameTo > nameFrom) hold(processSlot, text, nameFrom, nameTo);
  return run(entry, from, to);
}

function run(entry: i32, from: i32, to: i32): bool {
  scans++;
  let at = from;
  let limit = to;
  /** The stretch that was read last. */
  let lastFrom = from;
  let lastTo = from;
  let choice = choicesAt;
  let entered = limitsAt;
  let call = callsAt;
  let here = codeAt + (entry << 2);
  while (true) {
    const a = load<i32>(here, 4);
    /** The end of the text that this step reads; -1 when it fails. Steps that read no text go on by themselves. */
    let end = -1;
    /** The length of the literal behind it that is read with it. */
    let past = 0;
    switch (load<i32>(here)) {
      case 0:
        return true;
      case 1: {
        const length = load<i32>(here, 8);
        if (at + length > limit || !areSame(at, poolAt + a, length)) break;
        at += length;
        here += stepBytes;
        continue;
      }
      case 2:
        end = firstPlace(at, limit, poolAt + load<i32>(here, 8), load<i32>(here, 12));
        break;
      case 3:
        end = lastPlace(at, limit, poolAt + load<i32>(here, 8), load<i32>(here, 12));
        break;
      case 4:
        end = firstByte(at, limit, 0x20);
        if (end === at) end = -1;
        break;
      case 5:
        end = closingQuote(at, limit);
        break;
      case 6:
        end = limit;
        break;
      case 7: {
        const past = behindNumber(a, at, limit);
        if (past < 0) break;
        at = past;
        here += stepBytes;
        continue;
      }
      case 8: {
        const past = readTime(a, at);
        if (past < 0 || past > limit || !holdTime()) break;
        at = past;
        here += stepBytes;
        continue;
      }
      case 9:
        if (!holdAddress(lastFrom, lastTo, a, load<i32>(here, 8))) break;
        here += stepBytes;
        continue;
      case 10:
        holdUrlParts(lastFrom, lastTo);
        here += stepBytes;
        continue;
      case 11:
        if (!holdMeaning(a, lastFrom, lastTo - lastFrom) && load<i32>(here, 8) !== 1) break;
        here += stepBytes;
        continue;
      case 12:
        if (!holdPriority()) break;
        here += stepBytes;
        continue;
      case 13: {
        const constant = poolAt + load<i32>(here, 8);
        if (!hold(a, json, constant, constant + load<i32>(here, 12))) break;
        here += stepBytes;
        continue;
      }
      case 14:
        if (choice >= choicesEnd) break;
        choice = remember(choice, a, at, limit, entered, call);
        here += stepBytes;
        continue;
      case 15:
        choice -= choiceBytes;
        here = codeAt + (a << 2);
        continue;
      case 16:
        here = at < limit && load<u8>(at) === a ? here + stepBytes : codeAt + (load<i32>(here, 8) << 2);
        continue;
      case 17:
        break;
      case 18:
        choice -= choiceBytes;
        break;
      case 19:
        store<i32>(entered, limit);
        entered += 4;
        limit = lastTo;
        at = lastFrom;
        here += stepBytes;
        continue;
      case 20:
        at = limit;
        entered -= 4;
        limit = load<i32>(entered);
        here += stepBytes;
        continue;
      case 21:
      case 30: {
        const start = load<i32>(here) === 30 ? fallback : startOfDataset();
        here += stepBytes;
        if (start >= 0 && call < callsEnd) {
          store<i32>(call, here);
          call += 4;
          here = codeAt + (start << 2);
        }
        continue;
      }
      case 22:
        call -= 4;
        here = load<i32>(call);
        continue;
      case 23:
        if (at !== limit) break;
        here += stepBytes;
        continue;
      case 24:
        end = endOfStructuredData(at, limit);
        break;
      case 25:
        at = endOfBlanks(at, limit);
        here += stepBytes;
        continue;
      case 26:
        end = firstOfAny(at, limit, poolAt + load<i32>(here, 8), load<i32>(here, 12));
        if (end === at) end = -1;
        break;
      case 27: {
        const start = findPair(a, load<i32>(here, 8), at, limit);
        if (start < 0) {
          at = limit;
          here += stepBytes;
          continue;
        }
        if (call >= callsEnd || entered + 8 > limitsEnd || choice >= choicesEnd) break;
        // Where the value does not fit, the run goes on behind it.
        choice = remember(choice, (here - codeAt) >> 2, behind, limit, entered, call);
        store<i32>(call, here);
        call += 4;
        store<i32>(entered, limit);
        store<i32>(entered, behind, 4);
        entered += 8;
        limit = valueTo;
        at = valueFrom;
        here = codeAt + (start << 2);
        continue;
      }
      case 28:
        choice -= choiceBytes;
        call -= 4;
        entered -= 8;
        limit = load<i32>(entered);
        at = load<i32>(entered, 4);
        here = load<i32>(call);
        continue;
      case 29:
        here = codeAt + (a << 2);
        continue;
      case 31:
        recall(a, (here - codeAt) >> 2);
        here += stepBytes;
        continue;
      case 32:
        if (call >= callsEnd) break;
        store<i32>(call, here + stepBytes);
        call += 4;
        here = codeAt + (a << 2);
        continue;
      case 33: {
        const byte: i32 = at < limit ? load<u8>(at) : 256;
        const target = load<i32>(here, 8) + load<u8>(classesAt + a + byte);
        here = codeAt + (load<i32>(targetsAt + (target << 2)) << 2);
        continue;
      }
      case 34: {
        const other = load<i32>(here, 8);
        const grams = load<i32>(here, 12);
        if (grams >= 0 && !mayHoldOneOf(poolAt + grams)) {
          here = codeAt + (other << 2);
          continue;
        }
        if (choice >= choicesEnd) break;
        choice = remember(choice, other, at, limit, entered, call);
        here = codeAt + (a << 2);
        continue;
      }
      case 35:
        past = load<i32>(here, 12);
        end = firstPlace(at, limit, poolAt + load<i32>(here, 8), past);
        break;
      case 36:
        past = load<i32>(here, 12);
        end = lastPlace(at, limit, poolAt + load<i32>(here, 8), past);
        break;
      case 37:
        past = 1;
        end = firstByte(at, limit, 0x20);
        if (end === at || end === limit) end = -1;
        break;
      case 38:
        here = at === limit ? codeAt + (a << 2) : here + stepBytes;
        continue;
      case 39: {
        const length = load<i32>(here, 8);
        if (at + length > limit || !areSame(at, poolAt + a, length)) {
          here += stepBytes;
          continue;
        }
        at += length;
        here = codeAt + (load<i32>(here, 12) << 2);
        continue;
      }
      case 40: {
        const past = translated(a, at, limit);
        if (past < 0) break;
        at = past;
        here = codeAt + (load<i32>(here, 8) << 2);
        continue;
      }
    }
    if (end >= 0) {
      lastFrom = at;
      lastTo = end;
      const isText = end > at && (end - at > 1 || load<u8>(at) !== 0x2d);
      at = end + past;
      here += stepBytes;
      if (a < 0 || !isText || hold(a, text, lastFrom, end)) continue;
    }
    if (choice === choicesAt) return false;
    choice -= choiceBytes;
    here = codeAt + (load<i32>(choice) << 2);
    at = load<i32>(choice, 4);
    limit = load<i32>(choice, 8);
    undo(load<i32>(choice, 12));
    entered = load<i32>(choice, 16);
    call = load<i32>(choice, 20);
  }
}

/** Remembers to go on at a step and a place when what follows fails: gives where the next choice goes. */
function remember(choice: i32, step: i32, at: i32, limit: i32, entered: i32, call: i32): i32 {
  store<i32>(choice, step);
  store<i32>(choice, at, 4);
  store<i32>(choice, limit, 8);
  store<i32>(choice, trail(), 12);
  store<i32>(choice, entered, 16);
  store<i32>(choice, call, 20);
  return choice + choiceBytes;
}

/** The first step of what reads the message; -1 for nothing. */
function startOfDataset(): i32 {
  if (kindOf(messageSlot) !== text) return -1;
  if (kindOf(processSlot) !== text) return fallback;
  const row = rowOf(datasetsAt, fromOf(processSlot), toOf(processSlot) - fromOf(processSlot));
  return row === 0 ? fallback : load<i32>(row, 8);
}

/** Finds the next pair whose key is known and was not read before: gives the step that reads its value, or -1. */
function findPair(table: i32, parting: i32, from: i32, limit: i32): i32 {
  const keys = load<i32>(keysAt + (table << 2));
  const marks = marksAt + (table << 3);
  if (load<i32>(marks) !== scans) {
    store<i32>(marks, scans);
    store<i32>(marks, 0, 4);
  }
  let at = from;
  while (nextPair(at, limit, parting)) {
    at = behind;
    const row = rowOf(keys, keyFrom, keyTo - keyFrom);
    if (row === 0) continue;
    const mark = 1 << load<i32>(row, 12);
    if ((load<i32>(marks, 4) & mark) !== 0) continue;
    store<i32>(marks, load<i32>(marks, 4) | mark, 4);
    return load<i32>(row, 8);
  }
  return -1;
}
