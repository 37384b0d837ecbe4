/* Tells the host which of all formats may read a line. The host, ../scan/kernel-scanner.ts, fills their rows. */
import { setLine } from './grams';
import { scan } from './scan';
import { nextLine } from './time';

/** A row: first step of what a line must match, or -1 for nothing; first bytes (32). */
const rowBytes: i32 = 36;

/** The first format from `start` on that may read the line, or `count`. */
export function firstFit(rows: i32, count: i32, start: i32, from: i32, to: i32): i32 {
  nextLine();
  setLine(from, to);
  const first: i32 = load<u8>(from);
  for (let format = start; format < count; format++) {
    const row = rows + format * rowBytes;
    if ((load<u8>(row + 4 + (first >> 3)) & (1 << (first & 7))) === 0) continue;
    if (load<i32>(row) < 0 || scan(load<i32>(row), from, to)) return format;
  }
  return count;
}
