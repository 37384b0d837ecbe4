/* Tables in which a text of a node is looked up. */

/** What a table gives for what it does not have. */
export const unknown: i32 = -1;
const rowBytes: i32 = 16;

/** Set in all bytes of folded texts: letters become small ones, and what else becomes the same is read by the host. */
// biome-ignore lint/correctness/noPrecisionLoss: a number of 64 bits.
export const caseBits: u64 = 0x2020202020202020;

/** What a table has for a node and a text, or `unknown`. Source of its layout: ../text-table.ts. */
export function found(table: i32, node: i32, from: i32, length: i32, fold: u64): i32 {
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
