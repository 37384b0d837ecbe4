import { type FieldName, fieldTypes, slotOf } from '../fields.ts';
import { fieldOf, w3cDatasets } from '../pieces/w3c-header.ts';
import { PlanSteps, step } from './plan-steps.ts';

/** What shapes of columns begin with. How they go on: ../kernel/columns.ts. */
export const columnsMark = '#';

/** The plan for what the format of W3C reads by a header; undefined for a line of more columns, or fewer. */
export function columnsSteps(shape: string): PlanSteps | undefined {
  // A header that did not come as a line may have line feeds in it.
  const end = shape.lastIndexOf('\n');
  const [header, values] = [shape.slice(columnsMark.length, end), shape.slice(end + 1)];
  const names = header.split(' ');
  if (names.length !== values.length) return undefined;
  const plan = new PlanSteps();
  for (const [index, name] of names.entries()) addColumn(plan, name, index);
  plan.add(step.columnUrl, [slotOf('url.original'), slotOf('url.path'), slotOf('url.query')]);
  if (header.includes('x-edge-')) addDataset(plan, w3cDatasets.edge);
  else {
    addDataset(plan, w3cDatasets.access);
    addDataset(plan, w3cDatasets.error, 'event.reason');
  }
  const [day, time] = [names.lastIndexOf('date'), names.lastIndexOf('time')];
  if (day >= 0 && time >= 0) plan.add(step.columnTime, [day, time]);
  else if (day >= 0) plan.add(step.columnDay, [day]);
  return plan;
}

function addColumn(plan: PlanSteps, name: string, index: number): void {
  const field = fieldOf(name);
  if (name === 'cs-version') plan.add(step.columnVersion, [slotOf('http.version'), index]);
  else if (name === 'cs-uri') plan.add(step.columnTarget, [slotOf('url.path'), slotOf('url.query'), index]);
  else if (field === 'source.ip') plan.add(step.columnAddress, [slotOf(field), index, 1]);
  else if (field === 'destination.ip') plan.add(step.columnAddress, [slotOf(field), index, 0]);
  else if (field !== undefined)
    plan.add(fieldTypes[field] === 'number' ? step.columnNumber : step.column, [slotOf(field), index]);
}

/** Names the dataset, if a field is there where one is named. */
function addDataset(plan: PlanSteps, dataset: string, needed?: FieldName): void {
  const json = Buffer.from(JSON.stringify(dataset));
  const packed = new Int32Array(Math.ceil(json.length / 4));
  json.copy(new Uint8Array(packed.buffer));
  plan.add(step.columnConstant, [slotOf(needed), slotOf('log.dataset'), json.length, ...packed]);
}
