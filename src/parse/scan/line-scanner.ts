import type { Sessions } from './sessions.ts';
import type { Slots } from './slots.ts';
import type { Stretch } from './values.ts';

/** What tells whether a format may read a line: its program, or what its lines must match before its code is asked; -1 for none. */
export interface Fit {
  readonly program: number;
  readonly guard: number;
  readonly needs: Uint8Array;
}

/** Reads lines by programs. What the last scan found stands in `slots`. */
export interface LineScanner {
  /** For each slot what it holds, and where in the bytes that were scanned, or in `pool` or `sessions`. */
  readonly slots: Pick<Slots, 'held' | 'from' | 'to'>;
  readonly pool: Uint8Array;
  readonly sessions: Pick<Sessions, 'bytes'>;
  /** A number for the source, so that its sessions are told from others'. */
  source: number;
  /** True when a time stood in the line; the clock holds it. */
  readonly hasTime: boolean;
  /** Reads a line by the program that starts at `entry`; false where it does not match. */
  scan(entry: number, bytes: Uint8Array, from: number, to: number): boolean;
  /** Reads a message alone, which stands behind the name of its program and a line end (the name may be empty). */
  scanMessage(bytes: Uint8Array, nameLength: number, to: number): void;
  /** The first format from `start` on that may read a line: none before it does. */
  firstFit(start: number, line: Stretch): number;
}
