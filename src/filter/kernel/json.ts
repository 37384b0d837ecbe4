/* Words and times in JSON. */
import { isDigit } from '../../io/kernel/bytes';

/** Tells whether a word is a number without sign, fraction and exponent, `true`, `false` or `null`: others are rare. */
export function isPlainWord(from: i32, to: i32): bool {
  const length = to - from;
  if (length === 4 && (load<u32>(from) === 0x65757274 || load<u32>(from) === 0x6c6c756e)) return true;
  if (length === 5 && load<u32>(from) === 0x736c6166 && load<u8>(from + 4) === 0x65) return true;
  if (length > 15 || (length > 1 && load<u8>(from) === 0x30)) return false;
  for (let at = from; at < to; at++) if (!isDigit(load<u8>(at))) return false;
  return length > 0;
}

/** Tells whether a text is a time as lp writes it. Source: `usualTime` in ../../model/decode.ts. */
export function isUsualTime(from: i32, to: i32): bool {
  if (to - from !== 24) return false;
  for (let index = 0; index < 24; index++) {
    const byte: i32 = load<u8>(from + index);
    const sign: i32 = load<u8>(timeSigns + index);
    if (sign === 0x30 ? !isDigit(byte) : byte !== sign) return false;
  }
  const month = number2(from + 5);
  const day = number2(from + 8);
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    number2(from + 11) < 24 &&
    number2(from + 14) < 60 &&
    number2(from + 17) < 60
  );
}

/** `0000-00-00T00:00:00.000Z` */
const timeSigns: i32 = <i32>(
  memory.data<u8>([48, 48, 48, 48, 45, 48, 48, 45, 48, 48, 84, 48, 48, 58, 48, 48, 58, 48, 48, 46, 48, 48, 48, 90])
);

function number2(at: i32): i32 {
  return (<i32>load<u8>(at) - 0x30) * 10 + <i32>load<u8>(at + 1) - 0x30;
}
