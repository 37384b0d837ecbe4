import { fieldNames } from '../fields.ts';
import { textOf } from '../stretch-text.ts';
import { numberAt } from '../time/digits.ts';
import type { LineScanner } from './line-scanner.ts';
import { held } from './slots.ts';

/** What a slot holds, as JSON, and whether it stands in the line itself. */
export interface Held {
  readonly json: string;
  readonly kind: number;
}

/** What a slot of a scanner holds; undefined for nothing. */
export function heldIn(scanner: LineScanner, bytes: Uint8Array, slot: number): Held | undefined {
  const kind = numberOf(scanner.slots.held[slot]);
  if (kind === held.nothing || fieldNames[slot] === undefined) return undefined;
  const memory = kind === held.json ? scanner.pool : kind === held.session ? scanner.sessions.bytes : bytes;
  const text = textOf({ bytes: memory, from: numberAt(scanner.slots.from, slot), to: numberAt(scanner.slots.to, slot) });
  return { json: kind === held.json || kind === held.digits ? text : JSON.stringify(text), kind };
}

function numberOf(kind: number | undefined): number {
  return kind ?? held.nothing;
}
