/*
 * Lines of containers, which hold lines of other logs: Docker's json-file and CRI's. They are read here where the format that
 * read the last line inside reads this one too, by itself; all else is for the host. The reference: ../entry-reader.ts,
 * ../formats/docker.ts and ../formats/cri.ts.
 */
import { behind, firstByte } from '../../io/kernel/bytes';
import { hasEscapes, textEnd } from '../../io/kernel/json';
import { entryOf, mayHold, shapesOf } from './candidates';
import { setLine } from './grams';
import { holdsLine } from './inside';
import { forgetShape, readByPlan, scanUnnamed } from './plans';
import { scan } from './scan';
import { datasetSlot, fromOf, heldTime, hold, holdTime, json, kindOf, messageSlot, nothing, text, timeAt, toOf } from './state';
import { readTime } from './time';
import { withoutEscapes } from './unescape';

/** The candidate that reads what is inside, or -1. */
let inside: i32 = -1;
/** The JSON of what is inside's dataset, if it has one. */
let datasetAt: i32 = 0;
let datasetLength: i32 = 0;

/** Says which candidate has read the last line inside; -1 for one that does not read by itself. */
export function setInside(candidate: i32, dataset: i32, length: i32): void {
  inside = candidate;
  datasetAt = dataset;
  datasetLength = length;
}

let streamSlot: i32 = 0;
let iso: i32 = 0;
let rfc3339: i32 = 0;
/** The fields that hold for what is inside too, as u8. */
let keptAt: i32 = 0;
let keptCount: i32 = 0;

/** Takes over slots, and shapes of stamps, by their numbers. */
export function setContained(stream: i32, isoShape: i32, rfcShape: i32, kept: i32, count: i32): void {
  streamSlot = stream;
  iso = isoShape;
  rfc3339 = rfcShape;
  keptAt = kept;
  keptCount = count;
}

/** Room for a line without its escapes, and for looks behind it. */
const roomBytes: i32 = 64 * 1024;
const slack: i32 = 64;
const roomAt: i32 = <i32>memory.data(64 * 1024);
/** The time around: its text, and its quality. */
const outerAt: i32 = <i32>memory.data(32);
const exact: i32 = 0;

/* The parts of the line that was opened last. */
let stampAt: i32 = 0;
let streamAt: i32 = 0;
let lineFrom: i32 = 0;
let lineTo: i32 = 0;

/** Length of `stdout` and `stderr`. */
const streamLength: i32 = 6;

/** Reads a line of a container, of Docker's or of CRI's; false when it is for the host. */
export function readContained(isDocker: bool, from: i32, to: i32): bool {
  forgetShape();
  if (inside < 0 || !(isDocker ? openDocker(from, to) : openCri(from, to))) return false;
  if (readTime(iso, stampAt) < 0 || load<i32>(timeAt, 24) !== exact) return false;
  copyTime(outerAt, timeAt);
  setLine(lineFrom, lineTo);
  scanUnnamed(lineFrom, lineTo);
  if (kindOf(messageSlot) !== text || hasKept()) return false;
  const innerFrom = fromOf(messageSlot);
  const innerTo = toOf(messageSlot);
  setLine(innerFrom, innerTo);
  const entry = entryOf(inside);
  if (!(entry < 0 ? readByPlan(shapesOf(inside), innerFrom, innerTo) : scan(entry, innerFrom, innerTo))) return false;
  if (mayHold(inside) && holdsLine()) return false;
  return (
    settleTime() &&
    (kindOf(streamSlot) !== nothing || hold(streamSlot, text, streamAt, streamAt + streamLength)) &&
    (datasetLength === 0 || kindOf(datasetSlot) !== nothing || hold(datasetSlot, json, datasetAt, datasetAt + datasetLength))
  );
}

/** Tells whether the message alone says something that holds for the line too. */
function hasKept(): bool {
  for (let index = 0; index < keptCount; index++) if (kindOf(load<u8>(keptAt + index)) !== nothing) return true;
  return false;
}

/** The time is the one inside, where it is as exact and not another one: whether one of another hour is, the host tells. */
function settleTime(): bool {
  const time = heldTime();
  if (time !== 0 && load<i32>(time, 24) === exact)
    return (
      load<u64>(time) === load<u64>(outerAt) &&
      load<u32>(time, 8) === load<u32>(outerAt, 8) &&
      load<u8>(time, 12) === load<u8>(outerAt, 12)
    );
  copyTime(timeAt, outerAt);
  return holdTime();
}

function copyTime(to: i32, from: i32): void {
  memory.copy(to, from, 28);
}

/** `{"log":"…\n","stream":"stdout","time":"…"}`, also with texts as attributes behind the stream. */
function openDocker(from: i32, to: i32): bool {
  let at = behind(from, to, '{"log":"');
  if (at < 0) return false;
  const end = textEnd(at, to);
  // Without a line's end it may be a piece of a line.
  if (end < at + 2 || load<u16>(end - 2) !== 0x6e5c || end - at + slack > roomBytes) return false;
  lineFrom = roomAt;
  lineTo = withoutEscapes(at, end, roomAt);
  if (lineTo <= roomAt || load<u8>(lineTo - 1) !== 0x0a) return false;
  while (lineTo > roomAt && (load<u8>(lineTo - 1) === 0x0a || load<u8>(lineTo - 1) === 0x0d)) lineTo--;
  // The host reads over colours.
  if (lineTo === roomAt || firstByte(roomAt, lineTo, 0x1b) < lineTo) return false;
  memory.fill(lineTo, 0, slack);
  at = behind(end, to, '","stream":"');
  if (at < 0 || !isStream(at, to)) return false;
  streamAt = at;
  at = behindAttributes(at + streamLength, to);
  at = at < 0 ? -1 : behind(at, to, '"time":"');
  if (at < 0) return false;
  stampAt = at;
  const stampTo = textEnd(at, to);
  return stampTo > at && !hasEscapes && stampTo === to - 2 && load<u8>(to - 1) === 0x7d;
}

/** The place behind `",`, or behind `","attrs":{"tag":"web"},`; -1 where something else stands. */
function behindAttributes(from: i32, to: i32): i32 {
  let at = behind(from, to, '","attrs":{');
  if (at < 0) return behind(from, to, '",');
  while (true) {
    for (let part = 0; part < 2; part++) {
      const end = load<u8>(at) === 0x22 ? textEnd(at + 1, to) : -1;
      if (end < 0 || (part === 0 && load<u8>(end, 1) !== 0x3a)) return -1;
      at = end + (part === 0 ? 2 : 1);
    }
    if (load<u8>(at) !== 0x2c) return behind(at, to, '},');
    at++;
  }
}

/** `2026-11-22T13:36:00.123456789Z stdout F …` */
function openCri(from: i32, to: i32): bool {
  const behindStamp = readTime(rfc3339, from);
  if (behindStamp < 0 || load<u8>(behindStamp) !== 0x20 || !isStream(behindStamp + 1, to)) return false;
  streamAt = behindStamp + 1;
  stampAt = from;
  lineFrom = behind(streamAt + streamLength, to, ' F ');
  lineTo = to;
  return lineFrom >= 0 && lineFrom < to && load<u8>(to - 1) !== 0x0d;
}

function isStream(at: i32, to: i32): bool {
  return behind(at, to, 'stdout') > 0 || behind(at, to, 'stderr') > 0;
}
