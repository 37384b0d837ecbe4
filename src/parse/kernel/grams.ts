/* Which grams a line holds. What they are for, and what a table of them looks like: ../scan/grams.ts. */

const heldAt: i32 = <i32>memory.data(512);

let from: i32 = 0;
let to: i32 = 0;
let isNoted: bool = false;

/** Says which line is tried. */
export function setLine(start: i32, end: i32): void {
  from = start;
  to = end;
  isNoted = false;
}

/** Tells whether the line may hold one of the texts of a table. */
export function mayHoldOneOf(texts: i32): bool {
  if (!isNoted) note();
  let at = texts + 1;
  for (let left: i32 = load<u8>(texts); left > 0; left--) {
    let grams: i32 = load<u8>(at++);
    const next = at + (grams << 1);
    while (grams > 0 && holds(load<u16>(at))) {
      grams--;
      at += 2;
    }
    if (grams === 0) return true;
    at = next;
  }
  return false;
}

function holds(gram: i32): bool {
  return (load<u8>(heldAt + (gram >> 3)) & (1 << (gram & 7))) !== 0;
}

function note(): void {
  isNoted = true;
  for (let at = heldAt; at < heldAt + 512; at += 16) v128.store(at, i64x2.splat(0));
  for (let at = from; at + 3 <= to; at++) {
    const bytes: u32 = load<u32>(at) & 0xffffff;
    const gram = <i32>((bytes * <u32>0x9e3779b1) >>> 20);
    const place = heldAt + (gram >> 3);
    const held: i32 = load<u8>(place);
    store<u8>(place, held | (1 << (gram & 7)));
  }
}
