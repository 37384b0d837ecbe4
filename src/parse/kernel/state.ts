/* What host and kernel share: where things lie in linear memory, and what a scan has found. Set once by the host. */

/** Steps of all programs, as i32. */
export let codeAt: i32 = 0;
/** Literals, constants and glue. */
export let poolAt: i32 = 0;
/** For each slot: kind (u8), and first and last place (i32). */
export let heldAt: i32 = 0;
export let fromAt: i32 = 0;
export let toAt: i32 = 0;
/** Number of slots. */
export let slotCount: i32 = 0;
/** For each pair of slots: place and length of the glue between them, as two i32; length 0 until it is made. */
export let glueAt: i32 = 0;
/** For each word table its place: a count, then word, length, first constant, count of constants. */
export let tablesAt: i32 = 0;
/** For each run of pairs the place of its keys: a count, then word, length, first step. */
export let keysAt: i32 = 0;
/** The place of the datasets: a count, then word, length, first step. */
export let datasetsAt: i32 = 0;
/** The JSON of eight levels: slot, place, length. */
export let levelsAt: i32 = 0;
/** The time read last: 24 bytes of text, then its quality as i32. */
export let timeAt: i32 = 0;
/** The time that lines without one get: 24 bytes of text. */
export let observedAt: i32 = 0;
/** Start of a record, and source for each of four qualities: place and length of each. */
export let partsAt: i32 = 0;

/** First step of what reads the messages that no dataset knows; -1 when there is none. */
export let fallback: i32 = -1;
/** The table of sessions, and what it needs. */
export let sessionsAt: i32 = 0;
export let addressSlot: i32 = 0;
export let derivedSlot: i32 = 0;
export let truthAt: i32 = 0;
export let messageSlot: i32 = 0;
export let processSlot: i32 = 0;
export let prioritySlot: i32 = 0;
export let levelSlot: i32 = 0;
export let domainSlot: i32 = 0;
export let pathSlot: i32 = 0;
export let querySlot: i32 = 0;

/** Takes the places over from an array of i32, in the order above. */
export function setUp(at: i32): void {
  codeAt = load<i32>(at);
  poolAt = load<i32>(at, 4);
  heldAt = load<i32>(at, 8);
  fromAt = load<i32>(at, 12);
  toAt = load<i32>(at, 16);
  slotCount = load<i32>(at, 20);
  glueAt = load<i32>(at, 24);
  tablesAt = load<i32>(at, 28);
  keysAt = load<i32>(at, 32);
  datasetsAt = load<i32>(at, 36);
  levelsAt = load<i32>(at, 40);
  timeAt = load<i32>(at, 44);
  partsAt = load<i32>(at, 48);
  messageSlot = load<i32>(at, 52);
  processSlot = load<i32>(at, 56);
  prioritySlot = load<i32>(at, 60);
  levelSlot = load<i32>(at, 64);
  domainSlot = load<i32>(at, 68);
  pathSlot = load<i32>(at, 72);
  querySlot = load<i32>(at, 76);
  fallback = load<i32>(at, 80);
  sessionsAt = load<i32>(at, 84);
  addressSlot = load<i32>(at, 88);
  derivedSlot = load<i32>(at, 92);
  truthAt = load<i32>(at, 96);
  observedAt = load<i32>(at, 100);
}

export const nothing: i32 = 0;
export const text: i32 = 1;
export const digits: i32 = 2;
export const json: i32 = 3;

const trailAt: i32 = <i32>memory.data(16 * 4096);
let trailLength: i32 = 0;
const trailEnd: i32 = 16 * 4096;

export function trail(): i32 {
  return trailLength;
}

export function kindOf(slot: i32): i32 {
  return load<u8>(heldAt + slot);
}

export function fromOf(slot: i32): i32 {
  return load<i32>(fromAt + (slot << 2));
}

export function toOf(slot: i32): i32 {
  return load<i32>(toAt + (slot << 2));
}

/** Gives a slot a stretch; false when a program gives more than can be taken back. */
export function hold(slot: i32, kind: i32, from: i32, to: i32): bool {
  if (trailLength >= trailEnd) return false;
  const at = trailAt + trailLength;
  store<i32>(at, slot);
  store<i32>(at, load<u8>(heldAt + slot), 4);
  store<i32>(at, fromOf(slot), 8);
  store<i32>(at, toOf(slot), 12);
  trailLength += 16;
  store<u8>(heldAt + slot, kind);
  store<i32>(fromAt + (slot << 2), from);
  store<i32>(toAt + (slot << 2), to);
  return true;
}

/** Takes back what was given since the trail had this length. */
export function undo(length: i32): void {
  while (trailLength > length) {
    trailLength -= 16;
    const at = trailAt + trailLength;
    const slot = load<i32>(at);
    store<u8>(heldAt + slot, load<i32>(at, 4));
    store<i32>(fromAt + (slot << 2), load<i32>(at, 8));
    store<i32>(toAt + (slot << 2), load<i32>(at, 12));
  }
}
