/* What the host is told of lines. */

/** Lines that were passed over by the last call. */
export let passedOver: i32 = 0;
/** The first byte that was not read by the last call. */
export let readTo: i32 = 0;

/** Says that a call begins. */
export function begin(): void {
  passedOver = 0;
}

/** Says how far it has read. */
export function end(at: i32): void {
  readTo = at;
}

/** Counts a line that the host need not see. */
export function passOver(): void {
  passedOver++;
}

/** What is told of lines, as i32: their place, the place behind them, how many lines were passed over before, how many are kept. */
const rowBytes: i32 = 16;
const endIn: usize = 4;
const passedIn: usize = 8;
const keptIn: usize = 12;

/** Adds a line to what is told: gives the number of rows. */
export function tell(out: i32, found: i32, lineFrom: i32, lineTo: i32, isKept: bool): i32 {
  const row = out + found * rowBytes;
  if (isKept && found > 0 && load<i32>(row - rowBytes, endIn) === lineFrom && load<i32>(row - rowBytes, keptIn) > 0) {
    store<i32>(row - rowBytes, lineTo + 1, endIn);
    store<i32>(row - rowBytes, load<i32>(row - rowBytes, keptIn) + 1, keptIn);
    return found;
  }
  store<i32>(row, lineFrom);
  store<i32>(row, lineTo + 1, endIn);
  store<i32>(row, passedOver, passedIn);
  store<i32>(row, isKept ? 1 : 0, keptIn);
  return found + 1;
}
