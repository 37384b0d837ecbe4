import type { FieldName } from './fields.ts';
import { firstByte } from './scan/search.ts';
import type { Stretch } from './scan/values.ts';
import { byteAt, isDigit } from './time/digits.ts';

const escapeByte = 0x1b;
const bracket = 0x5b;

/** What stands for `ESC` where a control character is written out. Source: rsyslog's `controlCharacterEscapePrefix`; `cat -v`. */
const writtenEscapes = ['#033', '\\x1b', '\\033', '^['].map((text) => Buffer.from(`${text}[`));

/** What of the line around another holds for that too, unless it says better itself. */
export const keptFields: readonly FieldName[] = [
  ...(['log.syslog.priority', 'log.level', 'log.iostream', 'log.logger', 'host.name'] as const),
  ...(['process.name', 'process.pid', 'process.thread.id', 'service.name'] as const),
];

/** How lines of logfmt begin. */
const pairs = ['time=', 'ts=', 'level=', 'lvl='].map((text) => Buffer.from(text));

/**
 * Tells whether a message may be a line of another log: an object, pairs, or what begins with a time, an address, a
 * priority or a colour. The kernel's side: ../kernel/inside.ts.
 */
export function looksLikeLine({ bytes, from, to }: Stretch): boolean {
  const first = byteAt(bytes, from);
  if (first === escapeByte || behindWrittenEscape(bytes, from, to) > from) return true;
  if (first === 0x7b || first === 0x5b || first === 0x3c || isDigit(first)) return to - from > 8;
  return pairs.some((pair) => from + pair.length <= to && pair.every((byte, index) => bytes[from + index] === byte));
}

/**
 * A copy without the escape sequences that only colour (SGR) or erase; undefined when there are none. Source: ECMA-48
 * §8.3.117. With `isWritten`, those too whose `ESC` is written out, as in what a relay of syslog passes on.
 */
export function withoutColours({ bytes, from, to }: Stretch, isWritten = false): Uint8Array | undefined {
  if (!isWritten && firstByte(bytes, from, to, escapeByte) === to) return undefined;
  let copy: Uint8Array | undefined;
  let length = 0;
  for (let at = from; at < to; ) {
    const behind = endOfColour({ bytes, from: at, to }, isWritten);
    if (behind > at) {
      if (copy === undefined) {
        // What Buffer calls a slice is no copy.
        copy = Uint8Array.from(bytes.subarray(from, to));
        length = at - from;
      }
      at = behind;
      continue;
    }
    if (copy !== undefined) copy[length] = byteAt(bytes, at);
    length++;
    at++;
  }
  return copy?.subarray(0, length);
}

/** The place behind `ESC [ 1;31 m`; the same place where anything else stands. */
function endOfColour({ bytes, from, to }: Stretch, isWritten: boolean): number {
  const isEscape = byteAt(bytes, from) === escapeByte && byteAt(bytes, from + 1) === bracket;
  const start = isEscape ? from + 2 : isWritten ? behindWrittenEscape(bytes, from, to) : from;
  if (start === from) return from;
  for (let at = start; at < to && at < start + 22; at++) {
    const byte = byteAt(bytes, at);
    if (byte === 0x6d || byte === 0x4b) return at + 1;
    if (!isDigit(byte) && byte !== 0x3b && byte !== 0x3a) return from;
  }
  return from;
}

/** The place behind a written `ESC [`; the same place where there is none. */
function behindWrittenEscape(bytes: Uint8Array, from: number, to: number): number {
  const first = byteAt(bytes, from);
  const found = writtenEscapes.find(
    (text) => text[0] === first && from + text.length <= to && text.every((byte, index) => bytes[from + index] === byte),
  );
  return from + (found?.length ?? 0);
}
