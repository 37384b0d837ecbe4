/* Runs of `key=value`. The reference is `nextPair` in ../scan/search.ts. */

export let keyFrom: i32 = 0;
export let keyTo: i32 = 0;
export let valueFrom: i32 = 0;
export let valueTo: i32 = 0;
/** Behind the value and its closing quote. */
export let behind: i32 = 0;

/** Finds the next pair from a place on; false where there is none. */
export function nextPair(start: i32, limit: i32, parting: i32): bool {
  let from = start;
  while (true) {
    while (from < limit && isParting(load<u8>(from), parting)) from++;
    if (from >= limit) return false;
    let at = from;
    while (at < limit && load<u8>(at) !== 0x3d && !endsWord(load<u8>(at), parting)) at++;
    if (at >= limit) return false;
    if (load<u8>(at) === 0x3d && at > from) {
      keyFrom = from;
      keyTo = at;
      readValue(at + 1, limit, parting);
      return true;
    }
    from = at + 1;
  }
}

function readValue(from: i32, limit: i32, parting: i32): void {
  const quote: i32 = load<u8>(from);
  if (from < limit && (quote === 0x22 || quote === 0x27)) {
    let at = from + 1;
    while (at < limit && load<u8>(at) !== quote) at += load<u8>(at) === 0x5c ? 2 : 1;
    if (at < limit) {
      valueFrom = from + 1;
      valueTo = at;
      behind = at + 1;
      return;
    }
  }
  let to = from;
  while (to < limit && !endsWord(load<u8>(to), parting)) to++;
  valueFrom = from;
  valueTo = to;
  behind = to;
}

function isParting(byte: i32, parting: i32): bool {
  return byte === parting || byte === 0x20 || byte === 0x09;
}

function endsWord(byte: i32, parting: i32): bool {
  return byte === parting || (parting === 0x20 && byte === 0x09);
}
