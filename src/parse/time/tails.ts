import { byteAt, digitCount, isDigit, isLetter } from './digits.ts';
import { readMeridiem } from './loose-clock.ts';
import { type Moment, noZone } from './moment.ts';
import { fourDigits, readZone } from './pieces.ts';
import { isOffset, readAbbreviation, readZoneName } from './zone-names.ts';

/*
 * What may stand behind the clock of a stamp and belongs to it.
 */

const blank = 0x20;
const opening = 0x5b;
const closing = 0x5d;

/** `AM`, `PM`, a year and a zone, each once, in any order: gives the place behind the last of them, or `at` where none is. */
export function readTail(bytes: Uint8Array, at: number, moment: Moment): number {
  let behind = at;
  let hasMeridiem = false;
  let hasZone = false;
  for (let count = 0; count < 3; count++) {
    const start = behindBlank(bytes, behind);
    const meridiem = hasMeridiem || start < 0 ? start : readMeridiem(bytes, start, moment);
    const year = moment.year >= 0 || start < 0 ? -1 : readYearBehind(bytes, start, moment);
    const zone = hasZone || meridiem !== start || year >= 0 ? -1 : readZoneBehind(bytes, behind, start, moment);
    if (meridiem !== start) {
      hasMeridiem = true;
      behind = meridiem;
    } else if (year >= 0) behind = year;
    else if (zone >= 0) {
      hasZone = true;
      behind = zone;
    } else break;
  }
  return behind;
}

/** Behind a blank, or one of those that do not break lines, which browsers and Node write before `PM`; -1 where none is. */
function behindBlank(bytes: Uint8Array, at: number): number {
  const byte = byteAt(bytes, at);
  if (byte === blank) return at + 1;
  if (byte === 0xc2 && byteAt(bytes, at + 1) === 0xa0) return at + 2;
  return byte === 0xe2 && byteAt(bytes, at + 1) === 0x80 && byteAt(bytes, at + 2) === 0xaf ? at + 3 : -1;
}

function readYearBehind(bytes: Uint8Array, at: number, moment: Moment): number {
  if (digitCount(bytes, at, 5) !== 4) return -1;
  const year = fourDigits(bytes, at);
  const next = byteAt(bytes, at + 4);
  if (year < 1970 || year > 2100 || isLetter(next) || next === 0x3a || next === 0x2d || next === 0x2e) return -1;
  moment.year = year;
  return at + 4;
}

/** ` +0100`, ` CET`, ` Europe/Berlin`; right behind the clock `[Europe/Berlin]`. */
function readZoneBehind(bytes: Uint8Array, at: number, start: number, moment: Moment): number {
  if (start >= 0) return isOffset(bytes, start) ? readOffset(bytes, start, moment) : readZoneName(bytes, start, moment);
  if (byteAt(bytes, at) !== opening) return -1;
  const behind = readZoneName(bytes, at + 1, moment);
  return behind >= 0 && byteAt(bytes, behind) === closing ? behind + 1 : -1;
}

function readOffset(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readZone(bytes, at, moment);
  const next = byteAt(bytes, behind);
  if (behind < 0 || isDigit(next) || isLetter(next)) {
    moment.zoneMinutes = noZone;
    return -1;
  }
  // Go writes the name behind the offset: `+0100 CET`. The offset counts.
  const { zoneMinutes } = moment;
  const name = next === blank ? readAbbreviation(bytes, behind + 1, moment) : -1;
  moment.zoneMinutes = zoneMinutes;
  return name < 0 ? behind : name;
}
