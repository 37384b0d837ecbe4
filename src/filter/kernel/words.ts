/*
 * Finds, sixteen bytes at a time, the lines that hold a word, or may hold one, and counts the others. A word is looked for by its first four bytes, of which the low and the high halves
 * are looked up in tables of sixteen, a bit for each of eight groups of words; where all agree, the words of the group are
 * compared. Source: the Teddy algorithm of Hyperscan (Langdale and others). Places are addresses in linear memory; up to 32
 * bytes behind `to` are read and not used.
 */

import { areSame, closingQuote } from '../../io/kernel/bytes';
import { begin, end as endAt, passOver, tell } from './rows';

/** Eight tables of sixteen bytes: low and high halves of four bytes, of which the last ends what a group is found by. */
let tablesAt: i32 = 0;
/** For each group the place and number of its words; a word is text, bits that fold letters, length and length of its head. */
let groupsAt: i32 = 0;
/** A bit for each hash of a whole head, and the groups that have shorter ones. */
let headsAt: i32 = 0;
let shortGroups: i32 = 0;
/** How a record begins, and the keys of its two last texts: place and length. */
let startAt: i32 = 0;
let startLength: i32 = 0;
let messageAt: i32 = 0;
let messageLength: i32 = 0;
let originalAt: i32 = 0;
let originalLength: i32 = 0;

/** For each of the sixteen bytes that are looked at the groups that may end there. */
const hitsAt: i32 = <i32>memory.data(16);
/** The groups of line feeds and of what only a decoder understands. Source: ../word-search.ts. */
const lineFeeds: i32 = 0x80;
const escapes: i32 = 0x40;
const quote: i32 = 0x22;
const colon: i32 = 0x3a;
const backslash: i32 = 0x5c;
const closingBrace: i32 = 0x7d;

/** Takes over the places of what the host has put into memory, from an array of i32, in the order above. */
export function setWords(at: i32): void {
  tablesAt = load<i32>(at);
  groupsAt = load<i32>(at, 4);
  headsAt = load<i32>(at, 8);
  shortGroups = load<i32>(at, 12);
  startAt = load<i32>(at, 16);
  startLength = load<i32>(at, 20);
  messageAt = load<i32>(at, 24);
  messageLength = load<i32>(at, 28);
  originalAt = load<i32>(at, 32);
  originalLength = load<i32>(at, 36);
}

/**
 * Reads whole lines from `from` to `to`, where the last may lack its end. Puts a row at `out` for each line that must be read,
 * of which 0 are kept, and for each run of lines that are kept for sure. Gives how many rows these are, `most` at most.
 */
export function search(from: i32, to: i32, out: i32, most: i32): i32 {
  const low1 = v128.load(tablesAt);
  const high1 = v128.load(tablesAt, 16);
  const low2 = v128.load(tablesAt, 32);
  const high2 = v128.load(tablesAt, 48);
  const low3 = v128.load(tablesAt, 64);
  const high3 = v128.load(tablesAt, 80);
  const low4 = v128.load(tablesAt, 96);
  const high4 = v128.load(tablesAt, 112);
  const halfByte = i8x16.splat(0x0f);
  begin();
  let found = 0;
  let lineFrom = from;
  /** True when the line must be read, whatever else is in it. */
  let isMarked = false;
  /** Where a word in it starts, the first one in a message if there is one; 0 for none. */
  let word = 0;
  let isInMessage = false;
  // Before the first byte stands nothing that belongs to a word.
  let last1 = v128.and(i8x16.swizzle(low1, i64x2.splat(0)), i8x16.swizzle(high1, i64x2.splat(0)));
  let last2 = v128.and(i8x16.swizzle(low2, i64x2.splat(0)), i8x16.swizzle(high2, i64x2.splat(0)));
  let last3 = v128.and(i8x16.swizzle(low3, i64x2.splat(0)), i8x16.swizzle(high3, i64x2.splat(0)));
  for (let at = from; at < to; at += 16) {
    const block = v128.load(at);
    const low = v128.and(block, halfByte);
    const high = v128.and(i16x8.shr_u(block, 4), halfByte);
    const groups1 = v128.and(i8x16.swizzle(low1, low), i8x16.swizzle(high1, high));
    const groups2 = v128.and(i8x16.swizzle(low2, low), i8x16.swizzle(high2, high));
    const groups3 = v128.and(i8x16.swizzle(low3, low), i8x16.swizzle(high3, high));
    const groups4 = v128.and(i8x16.swizzle(low4, low), i8x16.swizzle(high4, high));
    const hits = v128.and(
      v128.and(
        i8x16.shuffle(last1, groups1, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28),
        i8x16.shuffle(last2, groups2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29),
      ),
      v128.and(i8x16.shuffle(last3, groups3, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30), groups4),
    );
    last1 = groups1;
    last2 = groups2;
    last3 = groups3;
    // Other letters than ASCII are for a decoder.
    const odd = i8x16.bitmask(block);
    if (odd === 0 && !v128.any_true(hits)) continue;
    v128.store(hitsAt, hits);
    for (let bits = odd | i8x16.bitmask(i8x16.ne(hits, i64x2.splat(0))); bits !== 0; bits &= bits - 1) {
      const index = ctz(bits);
      const place = at + index;
      if (place >= to) break;
      const groups: i32 = load<u8>(hitsAt + index);
      if ((groups & lineFeeds) === 0) {
        if ((odd & (1 << index)) !== 0 || (groups & escapes) !== 0) isMarked = true;
        else if (!isInMessage) {
          const start = wordWithHead(place, groups);
          if (start === 0) continue;
          word = start;
          isInMessage = isBehindMessageKey(start, lineFrom);
        }
        continue;
      }
      if (isMarked || word > 0 || !isPlainRecord(lineFrom, place)) {
        found = tell(out, found, lineFrom, place, !isMarked && isInMessage && isSure(lineFrom, word, place));
        if (found === most) {
          endAt(place + 1);
          return found;
        }
      } else passOver();
      lineFrom = place + 1;
      isMarked = false;
      isInMessage = false;
      word = 0;
    }
  }
  endAt(to);
  if (lineFrom === to) return found;
  return tell(out, found, lineFrom, to, false);
}

/** Tells whether a place is in the text behind the key of a message. */
function isBehindMessageKey(place: i32, lineFrom: i32): bool {
  const from = openingQuote(place, lineFrom);
  return areSame(from + 1 - messageLength, messageAt, messageLength);
}

/** The last quote before a place that opens a text: it comes behind a colon, and one that is part of a text behind a backslash. */
function openingQuote(place: i32, lineFrom: i32): i32 {
  let at = place;
  while (at > lineFrom && (load<u8>(at) !== quote || load<u8>(at - 1) !== colon)) at--;
  return at;
}

/** Tells whether the word behind the key of a message is in its text for sure: behind it come the text of the entry and the record's end. */
function isSure(lineFrom: i32, word: i32, lineTo: i32): bool {
  if (!isPlainRecord(lineFrom, lineTo) || load<u8>(word - 1) === backslash) return false;
  const end = closingQuote(openingQuote(word, lineFrom) + 1, lineTo);
  if (end < word || !areSame(end, originalAt, originalLength)) return false;
  return closingQuote(end + originalLength, lineTo) === lineTo - 2;
}

/** Where a word of one of the groups starts whose head ends here and that goes on behind it; 0 for none. */
function wordWithHead(place: i32, groups: i32): i32 {
  // Where bits of several words agree by chance, which is often, this is told by their heads' hash.
  if ((groups & shortGroups) === 0 && !mayBeHead(load<u32>(place - 3))) return 0;
  for (let bits = groups; bits !== 0; bits &= bits - 1) {
    const group = groupsAt + (ctz(bits) << 3);
    let word = load<i32>(group);
    for (let left = load<i32>(group, 4); left > 0; left--) {
      const from = place + 1 - load<i32>(word, 12);
      if (isWord(from, load<i32>(word), load<i32>(word, 4), load<i32>(word, 8))) return from;
      word += 16;
    }
  }
  return 0;
}

/** Source of the hash: ../word-search.ts. */
function mayBeHead(bytes: u32): bool {
  const hash = <i32>(((bytes | 0x20202020) * <u32>0x9e3779b1) >>> 19);
  return (load<u8>(headsAt + (hash >> 3)) & (1 << (hash & 7))) !== 0;
}

/** Compares eight bytes at a time; words are followed by room for that. Letters are folded by setting their bit of case. */
function isWord(place: i32, text: i32, fold: i32, length: i32): bool {
  let done = 0;
  for (; done + 8 <= length; done += 8) {
    if ((load<u64>(place + done) | load<u64>(fold + done)) !== load<u64>(text + done)) return false;
  }
  if (done === length) return true;
  const difference = (load<u64>(place + done) | load<u64>(fold + done)) ^ load<u64>(text + done);
  return difference << (64 - ((length - done) << 3)) === 0;
}

/** Tells whether a line is a whole record, as lp-parse writes them. */
function isPlainRecord(from: i32, to: i32): bool {
  return to - from > startLength && load<u8>(to - 1) === closingBrace && areSame(from, startAt, startLength);
}
