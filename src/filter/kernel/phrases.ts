/* Words that must all stand in a message for a record to be kept: length (u8) and bytes of each, in small letters, then a 0. */
import { firstByte } from '../../io/kernel/bytes';

const backslash: i32 = 0x5c;

/** Tells whether all words at a place stand in a text, in any case; with none to look for, they do. */
export function holdsWords(wordsAt: i32, from: i32, to: i32): bool {
  if (wordsAt === 0) return true;
  // What is written with escapes, the host reads.
  if (from === to || firstByte(from, to, backslash) < to) return false;
  let word = wordsAt;
  while (load<u8>(word) !== 0) {
    const length: i32 = load<u8>(word);
    if (!holds(word + 1, length, from, to)) return false;
    word += 1 + length;
  }
  return true;
}

function holds(word: i32, length: i32, from: i32, to: i32): bool {
  const last = to - length;
  for (let at = from; at <= last; at++) {
    let same = 0;
    while (same < length && folded(load<u8>(at + same)) === <i32>load<u8>(word + same)) same++;
    if (same === length) return true;
  }
  return false;
}

function folded(byte: i32): i32 {
  return <u32>(byte - 0x41) < 26 ? byte | 0x20 : byte;
}
