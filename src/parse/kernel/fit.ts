/* Tells the host which of all formats may read a line. The host, ../scan/kernel-scanner.ts, fills their rows. */
import { setLine } from './grams';
import { hasNeeds, needsBytes } from './needs';
import { scan } from './scan';
import { nextLine } from './time';

/** A row: first step of what a line must match, or -1 for nothing; what the format needs. */
const rowBytes: i32 = 4 + needsBytes;

/** The first format from `start` on that may read the line, or `count`. */
export function firstFit(rows: i32, count: i32, start: i32, from: i32, to: i32): i32 {
  nextLine();
  setLine(from, to);
  for (let format = start; format < count; format++) {
    const row = rows + format * rowBytes;
    if (!hasNeeds(row + 4, from, to)) continue;
    if (load<i32>(row) < 0 || scan(load<i32>(row), from, to)) return format;
  }
  return count;
}
