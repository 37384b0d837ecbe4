/* Which fields a plan has filled: these stand before what a dataset finds in the message. */
import { hold } from './state';

const ownedAt: i32 = <i32>memory.data(128);
/** Bit 1: the source is known; bit 2: the destination is. */
let sides: i32 = 0;

/** Says that nothing is filled. */
export function startOwning(): void {
  memory.fill(ownedAt, 0, 128);
  sides = 0;
}

/** Fills a field. */
export function own(slot: i32, kind: i32, from: i32, to: i32): bool {
  store<u8>(ownedAt + slot, 1);
  return hold(slot, kind, from, to);
}

/** Tells whether a field is filled. */
export function isOwned(slot: i32): bool {
  return load<u8>(ownedAt + slot) !== 0;
}

/** Tells whether any field is filled. */
export function ownsAny(): bool {
  for (let slot = 0; slot < 128; slot += 8) if (load<u64>(ownedAt + slot) !== 0) return true;
  return false;
}

/** Notes which sides are known by now, by their slots. */
export function ownedBy(ip: i32, port: i32, domain: i32, otherIp: i32, otherPort: i32, otherDomain: i32): void {
  sides = 0;
  if (isOwned(ip) || isOwned(port) || isOwned(domain)) sides |= 1;
  if (isOwned(otherIp) || isOwned(otherPort) || isOwned(otherDomain)) sides |= 2;
}

/** Tells whether a side (1 or 2; 0 for none) was known when this was noted. */
export function isKnownSide(side: i32): bool {
  return (sides & side) !== 0;
}
