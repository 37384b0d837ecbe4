import { plain } from './members.ts';
import { startKeys, startPairs } from './payload.ts';
import { stepsFor } from './plan.ts';
import { type PlanSteps, step } from './plan-steps.ts';

/** What shapes of pairs begin with. How they go on: ../kernel/logfmt.ts. */
export const pairsMark = '=';

/** The plan for what `readLogfmt` reads; undefined where only it does. */
export function pairsSteps(shape: string): PlanSteps | undefined {
  const keys = Array.from(shape.matchAll(/([\w.@-]+)=s/g), ([, key = '']) => key);
  const start = keys.findIndex((key) => startKeys.includes(key));
  if (start < 0 || start > startPairs) return undefined;
  const members = new Map<string, string>();
  for (const [index, key] of keys.entries()) if (!members.has(plain(key))) members.set(plain(key), String(index));
  const plan = members.size < 2 ? undefined : stepsFor([members]);
  // Where an escape stands before what a line of logfmt is told by, it may be none.
  plan?.add(step.unslashed, [start]);
  return plan;
}
