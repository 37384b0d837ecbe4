/*
 * What a line must have for a format to be tried on it. The host's side: ../scan/needs.ts.
 */
import { firstByte } from '../../io/kernel/bytes';
import { mayHoldOneOf } from './grams';
import { poolAt } from './state';
import { startsWithStamp } from './time';

/** What is needed: first bytes (32), those with which it begins otherwise than by a stamp (32), shapes, grams, two bytes that stand somewhere, 0 for none. */
export const needsBytes: i32 = 76;
const otherBytesIn: i32 = 32;
const shapesIn: usize = 64;
const gramsIn: usize = 68;
const heldIn: usize = 72;

/** Tells whether a line, which was set, may have what is needed. */
export function hasNeeds(needs: i32, from: i32, to: i32): bool {
  const first: i32 = load<u8>(from);
  if (!isIn(needs, first)) return false;
  if (!isIn(needs + otherBytesIn, first) && !startsWithStamp(load<i32>(needs, shapesIn), from)) return false;
  for (let held = load<i32>(needs, heldIn); held !== 0; held >>= 8) if (firstByte(from, to, held & 0xff) === to) return false;
  const grams = load<i32>(needs, gramsIn);
  return grams < 0 || mayHoldOneOf(poolAt + grams);
}

function isIn(bytes: i32, byte: i32): bool {
  return (load<u8>(bytes + (byte >> 3)) & (1 << (byte & 7))) !== 0;
}
