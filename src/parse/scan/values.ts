import { slotOf } from '../fields.ts';
import { byteAt, isDigit, numberAt } from '../time/digits.ts';
import { isHostName, isIp, unmapped } from './address.ts';
import type { Image } from './program.ts';
import { firstByte, latin1, schemeEnd } from './search.ts';
import { held, type Slots } from './slots.ts';

const prioritySlot = slotOf('log.syslog.priority');
const levelSlot = slotOf('log.level');
const domainSlot = slotOf('url.domain');
const pathSlot = slotOf('url.path');
const querySlot = slotOf('url.query');

/** A stretch of a line. */
export interface Stretch {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** More digits than this would not be the same number in JSON. */
const maxDigits = 15;

/** Takes the digits that a stretch starts with, or a dash for none; gives the place behind them, or -1. */
export function holdNumber(slots: Slots, { bytes, from, to }: Stretch, slot: number): number {
  let at = from;
  while (at < to && isDigit(byteAt(bytes, at))) at++;
  if (at === from) return at < to && byteAt(bytes, at) === 0x2d ? at + 1 : -1;
  let first = from;
  while (first < at - 1 && byteAt(bytes, first) === 0x30) first++;
  if (at - first > maxDigits) return -1;
  if (slot >= 0) slots.hold(slot, held.digits, first, at);
  return at;
}

/** Takes a stretch as an IP address, or into `nameSlot` as a host's name; false for what is neither. -1: no names. */
export function holdAddress(slots: Slots, { bytes, from, to }: Stretch, [slot, nameSlot]: readonly [number, number]): boolean {
  if (isIp(bytes, from, to)) {
    slots.hold(slot, held.text, unmapped(bytes, from, to), to);
    return true;
  }
  if (nameSlot < 0) return false;
  if (to - from === 1 && byteAt(bytes, from) === 0x2d) return true;
  if (!isHostName(bytes, from, to)) return false;
  slots.hold(nameSlot, held.text, from, to);
  return true;
}

/**
 * Takes the parts of a request's target. Source: RFC 9112 §3.2: origin-form and absolute-form; of authority-form and
 * asterisk-form only the whole is kept.
 */
export function holdUrlParts(slots: Slots, { bytes, from, to }: Stretch): void {
  const authority = schemeEnd(bytes, from, to);
  let path = from;
  if (authority > 0) {
    path = firstByte(bytes, authority, to, 0x2f);
    const port = firstByte(bytes, authority, path, 0x3a);
    if (isHostName(bytes, authority, port)) slots.hold(domainSlot, held.text, authority, port);
  } else if (byteAt(bytes, from) !== 0x2f) return;
  const query = firstByte(bytes, path, to, 0x3f);
  if (query > path) slots.hold(pathSlot, held.text, path, query);
  if (query + 1 < to) slots.hold(querySlot, held.text, query + 1, to);
}

/** Takes the level out of a priority. Source: RFC 5424 §6.2.1: at most 191, and the level is the remainder by 8. */
export function holdPriority(slots: Slots, bytes: Uint8Array, levels: Image['levels']): boolean {
  if (slots.held[prioritySlot] !== held.digits) return false;
  const value = Number(latin1(bytes, numberAt(slots.from, prioritySlot), numberAt(slots.to, prioritySlot)));
  const level = levels[value % 8];
  if (value > 191 || level === undefined) return false;
  slots.hold(levelSlot, held.json, level.at, level.at + level.length);
  return true;
}
