import { shapeNumbers } from '../scan/plans.ts';
import { columnsMark, columnsSteps } from './columns-plan.ts';
import { isJournal, journalSteps } from './journal-plan.ts';
import { pairsMark, pairsSteps } from './pairs-plan.ts';
import { objectSteps } from './plan.ts';
import type { PlanSteps } from './plan-steps.ts';
import { objectOf } from './shape.ts';

/**
 * The plan for a shape that the kernel has met, behind the number of what it reads; undefined where the host has to read its
 * lines.
 */
export function planFor(shape: string): readonly number[] | undefined {
  if (shape.startsWith(pairsMark)) return numbered(shapeNumbers.pairs, pairsSteps(shape));
  if (shape.startsWith(columnsMark)) return numbered(shapeNumbers.columns, columnsSteps(shape));
  const object = objectOf(shape);
  if (object === undefined) return undefined;
  if (isJournal(object)) return numbered(shapeNumbers.journal, journalSteps(object));
  return numbered(shapeNumbers.objects, objectSteps(object));
}

function numbered(number: number, plan: PlanSteps | undefined): readonly number[] | undefined {
  return plan === undefined ? undefined : [number, ...plan.steps];
}
