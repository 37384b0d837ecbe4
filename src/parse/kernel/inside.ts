/* Tells whether a message may be a line of another log. The reference: ../inside.ts and ../entry-reader.ts. */
import { isDigit } from '../../io/kernel/bytes';
import { datasetSlot, fromOf, kindOf, messageSlot, nothing, text, toOf } from './state';

/** What was scanned last holds a message that is for the host to read: no dataset knows it, and it begins like a line. */
export function holdsLine(): bool {
  if (kindOf(messageSlot) !== text || kindOf(datasetSlot) !== nothing) return false;
  const from = fromOf(messageSlot);
  const length = toOf(messageSlot) - from;
  const first: i32 = load<u8>(from);
  if (first === 0x1b || isWrittenEscape(from, length)) return true;
  if (first === 0x7b || first === 0x5b || first === 0x3c || isDigit(first)) return length > 8;
  // `time=`, `ts=`, `level=` and `lvl=`: no message is cut by what stands behind it, as lines have room behind them.
  if (first === 0x74) return (length >= 5 && load<u32>(from, 1) === 0x3d656d69) || (length >= 3 && load<u16>(from, 1) === 0x3d73);
  if (first === 0x6c)
    return (
      (length >= 6 && load<u32>(from, 1) === 0x6c657665 && load<u8>(from, 5) === 0x3d) ||
      (length >= 4 && load<u16>(from, 1) === 0x6c76 && load<u8>(from, 3) === 0x3d)
    );
  return false;
}

/** `#033[`, `\x1b[`, `\033[` and `^[[`: an escape sequence whose first byte is written out. */
function isWrittenEscape(from: i32, length: i32): bool {
  const start = load<u32>(from);
  if (length >= 5 && load<u8>(from, 4) === 0x5b) return start === 0x33333023 || start === 0x6231785c || start === 0x3333305c;
  return length >= 3 && (start & 0xffffff) === 0x5b5b5e;
}
