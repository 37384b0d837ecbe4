/* What host and kernel share: where things lie in linear memory, and what a scan has found. Set once by the host. */

/** Steps of all programs, as i32. */
export let codeAt: i32 = 0;
/** Literals, constants and glue. */
export let poolAt: i32 = 0;
/** Classes of bytes, and the steps that they lead to. */
export let classesAt: i32 = 0;
export let targetsAt: i32 = 0;
/** Number of slots. */
export let slotCount: i32 = 0;
/** For each pair of slots: place and length of the glue between them, as two i32; length 0 until it is made. */
export let glueAt: i32 = 0;
/** For each word table its place: see `rowOf` in values.ts. */
export let tablesAt: i32 = 0;
/** For each run of pairs the place of its keys. */
export let keysAt: i32 = 0;
/** The place of the datasets. */
export let datasetsAt: i32 = 0;
/** The JSON of eight levels: slot, place, length. */
export let levelsAt: i32 = 0;
/** The time read last: 24 bytes of text, its quality as i32, and where its second stands in its stamp, or -1. */
export let timeAt: i32 = 0;
/** For each shape of stamps, as u8: with what they start, and how far behind them is looked. */
export let shapesAt: i32 = 0;
/** The names with which stamps start. Source: ../time/starts.ts. */
export let nameBucketsAt: i32 = 0;
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
export let datasetSlot: i32 = 0;
export let statusSlot: i32 = 0;

/** Takes the places over from an array of i32, in the order above. */
export function setUp(at: i32): void {
  codeAt = load<i32>(at);
  poolAt = load<i32>(at, 4);
  slotCount = load<i32>(at, 8);
  glueAt = load<i32>(at, 12);
  tablesAt = load<i32>(at, 16);
  keysAt = load<i32>(at, 20);
  datasetsAt = load<i32>(at, 24);
  levelsAt = load<i32>(at, 28);
  timeAt = load<i32>(at, 32);
  partsAt = load<i32>(at, 36);
  messageSlot = load<i32>(at, 40);
  processSlot = load<i32>(at, 44);
  prioritySlot = load<i32>(at, 48);
  levelSlot = load<i32>(at, 52);
  domainSlot = load<i32>(at, 56);
  pathSlot = load<i32>(at, 60);
  querySlot = load<i32>(at, 64);
  fallback = load<i32>(at, 68);
  sessionsAt = load<i32>(at, 72);
  addressSlot = load<i32>(at, 76);
  derivedSlot = load<i32>(at, 80);
  truthAt = load<i32>(at, 84);
  observedAt = load<i32>(at, 88);
  datasetSlot = load<i32>(at, 92);
  shapesAt = load<i32>(at, 96);
  nameBucketsAt = load<i32>(at, 100);
  classesAt = load<i32>(at, 104);
  targetsAt = load<i32>(at, 108);
  statusSlot = load<i32>(at, 112);
}

export const nothing: i32 = 0;
export const text: i32 = 1;
export const digits: i32 = 2;
export const json: i32 = 3;

/** For each slot, 128 at most and that of the time: its kind (u8), and first and last place (two i32). */
export const kindsAt: i32 = <i32>memory.data(128 + 16);
export const placesAt: i32 = <i32>memory.data((128 + 16) * 8);
const timeSlot: i32 = 128;

/* What each slot held before it was given something else: places (u64), slot, kind. */
const trailBytes: i32 = 16 * 4096;
const trailAt: i32 = <i32>memory.data(16 * 4096);
let trailLength: i32 = 0;
/** For each row of the trail the time that was given then: 24 bytes of text, its quality as i32. */
const timesAt: i32 = <i32>memory.data(32 * 4096);

export function trail(): i32 {
  return trailLength;
}

export function kindOf(slot: i32): i32 {
  return load<u8>(kindsAt + slot);
}

export function fromOf(slot: i32): i32 {
  return load<i32>(placesAt + (slot << 3));
}

export function toOf(slot: i32): i32 {
  return load<i32>(placesAt + (slot << 3), 4);
}

/** Gives a slot a stretch; false when a program gives more than can be taken back. */
export function hold(slot: i32, kind: i32, from: i32, to: i32): bool {
  if (trailLength >= trailBytes) return false;
  const row = trailAt + trailLength;
  const places = placesAt + (slot << 3);
  store<u64>(row, load<u64>(places));
  store<i32>(row, slot, 8);
  store<i32>(row, load<u8>(kindsAt + slot), 12);
  trailLength += 16;
  store<u8>(kindsAt + slot, kind);
  store<i32>(places, from);
  store<i32>(places, to, 4);
  return true;
}

/** Gives a slot what was read, unless that is nothing or a dash. */
export function holdText(slot: i32, from: i32, to: i32): bool {
  const isText = to > from && (to - from > 1 || load<u8>(from) !== 0x2d);
  return !isText || hold(slot, text, from, to);
}

/** Gives the entry the time that was read last; it is taken back like all else. */
export function holdTime(): bool {
  const place = timesAt + (trailLength << 1);
  if (!hold(timeSlot, text, place, place)) return false;
  v128.store(place, v128.load(timeAt));
  v128.store(place, v128.load(timeAt, 16), 16);
  return true;
}

/** Where the entry's time lies, 24 bytes of text and its quality; 0 for none. */
export function heldTime(): i32 {
  return kindOf(timeSlot) === nothing ? 0 : fromOf(timeSlot);
}

/** Takes the time back: the entry has another, or none. */
export function dropTime(): void {
  store<u8>(kindsAt + timeSlot, nothing);
}

/** Takes back what was given since the trail had this length. */
export function undo(length: i32): void {
  while (trailLength > length) {
    trailLength -= 16;
    const row = trailAt + trailLength;
    const slot = load<i32>(row, 8);
    store<u8>(kindsAt + slot, load<i32>(row, 12));
    store<u64>(placesAt + (slot << 3), load<u64>(row));
  }
}

/** Takes back all. */
export function clear(): void {
  trailLength = 0;
  store<u8>(kindsAt + timeSlot, nothing);
  for (let slot = 0; slot < slotCount; slot += 16) v128.store(kindsAt + slot, i64x2.splat(0));
}
