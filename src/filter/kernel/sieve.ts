/*
 * Reads records as far as it takes to tell that no rule, level or keyword asks for them. It walks through their JSON and looks
 * at the fields that are asked about: at texts with an automaton for each field, at whole values and at numbers. What is found
 * there, or cannot be told from bytes, makes the line one for the host, which decides; so this may find too much, but never
 * too little. A record in which something is found is kept without the host when what decides in it is known to suffice, or
 * passed over when nothing is found but values of which it is known that they are of no use alone, and it is one that the host
 * could not refuse. What it is given: ../sieve.ts.
 */
import { areSame, firstByte, isDigit } from '../../io/kernel/bytes';
import { textEnd } from '../../io/kernel/json';
import { isPlainWord, isUsualTime } from './json';
import { beginNoise, isNoise, rememberNoise } from './noise';
import { addRow, behindRow, detailsIn, rowBehind, top } from './outlines';
import { holdsWords } from './phrases';
import { begin, end, passOver, tell } from './rows';
import { beginSignature, know, known, knownWords, sign } from './signature';
import { caseBits, found, unknown } from './texts';
import { beginWaiting, waiting, waitingEnd, waitingFrom, waitingState, waitWith } from './waiting';

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
/** For each node the number of the line in which it was seen last. */
let seenAt: i32 = 0;
/** Longest text that decides where only short ones do. */
let maxBrief: i32 = 0;
let lineNumber: i32 = 0;

const backslash: i32 = 0x5c;
const nodeBytes: i32 = 16;
const root: i32 = 0;

/* Flags of nodes. Source: ../sieve.ts. */
const isAsked: i32 = 1;
const hasValues: i32 = 2;
const isSubject: i32 = 4;
const isEvent: i32 = 8;
const isEntry: i32 = 16;
const isHttp: i32 = 1 << 15;
/** Not of a node: the record's dataset is one of requests whose entries nobody asks for. */
const isRequest: i32 = 1 << 16;
/** What decides by its value, and what does so only if it is short; and what a value must be, if not 1, a text: a time, an object, a number or a list of texts. */
const isSigned: i32 = 1 << 17;
const isBrief: i32 = 1 << 18;
const isMessage: i32 = 1 << 19;
const kindShift: i32 = 12;
const kindMask: i32 = 7;
const timeKind: i32 = 2;
const objectKind: i32 = 3;
const numberKind: i32 = 4;
const textsKind: i32 = 5;
/** What each record has: its time, its log's source, offset and format, and the entry. */
const required: i32 = 31 << 5;
/** Of what is there once, and of what else must be: of two the last one counts, which is for the host. */
const unique: i32 = 127 << 5;

/** What is known of all records in which the same decides. Source: ../line-finder.ts. */
const isKept: i32 = 1;
const isPassed: i32 = 2;

/** What is found by a value. */
const mustRead: i32 = 0;
const requestDataset: i32 = 1;

/** Objects and lists within each other; deeper ones are for the host. */
const maxDepth: i32 = 16;
/** For each of them the node of its members, and whether it is a list, as i32. */
const stackAt: i32 = <i32>memory.data(16 * 8);

/* What a row of the outline says, behind the flags of what was seen: the node of the value behind it, what that is, whether something is asked for, whether the host might refuse the record, and the nodes of objects and lists that are signed. */
const nodeIn: usize = 4;
const kindIn: usize = 8;
const foundIn: usize = 9;
const unsureIn: usize = 10;
const signedIn: usize = 11;
const maxSigned: i32 = 8;
const isText: i32 = 0;
const isWord: i32 = 1;
/** A word in a list. */
const isItem: i32 = 2;
const isEnd: i32 = 3;

/** What the outline says of this line so far; false when it cannot be noted; and nodes that were signed since the last value. */
let outlineFound: bool = false;
let outlineUnsure: bool = false;
let isOutlined: bool = true;
let signed: i32 = 0;
const signedAt: i32 = <i32>memory.data(8);

/** The flags of all nodes that were seen in this line. */
let seen: i32 = 0;
/** Whether something is asked for that is in it, or may be. */
let isFound: bool = false;
/** Whether a value that decides is asked for. */
let isValueFound: bool = false;
/** The message. */
let messageFrom: i32 = 0;
let messageTo: i32 = 0;
/** Whether the entry was not looked at, as that of a request. */
let isEntryLeft: bool = false;
/** Whether it is for sure a record that the host would take. */
let isSure: bool = false;

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
  seenAt = load<i32>(at, 32);
  maxBrief = load<i32>(at, 36);
}

/** Reads whole lines from `from` to `to`, where the last may lack its end: tells of those that the host must read, as `search` does. */
export function sift(from: i32, to: i32, out: i32, most: i32): i32 {
  begin();
  let rows = 0;
  let at = from;
  while (at < to) {
    const behind = endOfRecord(at, to);
    const verdict: i32 = behind > 0 && isSure && (isFound || isValueFound) ? known() : 0;
    const isSame = (verdict & isKept) !== 0 && holdsWords(knownWords(), messageFrom, messageTo);
    if (behind > 0 && !isSame && isNothing(verdict)) {
      passOver();
      at = behind;
      continue;
    }
    const newline = behind > 0 ? behind - 1 : firstByte(at, to, 0x0a);
    rows = tell(out, rows, at, newline, isSame);
    at = newline + 1;
    if (rows === most) break;
  }
  end(min(at, to));
  return rows;
}

/** Says of a line, with its end, what is to be done with all in which the same decides, if their message holds some words. */
export function learn(from: i32, to: i32, verdict: i32, wordsAt: i32): void {
  if (endOfRecord(from, to) > 0 && isSure) know(verdict, wordsAt);
}

/** Tells whether there is nothing in the record that is asked for, by what is known of its values. */
function isNothing(verdict: i32): bool {
  if (isFound || (seen & isSubject) === 0) return false;
  // It was none after all, or one that tells of more.
  if (isEntryLeft && (seen & (isHttp | isEvent)) !== isHttp) return false;
  if (!isValueFound) return true;
  if ((verdict & isPassed) === 0) return false;
  for (let index = 0; index < waiting && !isFound; index++) look(waitingState(index), waitingFrom(index), waitingEnd(index));
  return !isFound;
}

/** The place behind a record and its end; 0 for any other line. */
function endOfRecord(from: i32, to: i32): i32 {
  if (!areSame(from, startAt, startLength)) return 0;
  const at = endByOutline(from, to);
  return at > 0 ? at : endByReading(from, to);
}

/** The same for a record of an outline that is known; 0 for any other. */
function endByOutline(from: i32, to: i32): i32 {
  beginLine();
  let row = top;
  let at = from;
  while (true) {
    row = rowBehind(row, at, to);
    if (row === 0) return 0;
    at = behindRow;
    const details = row + detailsIn;
    const node = load<i32>(details, nodeIn);
    seen = load<i32>(details) | (seen & isRequest);
    isFound = isFound || load<u8>(details, foundIn) !== 0;
    isSure = isSure && load<u8>(details, unsureIn) === 0;
    signContainers(details);
    const kind: i32 = load<u8>(details, kindIn);
    if (kind === isEnd) return at;
    if (kind === isText) at = behindText(node, at, to);
    else {
      if (node !== unknown && !fitsKind(node, load<u8>(at), kind === isItem)) isSure = false;
      at = behindWord(node, at, to);
    }
    if (at === 0) return 0;
  }
}

/** The same for any record, whose outline is known from then on. */
function endByReading(from: i32, to: i32): i32 {
  beginLine();
  let at = from + startLength;
  let row = top;
  let rowFrom = from;
  let depth = 0;
  let node = root;
  let isList = false;
  let isFirst = false;
  while (true) {
    const byte: i32 = load<u8>(at);
    if (byte === 0x7d || byte === 0x5d) {
      if (isList !== (byte === 0x5d)) return 0;
      at++;
      if (depth === 0) {
        if (at === to || load<u8>(at) !== 0x0a || !isComplete()) return 0;
        takeOutline(row, rowFrom, at + 1, isEnd, unknown);
        return at + 1;
      }
      depth--;
      node = load<i32>(stackAt + (depth << 3));
      isList = load<i32>(stackAt + (depth << 3), 4) !== 0;
      isFirst = false;
      continue;
    }
    if (isFirst === (byte === 0x2c)) return 0;
    if (!isFirst) at++;
    isFirst = false;
    let child = node;
    if (!isList) {
      if (load<u8>(at) !== 0x22) return 0;
      const keyEnd = textEnd(at + 1, to);
      if (keyEnd < 0 || load<u8>(keyEnd + 1) !== 0x3a) return 0;
      child = childOf(node, at + 1, keyEnd);
      at = keyEnd + 2;
    }
    const opening: i32 = load<u8>(at);
    const isOfKind = child === unknown || fitsKind(child, opening, isList);
    if (opening === 0x7b || opening === 0x5b) {
      if (depth === maxDepth) return 0;
      openContainer(child, isOfKind, at);
      store<i32>(stackAt + (depth << 3), node);
      store<i32>(stackAt + (depth << 3), isList ? 1 : 0, 4);
      depth++;
      node = child;
      isList = opening === 0x5b;
      isFirst = true;
      at++;
      continue;
    }
    if (opening === 0x22) {
      if (!isOfKind) outlineUnsure = true;
      row = takeOutline(row, rowFrom, at + 1, isText, child);
      at = behindText(child, at + 1, to);
    } else {
      row = takeOutline(row, rowFrom, at, isList ? isItem : isWord, child);
      if (!isOfKind) isSure = false;
      at = behindWord(child, at, to);
    }
    if (at === 0) return 0;
    rowFrom = at;
  }
}

/** An object or a list begins. */
function openContainer(node: i32, isOfKind: bool, at: i32): void {
  if (!isOfKind) outlineUnsure = true;
  if (hasTexts(node)) outlineFound = true;
  if (node === unknown || (flagsOf(node) & isSigned) === 0) return;
  sign(node, at, at);
  if (signed === maxSigned || node > 0xff) isOutlined = false;
  else store<u8>(signedAt + signed++, <u8>node);
}

/**
 * Takes over what the outline says so far, before the value behind it is looked at, and notes it in a row behind `row`: gives
 * that row, 0 where outlines are not noted.
 */
function takeOutline(row: i32, from: i32, to: i32, kind: i32, node: i32): i32 {
  isFound = isFound || outlineFound;
  isSure = isSure && !outlineUnsure;
  const count = signed;
  signed = 0;
  if (row === 0 || !isOutlined) return 0;
  const held = rowBehind(row, from, to);
  if (held !== 0 && behindRow === to) return held;
  const added = held === 0 ? addRow(row, from, to) : 0;
  if (added === 0) return 0;
  const details = added + detailsIn;
  store<i32>(details, seen & ~isRequest);
  store<i32>(details, node, nodeIn);
  store<u8>(details, <u8>kind, kindIn);
  store<u8>(details, outlineFound ? 1 : 0, foundIn);
  store<u8>(details, outlineUnsure ? 1 : 0, unsureIn);
  store<u8>(details, <u8>count, signedIn);
  for (let index = 0; index < count; index++) store<u8>(details + index, load<u8>(signedAt + index), signedIn + 1);
  return added;
}

/** Signs the objects and lists that begin in a row. */
function signContainers(details: i32): void {
  const count: i32 = load<u8>(details, signedIn);
  for (let index = 0; index < count; index++) sign(load<u8>(details + index, signedIn + 1), details, details);
}

function beginLine(): void {
  seen = 0;
  isFound = false;
  isValueFound = false;
  isEntryLeft = false;
  messageFrom = 0;
  messageTo = 0;
  isSure = true;
  outlineFound = false;
  outlineUnsure = false;
  isOutlined = true;
  signed = 0;
  lineNumber++;
  beginNoise();
  beginWaiting();
  beginSignature();
}

/** The node of a member, or `unknown`. Of two members with one name the last one counts, which is for the host. */
function childOf(node: i32, from: i32, to: i32): i32 {
  if (node === unknown) return unknown;
  const child = found(keysAt, node, from, to - from, 0);
  if (child === unknown) {
    if (firstByte(from, to, backslash) < to) setUnsure();
    return unknown;
  }
  const flags = flagsOf(child);
  const seenIn = seenAt + (child << 2);
  if ((flags & seen & unique) !== 0) setUnsure();
  if (load<i32>(seenIn) === lineNumber) outlineUnsure = true;
  store<i32>(seenIn, lineNumber);
  if ((flags & isAsked) !== 0) outlineFound = true;
  seen |= flags;
  return child;
}

/** Says that the host must read the line. */
function setUnsure(): void {
  outlineFound = true;
  outlineUnsure = true;
}

/** Tells whether something is of the kind that the host wants there: records in which it is not are refused. */
function fitsKind(node: i32, opening: i32, isItem: bool): bool {
  const kind = (flagsOf(node) >> kindShift) & kindMask;
  if (kind === 0) return true;
  if (isItem) return kind === textsKind && opening === 0x22;
  if (kind === objectKind) return opening === 0x7b;
  if (kind === numberKind) return isDigit(opening);
  return opening === (kind === textsKind ? 0x5b : 0x22);
}

/** Tells whether the record has what makes it one. */
function isComplete(): bool {
  return (seen & required) === required;
}

function flagsOf(node: i32): i32 {
  return load<i32>(nodesAt + node * nodeBytes, 4);
}

/** The place behind a text's closing quote; 0 when it has none. */
function behindText(node: i32, from: i32, to: i32): i32 {
  const at = textEnd(from, to);
  if (at < 0) return 0;
  if (node === unknown) return at + 1;
  const flags = flagsOf(node);
  if ((flags & isSigned) !== 0) signText(node, flags, from, at);
  if ((flags & isMessage) !== 0) {
    messageFrom = from;
    messageTo = at;
  }
  if (((flags >> kindShift) & kindMask) === timeKind && !isUsualTime(from, at)) isSure = false;
  if (isFound) return at + 1;
  if ((seen & (isRequest | isEvent)) === isRequest && (flags & isEntry) !== 0) {
    isEntryLeft = true;
    return at + 1;
  }
  const state = load<i32>(nodesAt + node * nodeBytes);
  // Where a value is found, what is known of it may suffice.
  if (state !== 0 && !(isValueFound && waitWith(state, from, at))) look(state, from, at);
  // A number may be written as a text.
  if (load<i32>(nodesAt + node * nodeBytes, 12) > 0) isFound = true;
  if (isAskedValue(node, from, at)) find(flags);
  return at + 1;
}

/** Of a long text where only short ones decide, there is no more to sign than that it is there. */
function signText(node: i32, flags: i32, from: i32, to: i32): void {
  const isLong = (flags & isBrief) !== 0 && to - from > maxBrief;
  // What is written with escapes may be a short one.
  if (isLong && firstByte(from, to, backslash) < to) isSure = false;
  sign(node, from, isLong ? from : to);
}

/** Says that a value is asked for. */
function find(flags: i32): void {
  if ((flags & isSigned) !== 0) isValueFound = true;
  else isFound = true;
}

/** Looks for what is asked in a text, by an automaton that stands in `state`. */
function look(state: i32, from: i32, to: i32): void {
  if (isNoise(state, from, to - from)) return;
  if (holdsNone(state, from, to)) rememberNoise(state, from, to - from);
  else isFound = true;
}

/** Tells whether an automaton that stands in `first` finds none of its words in a text, for sure. */
function holdsNone(first: i32, from: i32, to: i32): bool {
  let state = first;
  for (let at = from; at < to; at++) {
    let kind: i32 = load<u8>(classesAt + load<u8>(at));
    if (kind === 0) {
      // What `\u` and `\/` stand for, and other letters than ASCII, only a decoder tells.
      const escaped: i32 = load<u8>(at + 1);
      if (load<u8>(at) !== backslash || escaped === 0x75 || escaped === 0x2f) return false;
      // A backslash and a quote have the last two classes.
      state = load<u16>(nextAt + (((state << classBits) + (1 << classBits) - 1) << 1));
      if (state === 0) return false;
      at++;
      kind = escaped === 0x5c ? (1 << classBits) - 1 : escaped === 0x22 ? (1 << classBits) - 2 : load<u8>(classesAt + escaped);
    }
    state = load<u16>(nextAt + (((state << classBits) + kind) << 1));
    if (state === 0) return false;
  }
  return true;
}

/** The place behind a number, or `true`, `false` or `null`; 0 when there is none. */
function behindWord(node: i32, from: i32, to: i32): i32 {
  let at = from;
  while (at < to && isOfWord(load<u8>(at))) at++;
  if (at === from) return 0;
  if (!isPlainWord(from, at)) isSure = false;
  if (node === unknown) return at;
  if ((flagsOf(node) & isSigned) !== 0) sign(node, from, at);
  // What is no text where texts are looked for is for the host, too.
  if (hasTexts(node)) isFound = true;
  if (isAskedValue(node, from, at) || isAskedNumber(node, from, at)) find(flagsOf(node));
  return at;
}

/** Tells whether texts of the node are looked at. */
function hasTexts(node: i32): bool {
  return node !== unknown && load<i32>(nodesAt + node * nodeBytes) !== 0;
}

/** Tells whether a byte may be part of a number, or of `true`, `false` or `null`. */
function isOfWord(byte: i32): bool {
  return isDigit(byte) || <u32>((byte | 0x20) - 0x61) < 26 || byte === 0x2d || byte === 0x2b || byte === 0x2e;
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
