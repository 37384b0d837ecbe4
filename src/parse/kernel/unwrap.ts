/*
 * Lines out of lp-tail's envelopes: raw lines again, each behind its offset in its source (f64), as `parse` reads them. Only
 * what is written just so is taken; every other envelope, and a line with a control character, is for the host.
 */
import { areSame, behind, isDigit } from '../../io/kernel/bytes';
import { hasEscapes, textEnd } from '../../io/kernel/json';

const head: string = '{"schema":"lp/1","type":"line","log":{"source":"';
const behindSource: string = '","offset":';
const behindOffset: string = '},"original":"';

/** Bytes of the offset before each line. */
export const lead: i32 = 8;

/** Where the lines' source is named in the first envelope. */
export let sourceFrom: i32 = 0;
export let sourceTo: i32 = 0;
/** Where the lines end, and how many they are. */
export let unwrappedTo: i32 = 0;
export let unwrapped: i32 = 0;

/** The offset that was read last, and where the text ends that was copied last. */
let number: f64 = 0;
let textOut: i32 = 0;

/**
 * Takes lines out of the envelopes from `from` to `to` for as long as they are of one source, and puts them to `out`, where they
 * need no more room. Gives the place behind the last one.
 */
export function unwrap(from: i32, to: i32, out: i32): i32 {
  unwrapped = 0;
  unwrappedTo = out;
  sourceFrom = behind(from, to, head);
  if (sourceFrom < 0) return from;
  sourceTo = textEnd(sourceFrom, to);
  if (sourceTo < 0 || hasEscapes) return from;
  const headTo = behind(sourceTo, to, behindSource);
  if (headTo < 0) return from;
  let at = from;
  while (at + headTo - from < to && areSame(from, at, headTo - from)) {
    const next = unwrapOne(at + headTo - from, to);
    if (next < 0) break;
    at = next;
    unwrapped++;
  }
  return at;
}

/** Takes one line, from its offset on: gives the place behind its envelope, or -1. */
function unwrapOne(from: i32, to: i32): i32 {
  let at = readOffset(from, to);
  if (at < 0) return -1;
  at = behind(at, to, behindOffset);
  if (at < 0) return -1;
  const start = unwrappedTo + lead;
  at = copyText(at, to, start);
  if (at < 0 || textOut === start || at + 2 >= to) return -1;
  if (load<u16>(at) !== 0x7d22 || load<u8>(at, 2) !== 0x0a) return -1;
  store<f64>(unwrappedTo, number);
  store<u8>(textOut, 0x0a);
  unwrappedTo = textOut + 1;
  return at + 3;
}

/** More digits would not be exact. */
const maxDigits: i32 = 15;

/** Reads an offset: gives the place behind it, or -1. */
function readOffset(from: i32, to: i32): i32 {
  let at = from;
  let value: i64 = 0;
  while (at < to && at - from <= maxDigits && isDigit(load<u8>(at))) value = value * 10 + load<u8>(at++) - 0x30;
  const length = at - from;
  if (length === 0 || length > maxDigits || (length > 1 && load<u8>(from) === 0x30)) return -1;
  number = <f64>value;
  return at;
}

/** Copies a text of JSON without its escapes, up to `textOut`: gives the place of its quote, or -1. */
function copyText(from: i32, to: i32, start: i32): i32 {
  let at = from;
  let out = start;
  while (at < to) {
    const block = v128.load(at);
    v128.store(out, block);
    const ends = v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c)));
    const found = i8x16.bitmask(v128.or(ends, i8x16.lt_u(block, i8x16.splat(0x20))));
    if (found === 0) {
      at += 16;
      out += 16;
      continue;
    }
    at += ctz(found);
    out += ctz(found);
    if (at >= to) return -1;
    const byte: i32 = load<u8>(at);
    if (byte === 0x22) {
      textOut = out;
      return at;
    }
    const meaning = byte === 0x5c ? meaningOf(load<u8>(at, 1)) : 0;
    if (meaning === 0) return -1;
    store<u8>(out++, meaning);
    at += 2;
  }
  return -1;
}

/** What an escape stands for that may stand in a raw line; 0 for others. Source: RFC 8259 §7. */
function meaningOf(letter: i32): i32 {
  if (letter === 0x74) return 0x09;
  return letter === 0x22 || letter === 0x5c || letter === 0x2f ? letter : 0;
}
