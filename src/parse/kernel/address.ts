/* IP addresses and host names. The reference is ../scan/address.ts. */
import { isDigit } from '../../io/kernel/bytes';

export function isIp(from: i32, to: i32): bool {
  return isIpv4(from, to) || isIpv6(from, to);
}

export function isIpv4(from: i32, to: i32): bool {
  if (to - from < 7 || to - from > 15) return false;
  let parts = 0;
  let value = -1;
  for (let at = from; at <= to; at++) {
    const byte: i32 = at < to ? load<u8>(at) : 0x2e;
    if (byte === 0x2e) {
      if (value < 0 || value > 255) return false;
      parts++;
      value = -1;
    } else if (isDigit(byte) && value !== 0) value = (value < 0 ? 0 : value * 10) + byte - 0x30;
    else return false;
  }
  return parts === 4;
}

function isIpv6(from: i32, to: i32): bool {
  if (to - from < 2 || to - from > 64) return false;
  let groups = 0;
  let gaps = 0;
  let at = from;
  while (at < to) {
    if (load<u8>(at) === 0x25) return at > from && to - at > 1 && isComplete(groups, gaps);
    const end = endOfGroup(at, to);
    if (end < to && load<u8>(end) === 0x2e) return isIpv4(at, to) && isComplete(groups + 2, gaps);
    if (end > at) groups++;
    if (end - at > 4) return false;
    if (end === to) return isComplete(groups, gaps);
    if (load<u8>(end) === 0x25) {
      at = end;
      continue;
    }
    if (load<u8>(end) !== 0x3a || (end === at && at > from)) return false;
    at = end + 1;
    if (at < to && load<u8>(at) === 0x3a) {
      gaps++;
      at++;
    } else if (end === from || at === to) return false;
  }
  return isComplete(groups, gaps);
}

function isComplete(groups: i32, gaps: i32): bool {
  return gaps === 0 ? groups === 8 : gaps === 1 && groups < 8;
}

function endOfGroup(from: i32, to: i32): i32 {
  let at = from;
  while (at < to && isHexDigit(load<u8>(at))) at++;
  return at;
}

function isHexDigit(byte: i32): bool {
  return isDigit(byte) || <u32>((byte | 0x20) - 0x61) < 6;
}

/** Where the IPv4 address starts in `::ffff:192.0.2.1`; `from` for any other. */
export function unmapped(from: i32, to: i32): i32 {
  if (to - from <= 7 || load<u16>(from) !== 0x3a3a) return from;
  const isMapping = (load<u32>(from + 2) | 0x20202020) === 0x66666666 && load<u8>(from + 6) === 0x3a;
  return isMapping && isIpv4(from + 7, to) ? from + 7 : from;
}

export function isHostName(from: i32, to: i32): bool {
  if (to - from < 1 || to - from > 253) return false;
  for (let at = from; at < to; at++) {
    const byte: i32 = load<u8>(at);
    const isFine = isDigit(byte) || <u32>((byte | 0x20) - 0x61) < 26 || byte === 0x2e || byte === 0x2d || byte === 0x5f;
    if (!isFine) return false;
  }
  return true;
}
