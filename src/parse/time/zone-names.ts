import { byteAt, digitCount, isDigit, isLetter } from './digits.ts';
import type { Moment } from './moment.ts';
import { isZoneStart, readDecimals, readZone } from './pieces.ts';
import { type Zone, zoneNamed } from './zone.ts';

const dot = 0x2e;
const comma = 0x2c;
const dash = 0x2d;
const slash = 0x2f;

/**
 * What abbreviations of zones mean, in minutes east of Greenwich. Where several places use one, it is that of most servers:
 * CST is Chicago's, IST India's, BST London's, AST Halifax's. Source: IANA tzdb; RFC 5322 §4.3.
 */
const abbreviations: Readonly<Record<string, number>> = {
  UTC: 0,
  UT: 0,
  GMT: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  MSD: 240,
  TRT: 180,
  SAST: 120,
  IST: 330,
  PKT: 300,
  WIB: 420,
  ICT: 420,
  HKT: 480,
  SGT: 480,
  PHT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  ACST: 570,
  ACDT: 630,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  BRT: -180,
  BRST: -120,
  AST: -240,
  ADT: -180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
};

/** The abbreviations of zones that are known. */
export const zoneAbbreviations: readonly string[] = Object.keys(abbreviations);

const codes = new Map(
  Object.entries(abbreviations).map(([name, minutes]) => [packed(Buffer.from(name), 0, name.length), minutes]),
);

/** Up to four letters as one number. */
function packed(bytes: Uint8Array, at: number, count: number): number {
  let code = 0;
  for (let index = 0; index < count; index++) code = (code << 8) | byteAt(bytes, at + index);
  return code;
}

/** An abbreviation, or an IANA name: gives the place behind it, or -1. */
export function readZoneName(bytes: Uint8Array, at: number, moment: Moment): number {
  const behind = readAbbreviation(bytes, at, moment);
  return behind < 0 ? readPlace(bytes, at, moment) : behind;
}

/** An abbreviation in capital letters, or `GMT+0100`: gives the place behind it, or -1. */
export function readAbbreviation(bytes: Uint8Array, at: number, moment: Moment): number {
  let behind = at;
  while (behind - at < 5 && isCapital(byteAt(bytes, behind))) behind++;
  const next = byteAt(bytes, behind);
  if (isLetter(next) || next === 0x5f || next === slash) return -1;
  const minutes = behind - at < 2 || behind - at > 4 ? undefined : codes.get(packed(bytes, at, behind - at));
  if (minutes === undefined || isDigit(next)) return -1;
  moment.zoneMinutes = minutes;
  if (minutes === 0 && isZoneStart(next) && isDigit(byteAt(bytes, behind + 1))) return readDistance(bytes, behind, moment);
  const hasDecimals = next === dot && isDigit(byteAt(bytes, behind + 1)) && !isDecimalPoint(byteAt(bytes, moment.secondAt + 2));
  if (!hasDecimals) return behind;
  // Another second is not just other digits in its place.
  moment.secondAt = -1;
  return readDecimals(bytes, behind, moment);
}

/** Tells whether what stands behind the seconds leads their decimals in: there are none behind the zone then. */
function isDecimalPoint(byte: number): boolean {
  return byte === dot || byte === comma;
}

/** `+1` or `+0100` behind `GMT`. */
function readDistance(bytes: Uint8Array, at: number, moment: Moment): number {
  if (digitCount(bytes, at + 1, 2) === 2) return readZone(bytes, at, moment);
  const hours = byteAt(bytes, at + 1) - 0x30;
  moment.zoneMinutes = (byteAt(bytes, at) === dash ? -60 : 60) * hours;
  return at + 2;
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

const longestPlace = 40;

/** `Europe/Berlin`. */
function readPlace(bytes: Uint8Array, at: number, moment: Moment): number {
  let behind = at;
  let name = '';
  for (; behind - at < longestPlace; behind++) {
    const byte = byteAt(bytes, behind);
    if (!isLetter(byte) && byte !== slash && byte !== 0x5f && byte !== dash && byte !== 0x2b && !isDigit(byte)) break;
    name += String.fromCharCode(byte);
  }
  const zone = name.includes('/') ? zoneOf(name) : undefined;
  if (zone === undefined) return -1;
  moment.zone = zone;
  return behind;
}

const known = new Map<string, Zone | undefined>();
/** Who writes a log may write any name: those that are kept are few. */
const mostKnown = 256;

function zoneOf(name: string): Zone | undefined {
  if (known.has(name)) return known.get(name);
  if (known.size >= mostKnown) known.clear();
  let zone: Zone | undefined;
  try {
    zone = zoneNamed(name);
  } catch {
    // No zone has this name: what stands there is something else.
  }
  known.set(name, zone);
  return zone;
}

/** Tells whether a sign and at least two digits stand here. */
export function isOffset(bytes: Uint8Array, at: number): boolean {
  const sign = byteAt(bytes, at);
  return (sign === 0x2b || sign === dash) && digitCount(bytes, at + 1, 2) === 2;
}
