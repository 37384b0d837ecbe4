/*
 * Texts in which nothing was found: agents, referrers and addresses come again and again, and to compare a text costs a
 * tenth of what it takes to look at each of its bytes.
 */
import { areSame } from '../../io/kernel/bytes';

/** By hash: first state of the automaton, length, bytes. */
const slots: i32 = 512;
const slotBytes: i32 = 256;
const textIn: i32 = 8;
const maxLength: i32 = 256 - 16;
const rememberedAt: i32 = <i32>memory.data(512 * 256 + 16);
/** The last one in this line: the path begins as the whole address does. */
let lastState: i32 = 0;
let lastFrom: i32 = 0;
let lastLength: i32 = 0;

/** Says that a line begins. */
export function beginNoise(): void {
  lastState = 0;
}

/** Tells whether it is known that an automaton finds nothing in a text. */
export function isNoise(state: i32, from: i32, length: i32): bool {
  if (state === lastState && length <= lastLength && areSame(from, lastFrom, length)) return true;
  if (length > maxLength) return false;
  const slot = slotOf(state, from, length);
  const isSame = load<i32>(slot) === state && load<i32>(slot, 4) === length && areSame(slot + textIn, from, length);
  if (isSame) setLast(state, from, length);
  return isSame;
}

/** Remembers that it finds nothing. */
export function rememberNoise(state: i32, from: i32, length: i32): void {
  setLast(state, from, length);
  if (length > maxLength) return;
  const slot = slotOf(state, from, length);
  store<i32>(slot, state);
  store<i32>(slot, length, 4);
  memory.copy(slot + textIn, from, length);
}

function setLast(state: i32, from: i32, length: i32): void {
  lastState = state;
  lastFrom = from;
  lastLength = length;
}

/** Of short texts what stands behind them counts too, which costs nothing but a chance to know them. */
function slotOf(state: i32, from: i32, length: i32): i32 {
  const middle = load<u64>(from + (length >> 1)) << 1;
  const end = rotl<u64>(load<u64>(from + max(length - 8, 0)), 23);
  const all = load<u64>(from) ^ middle ^ end ^ ((<u64>state) << 32) ^ <u64>length;
  // biome-ignore lint/correctness/noPrecisionLoss: a number of 64 bits.
  const mixed = all * <u64>0x9e3779b97f4a7c15;
  return rememberedAt + (<i32>(mixed >>> 40) & (slots - 1)) * slotBytes;
}
