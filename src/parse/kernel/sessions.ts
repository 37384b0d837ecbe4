/* Addresses by session. The reference, and the table's shape: ../scan/sessions.ts. */
import { addressSlot, derivedSlot, digits, fromOf, hold, json, kindOf, poolAt, sessionsAt, text, toOf, truthAt } from './state';

const maxSessions: i32 = 4096;
const rowBytes: i32 = 64;
const addressAt: i32 = 8;
const longestAddress: i32 = 56;

/** A number for the source of the lines. */
let source: i32 = 0;

/** Says whose lines follow. */
export function setSource(number: i32): void {
  source = number;
}

/** The address of a session, from this line or an earlier one. */
export function recall(key: i32, step: i32): void {
  if (kindOf(key) !== text && kindOf(key) !== digits) return;
  const hash = hashOf(fromOf(key), toOf(key), step);
  const row = sessionsAt + (hash & (maxSessions - 1)) * rowBytes;
  if (kindOf(addressSlot) === text) {
    const length = toOf(addressSlot) - fromOf(addressSlot);
    if (length > longestAddress) return;
    store<u32>(row, hash);
    store<u32>(row, length, 4);
    memory.copy(row + addressAt, fromOf(addressSlot), length);
    return;
  }
  const length: i32 = load<u32>(row) === hash ? load<u32>(row, 4) : 0;
  if (length === 0) return;
  hold(addressSlot, text, row + addressAt, row + addressAt + length);
  hold(derivedSlot, json, poolAt + truthAt, poolAt + truthAt + 4);
}

function hashOf(from: i32, to: i32, step: i32): u32 {
  let hash: u32 = (0x811c9dc5 ^ <u32>step) * 0x01000193;
  hash = (hash ^ <u32>source) * 0x01000193;
  for (let at = from; at < to; at++) hash = (hash ^ <u32>load<u8>(at)) * 0x01000193;
  return hash;
}
