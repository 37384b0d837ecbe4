import { slotOf } from '../fields.ts';
import { numberAt } from '../time/digits.ts';
import type { PooledConstant } from './program.ts';
import { held, type Slots } from './slots.ts';

/*
 * Addresses by session: which address stood in an earlier line of the same process or mail. A table of fixed size, where
 * a newer session takes the place of an older one, so that memory is bounded and a stale address does not stay for long.
 */

/** Sessions that are remembered at most; a power of two. */
export const maxSessions = 4096;
const addressSlot = slotOf('source.ip');
/** A row: hash, length of the address, the address. */
export const rowBytes = 64;
const addressAt = 8;
const longestAddress = rowBytes - addressAt;

/** Where the table lies; with a kernel, in its memory, so that both know the same sessions. */
export interface SessionMemory {
  readonly bytes: Uint8Array;
  /** The place of the table in `bytes`, a multiple of four. */
  readonly at: number;
}

/** What the scanner has found in a line, and the JSON that says that an address is from another. */
interface ScannedLine {
  readonly slots: Slots;
  readonly bytes: Uint8Array;
  readonly truth: PooledConstant;
}

/** Addresses by the hash of a session. */
export class Sessions {
  readonly #memory: SessionMemory;

  constructor(memory: SessionMemory = { bytes: new Uint8Array(maxSessions * rowBytes), at: 0 }) {
    this.#memory = memory;
  }

  /** All bytes; an address that was found stands in them. */
  get bytes(): Uint8Array {
    return this.#memory.bytes;
  }

  /** Remembers an address. */
  keep(hash: number, address: Uint8Array): void {
    if (address.length > longestAddress) return;
    const row = this.#row(hash);
    this.#view().setUint32(row, hash, true);
    this.#view().setUint32(row + 4, address.length, true);
    this.bytes.set(address, row + addressAt);
  }

  /** The place of a session's address, and its length 0 where none is known. */
  find(hash: number): { readonly at: number; readonly length: number } {
    const row = this.#row(hash);
    const isKnown = this.#view().getUint32(row, true) === hash;
    return { at: row + addressAt, length: isKnown ? this.#view().getUint32(row + 4, true) : 0 };
  }

  /** Gives the address of a session, from this line or an earlier one; `key` is the slot that tells the session. */
  recall({ slots, bytes, truth }: ScannedLine, key: number, start: number): void {
    if (slots.held[key] !== held.text && slots.held[key] !== held.digits) return;
    const hash = sessionHash(bytes.subarray(numberAt(slots.from, key), numberAt(slots.to, key)), start);
    if (slots.held[addressSlot] === held.text) {
      this.keep(hash, bytes.subarray(numberAt(slots.from, addressSlot), numberAt(slots.to, addressSlot)));
      return;
    }
    const { at, length } = this.find(hash);
    if (length === 0) return;
    slots.hold(addressSlot, held.session, at, at + length);
    slots.hold(truth.slot, held.json, truth.at, truth.at + truth.length);
  }

  #row(hash: number): number {
    return this.#memory.at + (hash & (maxSessions - 1)) * rowBytes;
  }

  #view(): DataView {
    return new DataView(this.bytes.buffer, this.bytes.byteOffset);
  }
}

/** What sessions begin with: the step that asks, and its source. Source: FNV-1a, 32 bits. */
export function sessionStart(step: number, source: number): number {
  const hash = Math.imul(0x811c9dc5 ^ step, 0x01000193);
  return Math.imul(hash ^ source, 0x01000193);
}

function sessionHash(key: Uint8Array, start: number): number {
  let hash = start;
  for (const byte of key) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
