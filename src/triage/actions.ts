import { suggestion } from '../cli/suggest.ts';
import type { Deed, Status, Target, TriageDatabase } from '../database/triage.ts';
import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** What can be done. */
export const actions = [
  'ack',
  'resolve',
  'false-positive',
  'reopen',
  'suppress',
  'unsuppress',
  'note',
  'list',
  'export',
] as const;

/** One of `actions`. */
export type Action = (typeof actions)[number];

/** What reports and people call some of them. */
const otherNames: Readonly<Record<string, Action>> = {
  acknowledge: 'ack',
  acknowledged: 'ack',
  resolved: 'resolve',
  false_positive: 'false-positive',
};

/** The action of that name. Throws `LpError` 64 when there is none. */
export function actionOf(name: string): Action {
  const action = actions.find((known) => known === name) ?? (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined);
  if (action !== undefined) return action;
  throw new LpError(`"${name}" is not one of ${actions.join(', ')}${suggestion(name, actions)}`, exitStatus.usage);
}

/** What somebody wants done. */
export interface Order {
  readonly target: Target;
  readonly reason: string | undefined;
  readonly durationMs: number | undefined;
  readonly by: string;
  readonly now: Date;
}

/** The status that an action gives; none when it leaves the one there is. */
const statuses: Readonly<Record<Exclude<Action, 'suppress' | 'unsuppress' | 'list' | 'export'>, Status | undefined>> = {
  ack: 'acknowledged',
  resolve: 'resolved',
  'false-positive': 'false_positive',
  reopen: 'open',
  note: undefined,
};

/** Does what was ordered, and says in a few words what that came to. Throws `LpError` 64 when something is missing or nothing fits. */
export function perform(database: TriageDatabase, action: Exclude<Action, 'list' | 'export'>, order: Order): string {
  const { target, reason, durationMs, by, now } = order;
  checkOrder(action, order);
  const deed: Deed = { action, by, at: now, text: reason };
  if (action === 'unsuppress') {
    const ended = database.unsuppress(target);
    if (ended === 0) throw new LpError('there is no such suppression: see lp-triage list', exitStatus.usage);
    return `${counted(ended, 'suppression')} ended`;
  }
  if (action === 'suppress') {
    const until = durationMs === undefined ? undefined : new Date(now.getTime() + durationMs);
    const count = database.suppress(target, until, deed);
    return `${counted(count, 'finding')} kept out of reports ${until === undefined ? 'for good' : `until ${until.toISOString()}`}`;
  }
  const count = database.mark(target, statuses[action], deed);
  if (count === 0) throw new LpError('there is no such finding', exitStatus.usage);
  return `${action}: ${counted(count, 'finding')}`;
}

function checkOrder(action: Action, { target, reason, durationMs }: Order): void {
  const { ids, rule, entity } = target;
  if (ids.length === 0 && rule === undefined && entity === undefined) {
    throw new LpError(`${action}: say which findings: an id, --rule or --entity`, exitStatus.usage);
  }
  const needsReason = action === 'suppress' || action === 'note';
  if (needsReason && (reason === undefined || reason.trim() === '')) {
    throw new LpError(`${action}: say ${action === 'note' ? 'what' : 'why'}, with --reason`, exitStatus.usage);
  }
  if (durationMs !== undefined && action !== 'suppress') throw new LpError('--for is for suppress', exitStatus.usage);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
