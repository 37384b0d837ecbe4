import { slotOf } from '../fields.ts';
import { journalNames } from '../pieces/journal.ts';
import { PlanSteps, step } from './plan-steps.ts';

/** Tells whether an object is an entry of systemd's journal. */
export function isJournal(object: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(object, '__REALTIME_TIMESTAMP');
}

/** The plan for what `readJournal` reads; undefined where only it does: a text that is not UTF-8 is a list of bytes. */
export function journalSteps(journal: Readonly<Record<string, unknown>>): PlanSteps | undefined {
  if (Object.values(journalNames).some((names) => names.some((name) => Array.isArray(journal[name])))) return undefined;
  const values = (names: readonly string[]): number[] =>
    names.map((name) => journal[name]).flatMap((value) => (typeof value === 'string' ? [Number(value)] : []));
  const plan = new PlanSteps();
  plan.add(step.givenMessage, values(journalNames.message));
  plan.add(step.given, values(journalNames.program), slotOf('process.name'));
  plan.add(step.scan, []);
  plan.add(step.given, values(journalNames.host), slotOf('host.name'));
  plan.add(step.givenNumber, values(journalNames.pid), slotOf('process.pid'));
  plan.add(step.givenPriority, values(journalNames.priority));
  plan.add(step.givenTime, values(journalNames.time));
  return plan;
}
