import type { Fields, Members, Scalar } from './members.ts';
import { eventNames, outcomeNames } from './names.ts';

const login = /log(?:ged)?[ _-]?(?:in|on)|auth|sign[ _-]?in|session\.start|credential/i;
const failure = /fail|invalid|denied|reject|error|wrong|incorrect/i;
const success = /success|succeeded|accepted|granted/i;

/** How a login ended, where names and flags that the program chose say so. */
export function addOutcome(fields: Fields, members: Members): void {
  if (addRailsOutcome(fields, members)) return;
  const names = eventNames.map((name) => members.get(name)).filter((value) => typeof value === 'string' && value.length < 80);
  const [action] = names;
  const outcome = outcomeNames.map((name) => members.get(name)).find((value) => value !== undefined);
  const ending = endingOf(outcome) ?? names.map((name) => endingOf(name)).find((found) => found !== undefined);
  if (!names.some((name) => typeof name === 'string' && login.test(name)) || ending === undefined) {
    if (isRefusal(members)) setFailure(fields);
    return;
  }
  fields.set('event.category', ['authentication']);
  fields.set('event.action', typeof action === 'string' ? action : 'login');
  fields.set('event.outcome', ending);
  nameWho(fields, members);
}

/** What a form calls its first field, as authentik logs it: elsewhere it is the identifier of anything. */
function nameWho(fields: Fields, members: Members): void {
  const identifier = members.get('identifier');
  if (!fields.has('user.name') && typeof identifier === 'string' && identifier !== '') fields.set('user.name', identifier);
}

/** What programs give as the error when they turn somebody away. */
const refusal =
  /^"?(?:unauthori[sz]ed|invalid (?:credentials|password|username))"?$|password-auth\.failed|failed to authenticate/i;

function isRefusal(members: Members): boolean {
  const error = members.get('error') ?? members.get('err');
  return typeof error === 'string' && error.length < 400 && refusal.test(error);
}

function setFailure(fields: Fields): void {
  fields.set('event.category', ['authentication']);
  fields.set('event.action', 'login');
  fields.set('event.outcome', 'failure');
}

function endingOf(value: Scalar | undefined): 'failure' | 'success' | undefined {
  if (typeof value === 'boolean') return value ? 'success' : 'failure';
  if (typeof value !== 'string' || value.length > 80) return undefined;
  if (failure.test(value)) return 'failure';
  return success.test(value) ? 'success' : undefined;
}

/** Devise, as GitLab has it, answers a good login with a redirect, and shows the form again after a bad one. */
function addRailsOutcome(fields: Fields, members: Members): boolean {
  const controller = members.get('controller');
  if (typeof controller !== 'string' || members.get('method') !== 'POST') return false;
  const isForm = controller.endsWith('SessionsController') && members.get('action') === 'create';
  const isCallback = controller.endsWith('OmniauthCallbacksController');
  if (!isForm && !isCallback) return false;
  const isGood = members.get('status') === 302 && members.get('action') !== 'failure';
  fields.set('event.category', ['authentication']);
  fields.set('event.action', 'login');
  fields.set('event.outcome', isGood ? 'success' : 'failure');
  return true;
}
