/* The steps of plans that are about a request. False makes the line one for the host. */
import { firstByte, isDigit } from '../../io/kernel/bytes';
import { isOwned, own } from './owned';
import { firstOf, isPlainNumber, isText } from './plan-values';
import { firstPlace } from './search';
import { datasetSlot, digits, fromOf, json, pathSlot, querySlot, statusSlot, text, toOf } from './state';
import { readText, textFrom, textTo } from './unescape';
import { rowOf } from './values';

let methods: i32 = 0;
let accessAt: i32 = 0;
let accessLength: i32 = 0;

/** Takes over where the methods are, and the dataset of requests in JSON. */
export function setPlanRequests(words: i32, access: i32, length: i32): void {
  methods = words;
  accessAt = access;
  accessLength = length;
}

/** Tells whether a request line ends so. */
function isProtocol(from: i32, to: i32): bool {
  return to - from >= 5 && load<u32>(from) === 0x50545448 && load<u8>(from, 4) === 0x2f;
}

/** Slots of method, target and version, and a value. */
export function stepRequestLine(at: i32): bool {
  if (!readText(load<i32>(at, 12))) return false;
  const from = textFrom;
  const to = textTo;
  const first = firstByte(from, to, 0x20);
  if (first === to) return true;
  let last = to;
  while (load<u8>(last - 1) !== 0x20) last--;
  let end = to;
  if (isProtocol(last, to)) {
    if (last - 1 === first) return true;
    end = last - 1;
    if (last + 5 === to || !own(load<i32>(at, 8), text, last + 5, to)) return false;
  }
  if (first === from || end <= first + 1) return false;
  return own(load<i32>(at), text, from, first) && own(load<i32>(at, 4), text, first + 1, end);
}

/** The slot of the method, and values. */
export function stepMethod(at: i32, end: i32): bool {
  const value = firstOf(at + 4, end);
  if (value < 0) return value === -1;
  if (!isText(value)) return true;
  if (rowOf(methods, textFrom, textTo - textFrom) !== 0) return own(load<i32>(at), text, textFrom, textTo);
  // Small letters are made large, which is for the host.
  if (textTo - textFrom > 9) return true;
  for (let here = textFrom; here < textTo; here++) if (load<u8>(here) >= 0x61) return false;
  return true;
}

/** Slots of method (-1: whatever it is) and target, and values: the first that says something, or the first at all. */
export function stepTarget(at: i32, end: i32): bool {
  const method = load<i32>(at);
  const slot = load<i32>(at, 4);
  if (isOwned(slot) || (method >= 0 && !isOwned(method))) return true;
  const value = firstOf(at + 8, end);
  if (value === -1) return method >= 0;
  return value >= 0 && (!isText(value) || own(slot, text, textFrom, textTo));
}

/** Slots of method and version, and values: `HTTP/1.1`, `1.1` or 2. */
export function stepProtocol(at: i32, end: i32): bool {
  const slot = load<i32>(at, 4);
  if (isOwned(slot) || !isOwned(load<i32>(at))) return true;
  const value = firstOf(at + 8, end);
  if (value < 0) return value === -1;
  let from = textFrom;
  const to = textTo;
  if (!isText(value)) return false;
  if (to - from > 5 && (load<u32>(from) | 0x20202020) === 0x70747468 && load<u8>(from, 4) === 0x2f) from += 5;
  const first: i32 = from < to ? load<u8>(from) : 0;
  if (first < 0x31 || first > 0x33) return true;
  const isWhole = to - from === 1;
  const isParted = to - from === 3 && load<u8>(from, 1) === 0x2e && isDigit(load<u8>(from, 2));
  return (!isWhole && !isParted) || own(slot, text, from, to);
}

/** Values, the first of which that is a status counts. */
export function stepStatus(at: i32, end: i32): bool {
  for (let here = at; here < end; here += 4) {
    const value = load<i32>(here);
    if (!readText(value)) return false;
    if (!isPlainNumber(textFrom, textTo)) {
      if (!isText(value) || (textTo > textFrom && isDigit(load<u8>(textFrom)))) return false;
      continue;
    }
    const first: i32 = load<u8>(textFrom);
    if (textTo - textFrom === 3 && first <= 0x35) return own(statusSlot, digits, textFrom, textTo);
  }
  return true;
}

const schemeAt: i32 = <i32>memory.data<u8>([0x3a, 0x2f, 0x2f, 0]);

/** Slots of method and target: takes its parts, and tells what the record is about. */
export function stepUrl(at: i32): bool {
  const slot = load<i32>(at, 4);
  if (isOwned(slot)) {
    const from = fromOf(slot);
    const to = toOf(slot);
    if (load<u8>(from) === 0x2f) {
      const query = firstByte(from, to, 0x3f);
      if (!own(pathSlot, text, from, query)) return false;
      if (query + 1 < to && !own(querySlot, text, query + 1, to)) return false;
    } else if (firstPlace(from, to, schemeAt, 3) >= 0) return false;
  }
  if (!isOwned(statusSlot) || !isOwned(load<i32>(at))) return true;
  return own(datasetSlot, json, accessAt, accessAt + accessLength);
}
