/*
 * The kernel of lp-filter, in AssemblyScript: tells, of many lines of NDJSON at once, which the host must read. Places are
 * addresses in linear memory; up to 32 bytes behind the last line are read and not used.
 */

export { passedOver, readTo } from './rows';
export { learn, setSieve, sift } from './sieve';
export { search, setWords } from './words';

/** Where the host may put its things. */
export function freeAt(): i32 {
  return <i32>__heap_base;
}
