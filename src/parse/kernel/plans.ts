/*
 * Reads objects in JSON, pairs and columns by plans, one for each shape of line: what of its values goes into which field, as the
 * host has worked it out from the names (../structured/plan.ts, whose steps these are). A value for which that is not the
 * whole truth makes the line one for the host.
 */
import { areSame } from '../../io/kernel/bytes';
import {
  stepColumn,
  stepColumnAddress,
  stepColumnConstant,
  stepColumnDay,
  stepColumnNumber,
  stepColumnTarget,
  stepColumnTime,
  stepColumnUrl,
  stepColumnVersion,
  walkColumns,
} from './columns';
import { setLine } from './grams';
import { shapeAt, shapeLength, walk } from './json';
import { firstSlashed, walkPairs } from './logfmt';
import { own, ownedBy, startOwning } from './owned';
import { stepGiven, stepGivenMessage, stepGivenNumber, stepGivenPriority, stepGivenTime } from './plan-journal';
import { stepMethod, stepProtocol, stepRequestLine, stepStatus, stepTarget, stepUrl } from './plan-request';
import { stepTime } from './plan-time';
import {
  isCalmError,
  isCalmEvent,
  stepAddress,
  stepDomain,
  stepHost,
  stepLevel,
  stepMessage,
  stepNumber,
  stepText,
  stepTransport,
} from './plan-values';
import { scanMessage } from './scan';
import { clear, dropTime, fromOf, kindOf, messageSlot, nothing, processSlot, text, toOf } from './state';
import { forgetTexts } from './unescape';

/** Buckets of the table of plans. A row: next row, hash, place and length of the shape, place of the plan or 0. */
const buckets: i32 = 256;

let tableAt: i32 = 0;
let messageProgram: i32 = 0;
/** Length of the shape that was met last and is not in the table; 0 for none. */
export let unknownShape: i32 = 0;

/** Takes over where the table is, and the program that reads a message. */
export function setPlans(table: i32, program: i32): void {
  tableAt = table;
  messageProgram = program;
}

/** Puts a row into the table: a shape that stands where it was met, and its plan or 0. */
export function addPlan(row: i32, plan: i32, shape: i32): void {
  const length = shapeLength;
  memory.copy(shape, shapeAt, length + 16);
  const hash = hashOf(shapeAt, length);
  const bucket = tableAt + ((hash & (buckets - 1)) << 2);
  store<i32>(row, load<i32>(bucket));
  store<u32>(row, hash, 4);
  store<i32>(row, shape, 8);
  store<i32>(row, length, 12);
  store<i32>(row, plan, 16);
  store<i32>(bucket, row);
  unknownShape = 0;
}

/** Says that no shape was met. */
export function forgetShape(): void {
  unknownShape = 0;
}

/** Numbers of what is read. Source: ../scan/plans.ts. */
const noShapes: i32 = 0;
const pairs: i32 = 2;
const columns: i32 = 4;

/** Reads a line by the plan for its shape, if that is one for what is to be read; false when the line is for the host. */
export function readByPlan(shapes: i32, from: i32, to: i32): bool {
  unknownShape = 0;
  if (shapes === noShapes || tableAt === 0) return false;
  if (!walkShape(shapes, from, to)) return false;
  const row = findRow();
  if (row === 0) {
    unknownShape = shapeLength;
    return false;
  }
  const plan = load<i32>(row, 16);
  if (plan === 0 || load<i32>(plan) !== shapes) return false;
  clear();
  startOwning();
  forgetTexts();
  return carryOut(plan + 4);
}

function walkShape(shapes: i32, from: i32, to: i32): bool {
  if (shapes === pairs) return walkPairs(from, to);
  return shapes === columns ? walkColumns(from, to) : walk(from, to);
}

/** The row of the shape that was found last, or 0. */
function findRow(): i32 {
  // Its last block is hashed whole.
  v128.store(shapeAt + shapeLength, i64x2.splat(0));
  const hash = hashOf(shapeAt, shapeLength);
  let row = load<i32>(tableAt + ((hash & (buckets - 1)) << 2));
  while (row !== 0) {
    const isSame = load<u32>(row, 4) === hash && load<i32>(row, 12) === shapeLength;
    if (isSame && areSame(load<i32>(row, 8), shapeAt, shapeLength)) return row;
    row = load<i32>(row);
  }
  return 0;
}

function hashOf(at: i32, length: i32): u32 {
  let hash: u64 = 0x9e3779b1;
  for (let index = 0; index < length; index += 8) hash = (hash ^ load<u64>(at + index)) * 0x9e3779b185eb + (hash >> 29);
  return <u32>(hash >> 32);
}

/** A step: its number, how many arguments follow, and these. */
function carryOut(plan: i32): bool {
  let here = plan;
  while (true) {
    const count = load<i32>(here, 4);
    const at = here + 8;
    const end = at + (count << 2);
    let isDone = true;
    switch (load<i32>(here)) {
      case 0:
        return true;
      case 1:
        isDone = stepText(at, end);
        break;
      case 2:
        isDone = stepNumber(at, end);
        break;
      case 3:
        isDone = stepAddress(at, end);
        break;
      case 4:
        isDone = stepMessage(at, end);
        break;
      case 5:
        isDone = stepLevel(at, end);
        break;
      case 6:
        isDone = stepRequestLine(at);
        break;
      case 7:
        isDone = stepMethod(at, end);
        break;
      case 8:
        isDone = stepTarget(at, end);
        break;
      case 9:
        isDone = stepProtocol(at, end);
        break;
      case 10:
        isDone = stepStatus(at, end);
        break;
      case 11:
        isDone = stepUrl(at);
        break;
      case 12:
        isDone = stepTime(at, end);
        break;
      case 13:
        isDone = isCalmEvent(load<i32>(at));
        break;
      case 14:
        isDone = isCalmError(load<i32>(at));
        break;
      case 15:
        isDone = scanSaid();
        break;
      case 16:
        isDone = stepDomain(at, end);
        break;
      case 17:
        isDone = stepHost(at);
        break;
      case 18:
        isDone = stepTransport(at);
        break;
      case 19:
        ownedBy(load<i32>(at), load<i32>(at, 4), load<i32>(at, 8), load<i32>(at, 12), load<i32>(at, 16), load<i32>(at, 20));
        break;
      case 20:
        isDone = firstSlashed >= load<i32>(at);
        break;
      case 21:
        isDone = stepGiven(at, end);
        break;
      case 22:
        isDone = stepGivenMessage(at, end);
        break;
      case 23:
        isDone = stepGivenNumber(at, end);
        break;
      case 24:
        isDone = stepGivenPriority(at, end);
        break;
      case 25:
        isDone = stepGivenTime(at, end);
        break;
      case 26:
        isDone = stepColumn(at);
        break;
      case 27:
        isDone = stepColumnNumber(at);
        break;
      case 28:
        isDone = stepColumnAddress(at);
        break;
      case 29:
        isDone = stepColumnVersion(at);
        break;
      case 30:
        isDone = stepColumnTarget(at);
        break;
      case 31:
        isDone = stepColumnUrl(at);
        break;
      case 32:
        isDone = stepColumnConstant(at);
        break;
      case 33:
        isDone = stepColumnTime(at);
        break;
      case 34:
        isDone = stepColumnDay(at);
        break;
    }
    if (!isDone) return false;
    here = end;
  }
}

/** Reads a message of which nobody says whose it is. */
export function scanUnnamed(from: i32, to: i32): void {
  scanMessage(messageProgram, from, from, from, to);
}

/** Lets the program's dataset read the message; both stay what they are. */
function scanSaid(): bool {
  if (kindOf(messageSlot) === nothing) return true;
  const from = fromOf(messageSlot);
  const to = toOf(messageSlot);
  const isNamed = kindOf(processSlot) !== nothing;
  const nameFrom = isNamed ? fromOf(processSlot) : from;
  const nameTo = isNamed ? toOf(processSlot) : from;
  setLine(from, to);
  if (!scanMessage(messageProgram, nameFrom, nameTo, from, to)) return false;
  dropTime();
  return own(messageSlot, text, from, to) && (!isNamed || own(processSlot, text, nameFrom, nameTo));
}
