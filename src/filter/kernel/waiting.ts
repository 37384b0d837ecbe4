/* Texts that are looked at only if nothing else decides. */

/** First state of the automaton, place and end of each, as i32. */
const textBytes: i32 = 12;
const most: i32 = 16;
const textsAt: i32 = <i32>memory.data(12 * 16);

/** How many there are in this record. */
export let waiting: i32 = 0;

/** Says that a record begins. */
export function beginWaiting(): void {
  waiting = 0;
}

/** Lets a text wait; false when there is no room. */
export function waitWith(state: i32, from: i32, to: i32): bool {
  if (waiting === most) return false;
  const at = textsAt + waiting * textBytes;
  store<i32>(at, state);
  store<i32>(at, from, 4);
  store<i32>(at, to, 8);
  waiting++;
  return true;
}

/** The first state of the automaton for one of them. */
export function waitingState(index: i32): i32 {
  return load<i32>(textsAt + index * textBytes);
}

/** Its first byte. */
export function waitingFrom(index: i32): i32 {
  return load<i32>(textsAt + index * textBytes, 4);
}

/** The place behind it. */
export function waitingEnd(index: i32): i32 {
  return load<i32>(textsAt + index * textBytes, 8);
}
