/* The step of plans that reads the time. False makes the line one for the host. */

import { isDigit } from '../../io/kernel/bytes';
import { isPlainNumber, isText } from './plan-values';
import { holdTime, timeAt } from './state';
import { readTime } from './time';
import { readText, textFrom, textTo } from './unescape';

let epoch: i32 = 0;
let iso: i32 = 0;
let anyWithTail: i32 = 0;
let any: i32 = 0;

/** Takes over the shapes of stamps by their numbers. */
export function setPlanShapes(epochShape: i32, isoShape: i32, tailShape: i32, anyShape: i32): void {
  epoch = epochShape;
  iso = isoShape;
  anyWithTail = tailShape;
  any = anyShape;
}

export function stepTime(at: i32, end: i32): bool {
  for (let here = at; here < end; here += 4) {
    const value = load<i32>(here);
    if (!readText(value)) return false;
    if (!isText(value)) return takeEpoch();
    if (!hasDigit(textFrom, textTo)) continue;
    if (isNumber(textFrom, textTo)) return takeEpoch();
    return takeStamp();
  }
  return true;
}

function hasDigit(from: i32, to: i32): bool {
  for (let at = from; at < to; at++) if (isDigit(load<u8>(at))) return true;
  return false;
}

function isNumber(from: i32, to: i32): bool {
  for (let at = from; at < to; at++) if (!isDigit(load<u8>(at)) && load<u8>(at) !== 0x2e) return false;
  return true;
}

/** Seconds with at most six decimals, or milli- or microseconds: others are not told apart from what they mean in JavaScript. */
export function takeEpoch(): bool {
  let point = textFrom;
  while (point < textTo && load<u8>(point) !== 0x2e) point++;
  const length = point - textFrom;
  if (!isPlainNumber(textFrom, min(point, textFrom + 15)) || !isDigits(textFrom, point)) return false;
  if (length !== 10 && (point < textTo || (length !== 13 && length !== 16))) return false;
  if (point < textTo && (textTo - point > 7 || !isDigits(point + 1, textTo))) return false;
  return takeSecond(length) || (readTime(epoch, textFrom) === textTo && keepSecond());
}

/** The digits of the second that was read last, and its time. */
const secondAt: i32 = <i32>memory.data(16);
const timeOfSecondAt: i32 = <i32>memory.data(32);

/** Keeps the second that was read, and takes its time. */
function keepSecond(): bool {
  memory.copy(secondAt, textFrom, 10);
  memory.copy(timeOfSecondAt, timeAt, 28);
  return holdTime();
}

/** Takes the time, if only its decimals differ from those of the last one. */
function takeSecond(length: i32): bool {
  if (load<u64>(textFrom) !== load<u64>(secondAt) || load<u16>(textFrom, 8) !== load<u16>(secondAt, 8)) return false;
  memory.copy(timeAt, timeOfSecondAt, 28);
  const decimals = length === 10 ? textFrom + 11 : textFrom + 10;
  for (let index = 0; index < 3; index++)
    store<u8>(timeAt + 20 + index, decimals + index < textTo ? load<u8>(decimals + index) : 0x30);
  return holdTime();
}

function isDigits(from: i32, to: i32): bool {
  for (let at = from; at < to; at++) if (!isDigit(load<u8>(at))) return false;
  return to > from;
}

function takeStamp(): bool {
  if (readTime(iso, textFrom) >= 0) return holdTime();
  if (readTime(anyWithTail, textFrom) >= 0) return holdTime();
  return readTime(any, textFrom) < 0 || holdTime();
}
