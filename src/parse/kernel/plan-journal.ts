/*
 * The steps of plans for systemd's journal, whose values all are texts. False makes the line one for the host. The reference
 * is `readJournal` in ../pieces/journal.ts.
 */
import { own } from './owned';
import { takeEpoch } from './plan-time';
import { isPlainNumber, ownLevel, ownMessage } from './plan-values';
import { digits, text } from './state';
import { readText, textFrom, textTo } from './unescape';

const microsecondDigits: i32 = 16;

/** Reads the first of the values from `at` on that is not empty: 1 where there is one, 0 where there is none, -1 for the host. */
function readFilled(at: i32, end: i32): i32 {
  for (let here = at; here < end; here += 4) {
    if (!readText(load<i32>(here))) return -1;
    if (textTo > textFrom) return 1;
  }
  return 0;
}

export function stepGiven(at: i32, end: i32): bool {
  const found = readFilled(at + 4, end);
  return found === 1 ? own(load<i32>(at), text, textFrom, textTo) : found === 0;
}

export function stepGivenMessage(at: i32, end: i32): bool {
  const found = readFilled(at, end);
  return found === 1 ? ownMessage() : found === 0;
}

/** A whole number that is more than none. */
export function stepGivenNumber(at: i32, end: i32): bool {
  const found = readFilled(at + 4, end);
  if (found !== 1) return found === 0;
  if (!isPlainNumber(textFrom, textTo) || load<u8>(textFrom) === 0x30) return false;
  return own(load<i32>(at), digits, textFrom, textTo);
}

export function stepGivenPriority(at: i32, end: i32): bool {
  const found = readFilled(at, end);
  if (found !== 1) return found === 0;
  const number: i32 = load<u8>(textFrom) - 0x30;
  return textTo - textFrom === 1 && number >= 0 && number < 8 && ownLevel(number);
}

/** Microseconds since 1970. */
export function stepGivenTime(at: i32, end: i32): bool {
  const found = readFilled(at, end);
  if (found !== 1) return found === 0;
  return textTo - textFrom === microsecondDigits && isPlainNumber(textFrom, textTo - 1) && takeEpoch();
}
