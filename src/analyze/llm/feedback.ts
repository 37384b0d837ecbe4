import { readFileSync } from 'node:fs';
import { at } from '../../model/decode.ts';
import type { Finding } from '../../model/envelope.ts';
import { LpError, reasonOf } from '../../model/error.ts';
import { exitStatus } from '../../model/exit-status.ts';

/** How many false alarms are remembered, and how many of them the model is told. */
const maxRemembered = 10_000;
const maxTold = 5;
const maxNoteLength = 160;

/** What people have called false alarms. */
export interface Feedback {
  /** Whether the same rule about the same entity was called one. */
  isFalseAlarm(finding: Finding): boolean;
  /** The latest of them in a few words each. */
  readonly told: readonly string[];
}

/** No false alarms. */
export const noFeedback: Feedback = { isFalseAlarm: () => false, told: [] };

/**
 * Reads false alarms as `lp-triage export` writes them: findings, one a line, with the reason in `triage.reason`. Of each, the rule, the
 * entity and the reason are used. Lines that are none are left out. Throws `LpError` 66 when the file cannot be read.
 */
export function readFeedback(path: string): Feedback {
  let lines: readonly string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n').slice(-maxRemembered);
  } catch (thrown) {
    throw new LpError(`cannot read the false alarms in ${path}: ${reasonOf(thrown)}`, exitStatus.noInput);
  }
  const keys = new Set<string>();
  const told: string[] = [];
  for (const line of lines) {
    const value = parsed(line);
    const [rule, type, entity] = [at(value, ['rule', 'name']), at(value, ['entity', 'type']), at(value, ['entity', 'value'])];
    if (typeof rule !== 'string' || typeof type !== 'string' || typeof entity !== 'string') continue;
    keys.add(`${rule}\0${type}\0${entity}`);
    const note = at(value, ['triage', 'reason']) ?? at(value, ['title']);
    told.push(`${rule}: ${typeof note === 'string' ? note : 'harmless'}`.slice(0, maxNoteLength));
  }
  return {
    isFalseAlarm: ({ rule, entity }) => keys.has(`${rule.name}\0${entity.type}\0${entity.value}`),
    told: [...new Set(told)].slice(-maxTold),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
