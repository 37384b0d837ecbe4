import { byteAt, isDigit } from '../time/digits.ts';

const colon = 0x3a;
const dot = 0x2e;
const percent = 0x25;

/** Tells whether bytes are an IPv4 or IPv6 address in text form. Source: RFC 3986 §3.2.2 (IPv4address), RFC 4291 §2.2. */
export function isIp(bytes: Uint8Array, from: number, to: number): boolean {
  return isIpv4(bytes, from, to) || isIpv6(bytes, from, to);
}

function isIpv4(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 7 || to - from > 15) return false;
  let parts = 0;
  let value = -1;
  for (let at = from; at <= to; at++) {
    const byte = at < to ? byteAt(bytes, at) : dot;
    if (byte === dot) {
      if (value < 0 || value > 255) return false;
      parts++;
      value = -1;
    } else if (isDigit(byte) && value !== 0) value = (value < 0 ? 0 : value * 10) + byte - 0x30;
    else return false;
  }
  return parts === 4;
}

function isIpv6(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 2 || to - from > 64) return false;
  let groups = 0;
  let gaps = 0;
  let at = from;
  while (at < to) {
    if (byteAt(bytes, at) === percent) return at > from && to - at > 1 && isComplete(groups, gaps);
    const end = endOfGroup(bytes, at, to);
    if (byteAt(bytes, end) === dot && end < to) return isIpv4(bytes, at, to) && isComplete(groups + 2, gaps);
    if (end > at) groups++;
    if (end - at > 4) return false;
    if (end === to) return isComplete(groups, gaps);
    if (byteAt(bytes, end) === percent) {
      at = end;
      continue;
    }
    if (byteAt(bytes, end) !== colon || (end === at && at > from)) return false;
    at = end + 1;
    if (at < to && byteAt(bytes, at) === colon) {
      gaps++;
      at++;
    } else if (end === from || at === to) return false;
  }
  return isComplete(groups, gaps);
}

function isComplete(groups: number, gaps: number): boolean {
  return gaps === 0 ? groups === 8 : gaps === 1 && groups < 8;
}

function endOfGroup(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && isHexDigit(byteAt(bytes, at))) at++;
  return at;
}

function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

/** Where the IPv4 address starts in an address mapped into IPv6 (`::ffff:192.0.2.1`); `from` for any other. */
export function unmapped(bytes: Uint8Array, from: number, to: number): number {
  return bytes.length > from + 7 &&
    mapping.every((byte, index) => (byteAt(bytes, from + index) | 0x20) === (byte | 0x20)) &&
    isIpv4(bytes, from + 7, to)
    ? from + 7
    : from;
}

const mapping = [...Buffer.from('::ffff:')];

/** Tells whether bytes can be the name of a host. Source: RFC 952, RFC 1123 §2.1; `_` as people use it. */
export function isHostName(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 1 || to - from > 253) return false;
  for (let at = from; at < to; at++) {
    const byte = byteAt(bytes, at);
    const lower = byte | 0x20;
    const isFine = isDigit(byte) || (lower >= 0x61 && lower <= 0x7a) || byte === dot || byte === 0x2d || byte === 0x5f;
    if (!isFine) return false;
  }
  return true;
}
