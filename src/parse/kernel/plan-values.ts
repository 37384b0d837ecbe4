/* The steps of plans that fill a field with a value. False makes the line one for the host. */

import { isDigit } from '../../io/kernel/bytes';
import { isHostName, isIp, unmapped } from './address';
import { kindOfValue, other } from './json';
import { isKnownSide, isOwned, own } from './owned';
import { digits, domainSlot, json, levelSlot, levelsAt, messageSlot, poolAt, text } from './state';
import { readText, textFrom, textTo } from './unescape';
import { rowOf } from './values';

let levelWords: i32 = 0;
let levelLetters: i32 = 0;
let transports: i32 = 0;
const lowerAt: i32 = <i32>memory.data(48);

/** Takes over where the tables of words are. */
export function setPlanWords(words: i32, letters: i32, transportWords: i32): void {
  levelWords = words;
  levelLetters = letters;
  transports = transportWords;
}

export function isText(value: i32): bool {
  return kindOfValue(value) !== other;
}

/** Tells whether a text says nothing: it is empty, a dash or two, or `null`. */
export function saysNothing(from: i32, to: i32): bool {
  const length = to - from;
  if (length === 0) return true;
  if (length === 1) return load<u8>(from) === 0x2d;
  if (length === 2) return load<u16>(from) === 0x2d2d;
  return length === 4 && load<u32>(from) === 0x6c6c756e;
}

/** The first of the values from `at` on that says something: -1 for none, -2 where the host has to look. Its text is read. */
export function firstOf(at: i32, end: i32): i32 {
  for (let here = at; here < end; here += 4) {
    const value = load<i32>(here);
    if (!readText(value)) return -2;
    if (!isText(value) || !saysNothing(textFrom, textTo)) return value;
  }
  return -1;
}

/** Tells whether a number is written as JavaScript would write it: a whole one of at most 15 digits. */
export function isPlainNumber(from: i32, to: i32): bool {
  if (to - from > 15 || to === from || (load<u8>(from) === 0x30 && to - from > 1)) return false;
  for (let at = from; at < to; at++) if (!isDigit(load<u8>(at))) return false;
  return true;
}

export function stepText(at: i32, end: i32): bool {
  const slot = load<i32>(at);
  if (isOwned(slot)) return true;
  const value = firstOf(at + 4, end);
  if (value < 0) return value === -1;
  if (!isText(value) && !isPlainNumber(textFrom, textTo)) return false;
  return own(slot, text, textFrom, textTo);
}

export function stepNumber(at: i32, end: i32): bool {
  const slot = load<i32>(at);
  if (isOwned(slot) || isKnownSide(load<i32>(at, 4))) return true;
  const value = firstOf(at + 8, end);
  if (value < 0) return value === -1;
  if (isPlainNumber(textFrom, textTo)) return own(slot, digits, textFrom, textTo);
  // A text that is no number is none; one that may be written otherwise is for the host.
  return isText(value) && !isDigit(load<u8>(textFrom));
}

export function stepAddress(at: i32, end: i32): bool {
  const side = load<i32>(at);
  if (isKnownSide(side)) return true;
  for (let here = at + 12; here < end; here += 4) {
    if (!readText(load<i32>(here))) return false;
    const from = textFrom;
    const to = textTo;
    if (to === from || (to - from === 1 && load<u8>(from) === 0x2d)) continue;
    return holdEnd(load<i32>(at, 4), load<i32>(at, 8), from, to);
  }
  return true;
}

/** `203.0.113.5`, `203.0.113.5:4022` or `[2001:db8::5]:4022`. */
function holdEnd(slot: i32, portSlot: i32, from: i32, to: i32): bool {
  if (isIp(from, to)) return own(slot, text, unmapped(from, to), to);
  let port = to;
  while (port > from && isDigit(load<u8>(port - 1))) port--;
  if (port < from + 2 || !isPlainNumber(port, to) || to - port > 5 || load<u8>(port - 1) !== 0x3a) return false;
  let start = from;
  let end = port - 1;
  if (load<u8>(start) === 0x5b) {
    if (load<u8>(end - 1) !== 0x5d) return false;
    start++;
    end--;
  } else for (let at = start; at < end; at++) if (load<u8>(at) === 0x3a) return false;
  return isIp(start, end) && own(slot, text, unmapped(start, end), end) && own(portSlot, digits, port, to);
}

/** Sets aside white space that is not of ASCII: two bytes tell where there may be some. */
function isRareBlank(at: i32): bool {
  const pair: i32 = ((<i32>load<u8>(at)) << 8) | load<u8>(at, 1);
  return pair === 0xc2a0 || pair === 0xe19a || pair === 0xe280 || pair === 0xe281 || pair === 0xe380 || pair === 0xefbb;
}

export function stepMessage(at: i32, end: i32): bool {
  if (isOwned(messageSlot)) return true;
  const value = firstOf(at, end);
  if (value < 0) return value === -1;
  if (!isText(value)) return isPlainNumber(textFrom, textTo) && own(messageSlot, text, textFrom, textTo);
  return ownMessage();
}

/** Takes the text that was read last, without blanks around it, for the message; false where the host has to look. */
export function ownMessage(): bool {
  let from = textFrom;
  let to = textTo;
  while (from < to && isBlank(load<u8>(from))) from++;
  while (to > from && isBlank(load<u8>(to - 1))) to--;
  if (from === to || isRareBlank(from) || (to - from > 1 && isRareBlank(to - 2))) return false;
  return (to - from < 3 || !isRareBlank(to - 3)) && own(messageSlot, text, from, to);
}

function isBlank(byte: i32): bool {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

export function stepLevel(at: i32, end: i32): bool {
  if (isOwned(levelSlot)) return true;
  const isSyslog = load<i32>(at) !== 0;
  for (let here = at + 4; here < end; here += 4) {
    const value = load<i32>(here);
    if (!readText(value)) return false;
    if (isText(value)) {
      const row = rowOfLevel(textFrom, textTo - textFrom);
      if (row !== 0) return ownLevel(load<i32>(row, 8));
      continue;
    }
    if (!isPlainNumber(textFrom, textTo)) return false;
    const level = levelOf(textFrom, textTo, isSyslog);
    if (level >= 0) return ownLevel(level);
  }
  return true;
}

function rowOfLevel(from: i32, length: i32): i32 {
  const letter = rowOf(levelLetters, from, length);
  return letter !== 0 ? letter : rowOfLower(levelWords, from, length);
}

/** The row of a word in small letters. */
function rowOfLower(words: i32, from: i32, length: i32): i32 {
  if (length > 16) return 0;
  for (let index = 0; index < length; index++) {
    const byte: i32 = load<u8>(from + index);
    store<u8>(lowerAt + index, <u32>(byte - 0x41) < 26 ? byte | 0x20 : byte);
  }
  return rowOf(words, lowerAt, length);
}

/** Source: `levelOf` in ../structured/reading.ts. */
function levelOf(from: i32, to: i32, isSyslog: bool): i32 {
  let value = 0;
  for (let at = from; at < min(to, from + 4); at++) value = value * 10 + load<u8>(at) - 0x30;
  if (isSyslog) return value < 8 ? value : -1;
  if (value < 10) return -1;
  if (value >= 60) return 2;
  if (value >= 50) return 3;
  if (value >= 40) return 4;
  return value >= 30 ? 6 : 7;
}

/** Takes a level by its number. */
export function ownLevel(index: i32): bool {
  const row = levelsAt + index * 12;
  const place = poolAt + load<i32>(row, 4);
  return own(levelSlot, json, place, place + load<i32>(row, 8));
}

export function stepDomain(at: i32, end: i32): bool {
  if (isOwned(domainSlot) || (load<i32>(at) === 0 && !isOwned(load<i32>(at, 4)))) return true;
  const value = firstOf(at + 8, end);
  if (value < 0) return value === -1;
  if (!isText(value)) return false;
  let port = textTo;
  while (port > textFrom && isDigit(load<u8>(port - 1))) port--;
  const hasPort = port > textFrom && port < textTo && textTo - port <= 5 && load<u8>(port - 1) === 0x3a;
  const to = hasPort ? port - 1 : textTo;
  return to > textFrom && own(domainSlot, text, textFrom, to);
}

export function stepHost(at: i32): bool {
  const slot = load<i32>(at);
  if (isOwned(slot) || (load<i32>(at, 4) >= 0 && isOwned(load<i32>(at, 4)))) return true;
  if (!readText(load<i32>(at, 8))) return false;
  return !isHostName(textFrom, textTo) || own(slot, text, textFrom, textTo);
}

export function stepTransport(at: i32): bool {
  if (!isOwned(load<i32>(at, 4)) || !isOwned(load<i32>(at, 8))) return true;
  if (!readText(load<i32>(at, 12))) return false;
  const row = rowOfLower(transports, textFrom, textTo - textFrom);
  return row === 0 || own(load<i32>(at), json, load<i32>(row, 8), load<i32>(row, 8) + load<i32>(row, 12));
}

function lower(at: i32): i32 {
  return load<u8>(at) | 0x20;
}

/** Four letters in small ones. */
function four(at: i32): u32 {
  return load<u32>(at) | 0x20202020;
}

/** Tells whether a text cannot be the name of a login. Source: `login` in ../structured/outcome.ts. */
export function isCalmEvent(value: i32): bool {
  if (!readText(value)) return false;
  for (let at = textFrom; at + 4 < textTo; at++) {
    const start = four(at);
    // auth, sign, sess and cred.
    if (start === 0x68747561 || start === 0x6e676973 || start === 0x73736573 || start === 0x64657263) return false;
    if ((start & 0xffffff) !== 0x676f6c) continue;
    const behind = lower(at + 3);
    if (behind === 0x69 || behind === 0x6f || load<u8>(at, 3) === 0x20 || behind === 0x2d || load<u8>(at, 3) === 0x5f)
      return false;
  }
  return textTo - textFrom < 4 || four(textTo - 4) !== 0x68747561;
}

/** Tells whether a text cannot say that somebody was turned away. Source: `refusal` in ../structured/outcome.ts. */
export function isCalmError(value: i32): bool {
  if (!isText(value)) return true;
  if (!readText(value)) return false;
  for (let at = textFrom; at + 5 < textTo; at++) {
    const start = four(at);
    // unau, inva, pass and auth.
    if (start === 0x75616e75 || start === 0x61766e69 || start === 0x73736170 || start === 0x68747561) return false;
  }
  return true;
}
