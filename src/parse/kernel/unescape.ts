/* Texts without their escapes, as JSON or logfmt has them. */
import { hexadecimal } from '../../io/kernel/json';
import { escapedText, kindOfValue, slashedText, valueFrom, valueTo } from './json';

/** Room for the texts of one line. */
const roomBytes: i32 = 64 * 1024;
const roomAt: i32 = <i32>memory.data(64 * 1024);
let used: i32 = 0;

export let textFrom: i32 = 0;
export let textTo: i32 = 0;

/** Says that another line is read. */
export function forgetTexts(): void {
  used = 0;
}

/** Room for a text of this length in the line that is read, and for a look behind it; 0 where there is none. */
export function roomFor(length: i32): i32 {
  if (used + length + 32 > roomBytes) return 0;
  const at = roomAt + used;
  memory.fill(at + length, 0, 32);
  used += length + 32;
  return at;
}

/** Finds a value's text, `textFrom` to `textTo`; false where there is no room, or half of a pair of surrogates. */
export function readText(index: i32): bool {
  textFrom = valueFrom(index);
  textTo = valueTo(index);
  const kind = kindOfValue(index);
  if (kind !== escapedText && kind !== slashedText) return true;
  // No escape becomes longer than it is; behind the text is room for a look at what is behind it.
  if (used + textTo - textFrom + 64 > roomBytes) return false;
  const start = roomAt + used;
  const end = kind === slashedText ? withoutSlashes(textFrom, textTo, start) : withoutEscapes(textFrom, textTo, start);
  if (end < 0) return false;
  memory.fill(end, 0, 32);
  used += end - start + 32;
  textFrom = start;
  textTo = end;
  return true;
}

/** Copies a text of JSON to `start` without its escapes: gives where it ends, or -1 for half of a pair of surrogates. */
export function withoutEscapes(from: i32, to: i32, start: i32): i32 {
  let out = start;
  let at = from;
  while (at < to) {
    const byte: i32 = load<u8>(at);
    if (byte !== 0x5c) {
      store<u8>(out++, byte);
      at++;
      continue;
    }
    const letter: i32 = load<u8>(at, 1);
    if (letter !== 0x75) {
      store<u8>(out++, meaningOf(letter));
      at += 2;
      continue;
    }
    let code = hexadecimal(at + 2);
    at += 6;
    if (code >= 0xd800 && code < 0xe000) {
      if (code >= 0xdc00 || at + 6 > to || load<u16>(at) !== 0x755c) return -1;
      const low = hexadecimal(at + 2);
      if (low < 0xdc00 || low >= 0xe000) return -1;
      code = 0x10000 + ((code - 0xd800) << 10) + low - 0xdc00;
      at += 6;
    }
    out = writeCode(out, code);
  }
  return out;
}

/** What a backslash stands before is meant as it stands. */
function withoutSlashes(from: i32, to: i32, start: i32): i32 {
  let out = start;
  for (let at = from; at < to; at++) {
    if (load<u8>(at) === 0x5c) at++;
    store<u8>(out++, load<u8>(at));
  }
  return out;
}

function meaningOf(letter: i32): i32 {
  if (letter === 0x6e) return 0x0a;
  if (letter === 0x74) return 0x09;
  if (letter === 0x72) return 0x0d;
  if (letter === 0x62) return 0x08;
  return letter === 0x66 ? 0x0c : letter;
}

/** Source: RFC 3629 §3. */
function writeCode(to: i32, code: i32): i32 {
  let out = to;
  if (code < 0x80) store<u8>(out++, code);
  else {
    if (code < 0x800) store<u8>(out++, 0xc0 | (code >> 6));
    else {
      if (code < 0x10000) store<u8>(out++, 0xe0 | (code >> 12));
      else {
        store<u8>(out++, 0xf0 | (code >> 18));
        store<u8>(out++, 0x80 | ((code >> 12) & 0x3f));
      }
      store<u8>(out++, 0x80 | ((code >> 6) & 0x3f));
    }
    store<u8>(out++, 0x80 | (code & 0x3f));
  }
  return out;
}
