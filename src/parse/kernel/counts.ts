/*
 * Counts what is written, for summaries: a row of numbers for each hour, format, dataset and site. The host, ../counting.ts,
 * gives the rows; those of late are found here by a hash, so that it is asked a few times an hour.
 */
import { rowFor } from './host';
import { datasetSlot, domainSlot, fromOf, kindOf, levelSlot, nothing, statusSlot, toOf } from './state';

/** What is in a row, as i32. Source: ../counting.ts. */
const bytesIn: usize = 4;
const requestsIn: usize = 8;
const refusedIn: usize = 12;
const failedIn: usize = 16;
const errorsIn: usize = 20;

/** Rows of late: hash (u64), row (i32). */
const slots: i32 = 256;
const slotBytes: i32 = 16;
const slotsAt: i32 = <i32>memory.data(256 * 16);

let lastHash: u64 = 0;
let row: i32 = 0;
/** What the last record added, so that it can be taken back. */
let lastRow: i32 = 0;
let lastBytes: i32 = 0;
let lastRequest: i32 = 0;
let lastRefused: i32 = 0;
let lastFailed: i32 = 0;
let lastError: i32 = 0;
let source: u64 = 0;

/** Says whose lines follow. */
export function setCountSource(number: i32): void {
  source = <u64>(number + 1) * 0x1e3779b97f4a7b;
}

/** Forgets the rows: the host has given them to others. */
export function forgetRows(): void {
  memory.fill(slotsAt, 0, slots * slotBytes);
  lastHash = 0;
}

/** The row of the record that was noted last, and what else of it counts: bits of request, refused, failed, error. */
export let notedRow: i32 = 0;
export let notedMarks: i32 = 0;

/** Finds what a record counts for, and leaves it to the host to count it. */
export function noteRecord(candidate: i32, at: i32, end: i32): void {
  look(candidate, at, end);
  notedRow = lastRow;
  notedMarks = lastRequest | (lastRefused << 1) | (lastFailed << 2) | (lastError << 3);
  // It was not counted, so it cannot be taken back.
  lastRow = 0;
}

/** Counts a record that was written from `at` to `end`, for a line of so many bytes. */
export function countRecord(candidate: i32, at: i32, end: i32, bytes: i32): void {
  look(candidate, at, end);
  lastBytes = bytes;
  add(1);
}

function look(candidate: i32, at: i32, end: i32): void {
  const hash = hashOf(candidate, at);
  if (hash !== lastHash) findRow(hash, at, end);
  lastRow = row;
  lastRequest = 0;
  lastRefused = 0;
  lastFailed = 0;
  lastError = 0;
  if (kindOf(statusSlot) !== nothing) {
    const digit: i32 = load<u8>(fromOf(statusSlot));
    lastRequest = 1;
    lastRefused = digit === 0x34 ? 1 : 0;
    lastFailed = digit === 0x35 ? 1 : 0;
  }
  if (kindOf(levelSlot) !== nothing) lastError = isError(fromOf(levelSlot)) ? 1 : 0;
}

/** Takes the last record back. */
export function uncountRecord(): void {
  if (lastRow !== 0) add(-1);
  lastRow = 0;
}

function add(sign: i32): void {
  store<i32>(lastRow, load<i32>(lastRow) + sign);
  store<i32>(lastRow, load<i32>(lastRow, bytesIn) + sign * lastBytes, bytesIn);
  store<i32>(lastRow, load<i32>(lastRow, requestsIn) + sign * lastRequest, requestsIn);
  store<i32>(lastRow, load<i32>(lastRow, refusedIn) + sign * lastRefused, refusedIn);
  store<i32>(lastRow, load<i32>(lastRow, failedIn) + sign * lastFailed, failedIn);
  store<i32>(lastRow, load<i32>(lastRow, errorsIn) + sign * lastError, errorsIn);
}

/** Levels from error upwards start with a, c or e; the others do not. */
function isError(from: i32): bool {
  const first = load<u8>(from) === 0x22 ? load<u8>(from + 1) : load<u8>(from);
  return first === 0x61 || first === 0x63 || first === 0x65;
}

/** Bytes of a record's start, up to its time. */
const timeIn: i32 = 46;

/** Different for another hour, format, dataset, site or source. */
function hashOf(candidate: i32, at: i32): u64 {
  const time = at + timeIn;
  let hash = (load<u64>(time) * 0x1e3779b97f4a7b) ^ (load<u64>(time, 5) * 0x12b2ae3d27d4eb) ^ source;
  hash ^= <u64>(candidate + 1) * 0x165667b19e3779;
  if (kindOf(datasetSlot) !== nothing) hash = stretch(hash, fromOf(datasetSlot), toOf(datasetSlot));
  if (kindOf(domainSlot) !== nothing) hash = stretch(hash ^ 0x7d4eb2f165667, fromOf(domainSlot), toOf(domainSlot));
  return hash | 1;
}

/** Longer names differ before. */
const longest: i32 = 256;

function stretch(hash: u64, from: i32, to: i32): u64 {
  const end = min(to, from + longest);
  let mixed = hash;
  for (let at = from; at < end; at++) mixed = (mixed ^ load<u8>(at)) * 0x100000001b3;
  return mixed;
}

function findRow(hash: u64, at: i32, end: i32): void {
  const slot = slotsAt + <i32>((hash >> 32) & (slots - 1)) * slotBytes;
  if (load<u64>(slot) !== hash) {
    store<i32>(slot, rowFor(at, end), 8);
    store<u64>(slot, hash);
  }
  row = load<i32>(slot, 8);
  lastHash = hash;
}
