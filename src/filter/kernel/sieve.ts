/*
 * Reads records as far as it takes to tell that no rule, level or keyword asks for them. It walks through their JSON and looks
 * at the fields that are asked about: at texts with an automaton for each field, at whole values and at numbers. What is found
 * there, or cannot be told from bytes, makes the line one for the host, which decides; so this may find too much, but never
 * too little. What it is given: ../sieve.ts.
 */
import { areSame, closingQuote, firstByte } from '../../io/kernel/bytes';
import { begin, end, passOver, tell } from './rows';

/** Tables of keys and of values: number of slots less one (i32), and rows of node, length, text and what is found, as i32. */
let keysAt: i32 = 0;
let valuesAt: i32 = 0;
/** For each node: its automaton's first state, or 0; flags; the place and the number of its ranges, as i32. */
let nodesAt: i32 = 0;
/** For each byte its class, 0 for what ends a text or needs a decoder; and by state and class the next state, as u16. */
let classesAt: i32 = 0;
let nextAt: i32 = 0;
/** The classes of one state, as a power of two. */
let classBits: i32 = 0;
/** How a record begins. */
let startAt: i32 = 0;
let startLength: i32 = 0;

const backslash: i32 = 0x5c;
const nodeBytes: i32 = 16;
const rowBytes: i32 = 16;
const unknown: i32 = -1;
const root: i32 = 0;

/* Flags of nodes. Source: ../sieve.ts. */
const isAsked: i32 = 1;
const hasValues: i32 = 2;
const isSubject: i32 = 4;
const isEvent: i32 = 8;
const isEntry: i32 = 16;
/** Not of a node: the record's dataset is one of requests whose entries nobody asks for. */
const isRequest: i32 = 1 << 16;
/** What each record has: its time, its log's source, offset and format, and the entry. */
const required: i32 = 31 << 5;
/** Of what is there once, and of what else must be: of two the last one counts, which is for the host. */
const unique: i32 = 127 << 5;

/** What is found by a value. */
const mustRead: i32 = 0;
const requestDataset: i32 = 1;

/** Objects and lists within each other; deeper ones are for the host. */
const maxDepth: i32 = 16;
/** For each of them the node of its members, and whether it is a list, as i32. */
const stackAt: i32 = <i32>memory.data(16 * 8);

/** The flags of all nodes that were seen in this line. */
let seen: i32 = 0;

/** Takes over the places of what the host has put into memory, from an array of i32, in the order above. */
export function setSieve(at: i32): void {
  keysAt = load<i32>(at);
  valuesAt = load<i32>(at, 4);
  nodesAt = load<i32>(at, 8);
  classesAt = load<i32>(at, 12);
  nextAt = load<i32>(at, 16);
  classBits = load<i32>(at, 20);
  startAt = load<i32>(at, 24);
  startLength = load<i32>(at, 28);
}

/** Reads whole lines from `from` to `to`, where the last may lack its end: tells of those that the host must read, as `search` does. */
export function sift(from: i32, to: i32, out: i32, most: i32): i32 {
  begin();
  let found = 0;
  let at = from;
  while (at < to) {
    const behind = endOfNoise(at, to);
    if (behind > 0) {
      passOver();
      at = behind;
      continue;
    }
    const newline = firstByte(at, to, 0x0a);
    found = tell(out, found, at, newline, false);
    at = newline + 1;
    if (found === most) break;
  }
  end(min(at, to));
  return found;
}

/** The place behind a line that nothing asks for, and its end; 0 for any other. */
function endOfNoise(from: i32, to: i32): i32 {
  if (!areSame(from, startAt, startLength)) return 0;
  seen = 0;
  let at = from + startLength;
  let depth = 0;
  let node = root;
  let isList = false;
  while (true) {
    const byte: i32 = load<u8>(at);
    if (byte === 0x7d || byte === 0x5d) {
      if (isList !== (byte === 0x5d)) return 0;
      at++;
      if (depth === 0) return at < to && load<u8>(at) === 0x0a && isComplete() ? at + 1 : 0;
      depth--;
      node = load<i32>(stackAt + (depth << 3));
      isList = load<i32>(stackAt + (depth << 3), 4) !== 0;
      continue;
    }
    if (byte === 0x2c) at++;
    else if (load<u8>(at - 1) !== 0x7b && load<u8>(at - 1) !== 0x5b) return 0;
    let child = node;
    if (!isList) {
      if (load<u8>(at) !== 0x22) return 0;
      const keyEnd = closingQuote(at + 1, to);
      if (keyEnd < 0 || load<u8>(keyEnd + 1) !== 0x3a) return 0;
      child = node === unknown ? unknown : found(keysAt, node, at + 1, keyEnd - at - 1, 0);
      if (child !== unknown) {
        const flags = flagsOf(child);
        if ((flags & isAsked) !== 0 || (flags & seen & unique) !== 0) return 0;
        seen |= flags;
      } else if (node !== unknown && firstByte(at, keyEnd, backslash) < keyEnd) return 0;
      at = keyEnd + 2;
    }
    const opening: i32 = load<u8>(at);
    if (opening === 0x7b || opening === 0x5b) {
      if (depth === maxDepth || hasTexts(child)) return 0;
      store<i32>(stackAt + (depth << 3), node);
      store<i32>(stackAt + (depth << 3), isList ? 1 : 0, 4);
      depth++;
      node = child;
      isList = opening === 0x5b;
      at++;
      continue;
    }
    at = opening === 0x22 ? behindText(child, at + 1, to) : behindWord(child, at, to);
    if (at === 0) return 0;
  }
}

/** Tells whether the record has what makes it one, and something beside the entry in which keywords are looked for. */
function isComplete(): bool {
  return (seen & required) === required && (seen & isSubject) !== 0;
}

function flagsOf(node: i32): i32 {
  return load<i32>(nodesAt + node * nodeBytes, 4);
}

/** The place behind a text's closing quote; 0 when the line is for the host. */
function behindText(node: i32, from: i32, to: i32): i32 {
  const isUnasked = (seen & (isRequest | isEvent)) === isRequest;
  const isOpen = node === unknown || (isUnasked && (flagsOf(node) & isEntry) !== 0);
  let state = isOpen ? 0 : load<i32>(nodesAt + node * nodeBytes);
  let at = from;
  if (state === 0) {
    at = closingQuote(from, to);
    if (at < 0) return 0;
  } else {
    while (true) {
      const byte: i32 = load<u8>(at);
      let kind: i32 = load<u8>(classesAt + byte);
      if (kind === 0) {
        if (byte === 0x22) break;
        // What `\u` and `\/` stand for, and other letters than ASCII, only a decoder tells.
        if (byte !== 0x5c || load<u8>(at + 1) === 0x75 || load<u8>(at + 1) === 0x2f || load<u8>(at + 1) < 0x20) return 0;
        // A backslash and a quote have the last two classes.
        state = load<u16>(nextAt + (((state << classBits) + (1 << classBits) - 1) << 1));
        if (state === 0) return 0;
        at++;
        const escaped: i32 = load<u8>(at);
        kind = escaped === 0x5c ? (1 << classBits) - 1 : escaped === 0x22 ? (1 << classBits) - 2 : load<u8>(classesAt + escaped);
        if (kind === 0) return 0;
      }
      state = load<u16>(nextAt + (((state << classBits) + kind) << 1));
      if (state === 0) return 0;
      at++;
    }
  }
  if (isOpen) return at + 1;
  // A number may be written as a text.
  return isAskedValue(node, from, at) || load<i32>(nodesAt + node * nodeBytes, 12) > 0 ? 0 : at + 1;
}

/** The place behind a number, or `true`, `false` or `null`; 0 when the line is for the host. */
function behindWord(node: i32, from: i32, to: i32): i32 {
  let at = from;
  while (at < to && isOfWord(load<u8>(at))) at++;
  if (at === from || (node !== unknown && isAskedWord(node, from, at))) return 0;
  return at;
}

/** What is no text where texts are looked for is for the host, too. */
function isAskedWord(node: i32, from: i32, to: i32): bool {
  return hasTexts(node) || isAskedValue(node, from, to) || isAskedNumber(node, from, to);
}

/** Tells whether texts of the node are looked at. */
function hasTexts(node: i32): bool {
  return node !== unknown && load<i32>(nodesAt + node * nodeBytes) !== 0;
}

/** Tells whether a byte may be part of a number, or of `true`, `false` or `null`. */
function isOfWord(byte: i32): bool {
  return <u32>(byte - 0x30) < 10 || <u32>((byte | 0x20) - 0x61) < 26 || byte === 0x2d || byte === 0x2b || byte === 0x2e;
}

/** Tells whether somebody asks for a value of the node as a whole, in any case. */
function isAskedValue(node: i32, from: i32, to: i32): bool {
  if ((flagsOf(node) & hasValues) === 0) return false;
  const value = found(valuesAt, node, from, to - from, caseBits);
  if (value === requestDataset) seen |= isRequest;
  return value === mustRead;
}

/** Tells whether a number may be in a range of the node, or have another text than that which is written. */
function isAskedNumber(node: i32, from: i32, to: i32): bool {
  let range = load<i32>(nodesAt + node * nodeBytes, 8);
  const count = load<i32>(nodesAt + node * nodeBytes, 12);
  const isLetter = (load<u8>(from) | 0x20) >= 0x61;
  if (isLetter || (count === 0 && (flagsOf(node) & hasValues) === 0)) return false;
  if (to - from > 9) return true;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit: i32 = load<u8>(at) - 0x30;
    if (<u32>digit > 9) return true;
    value = value * 10 + digit;
  }
  for (let left = count; left > 0; left--) {
    if (value >= load<i32>(range) && value <= load<i32>(range, 4)) return true;
    range += 8;
  }
  return false;
}

/** Set in all bytes: letters become small ones, and what else becomes the same is read by the host. */
// biome-ignore lint/correctness/noPrecisionLoss: a number of 64 bits.
const caseBits: u64 = 0x2020202020202020;

/** What a table has for a node and a text, or `unknown`. Source of its layout: ../sieve-tables.ts. */
function found(table: i32, node: i32, from: i32, length: i32, fold: u64): i32 {
  const mask = load<i32>(table);
  const first = length < 8 ? (load<u64>(from) | fold) & (((<u64>1) << ((<u64>length) << 3)) - 1) : load<u64>(from) | fold;
  const last = length < 8 ? 0 : load<u64>(from + length - 8) | fold;
  // biome-ignore lint/correctness/noPrecisionLoss: a number of 64 bits.
  const mixed = (first ^ (last << 7) ^ (last >>> 9) ^ (((<u64>node) << 8) + <u64>length)) * <u64>0x9e3779b97f4a7c15;
  let slot = <i32>(mixed >>> 40) & mask;
  while (true) {
    const row = table + 4 + slot * rowBytes;
    const rowNode = load<i32>(row);
    if (rowNode === unknown) return unknown;
    if (rowNode === node && load<i32>(row, 4) === length && isFoldedText(load<i32>(row, 8), from, length, fold))
      return load<i32>(row, 12);
    slot = (slot + 1) & mask;
  }
}

/** Up to seven bytes behind each text are read and not used. */
function isFoldedText(text: i32, from: i32, length: i32, fold: u64): bool {
  let done = 0;
  for (; done + 8 <= length; done += 8) if ((load<u64>(from + done) | fold) !== load<u64>(text + done)) return false;
  const left = length - done;
  return left === 0 || ((load<u64>(from + done) | fold) ^ load<u64>(text + done)) << (64 - ((<u64>left) << 3)) === 0;
}
