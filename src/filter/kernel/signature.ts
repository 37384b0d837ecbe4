/*
 * What decides whether rules have use for a record is, for most, a few short values: the host says of records that they are
 * kept for the sake of these alone, or passed over unless something else is found, and that goes from then on for all with the
 * same values, byte for byte, without their being decoded. Source: ../../sigma/deciding.ts.
 */
import { areSame } from '../../io/kernel/bytes';

/** The values of this record: node (u8), length (u8) and bytes of each, in the order in which they stand in it. */
const signatureAt: i32 = <i32>memory.data(256 + 16);
const maxLength: i32 = 256 - 16;
/** The slot that was found last. */
let foundIn: i32 = 0;
let length: i32 = 0;
let isWhole: bool = true;

/** Signatures that are known, by hash: hash (u32), length (u16), what is known of them (u8), from the eighth
 * byte on themselves, and the place of the words that the message must hold for that, or 0 (i32). */
const slots: i32 = 256;
const slotBytes: i32 = 256;
const lengthIn: usize = 4;
const verdictIn: usize = 6;
const textIn: i32 = 8;
const wordsIn: usize = 248;
/** Slots that are looked at for one hash. */
const tries: i32 = 8;
const knownAt: i32 = <i32>memory.data(256 * 256 + 16);

/** Says that a record begins. */
export function beginSignature(): void {
  length = 0;
  isWhole = true;
}

/** Adds a value, or with no length that there is one. */
export function sign(node: i32, from: i32, to: i32): void {
  const bytes = to - from;
  if (node > 0xff || bytes > 0xff || length + 2 + bytes > maxLength) {
    isWhole = false;
    return;
  }
  store<u8>(signatureAt + length, <u8>node);
  store<u8>(signatureAt + length, <u8>bytes, 1);
  length += 2;
  for (let done = 0; done < bytes; done++) store<u8>(signatureAt + length + done, load<u8>(from + done));
  length += bytes;
}

/** What is known of the values of this record; 0 for nothing. */
export function known(): i32 {
  foundIn = isWhole ? slotOf(hash(), true) : 0;
  return foundIn === 0 ? 0 : load<u8>(foundIn, verdictIn);
}

/** The place of the words that the message must hold for it to be kept; 0 when it need hold none. Of what `known` has found. */
export function knownWords(): i32 {
  return load<i32>(foundIn, wordsIn);
}

/** Makes something more known of them; what there is no room for is decoded further on. */
export function know(verdict: i32, wordsAt: i32): void {
  if (!isWhole) return;
  const mark = hash();
  const held = slotOf(mark, true);
  const slot = held === 0 ? slotOf(mark, false) : held;
  if (slot === 0) return;
  store<u32>(slot, mark);
  store<u16>(slot, <u16>length, lengthIn);
  store<u8>(slot, <u8>(verdict | (held === 0 ? 0 : load<u8>(slot, verdictIn))), verdictIn);
  if (wordsAt !== 0) store<i32>(slot, wordsAt, wordsIn);
  memory.copy(slot + textIn, signatureAt, length);
}

/** The slot that holds this signature, or the first empty one; 0 for none. */
function slotOf(mark: u32, isHeld: bool): i32 {
  for (let index = 0; index < tries; index++) {
    const slot = knownAt + ((<i32>mark + index) & (slots - 1)) * slotBytes;
    const held: i32 = load<u16>(slot, lengthIn);
    if (!isHeld && held === 0) return slot;
    if (isHeld && load<u32>(slot) === mark && held === length && length > 0 && areSame(slot + textIn, signatureAt, length))
      return slot;
  }
  return 0;
}

/** Source: FNV-1a, eight bytes at a time. */
function hash(): u32 {
  store<u64>(signatureAt + length, 0);
  let mixed: u64 = 0x811c9dc5;
  for (let at = 0; at < length; at += 8) {
    // biome-ignore lint/correctness/noPrecisionLoss: a number of 64 bits.
    mixed = (mixed ^ load<u64>(signatureAt + at)) * <u64>0x9e3779b97f4a7c15;
    mixed ^= mixed >>> 29;
  }
  return <u32>(mixed >>> 32);
}
