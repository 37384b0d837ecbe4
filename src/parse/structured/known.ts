import type { Fields, Members } from './members.ts';

/*
 * What only the writer of an object can mean by it: sensors, audit trails and Windows name their events by numbers or tell
 * of a failure by a member that is there.
 */

/** Adds what is known of the objects of certain software. */
export function addKnown(fields: Fields, members: Members): void {
  if (members.has('id.origh')) addZeek(fields, members);
  else if (members.has('eventsource') && members.has('eventname')) addTrail(fields, members);
  else if (members.has('eventid')) addWindows(fields, members);
  const outcome = members.get('event.outcome');
  if (!fields.has('event.outcome') && (outcome === 'success' || outcome === 'failure')) fields.set('event.outcome', outcome);
  addTransport(fields, members);
}

/** Zeek's `service`, `client` and `server` are what the connection's ends say of themselves. Source: docs.zeek.org, logs. */
function addZeek(fields: Fields, members: Members): void {
  for (const name of ['process.name', 'source.domain', 'destination.domain', 'log.logger'] as const) fields.delete(name);
  const query = members.get('query');
  if (typeof query === 'string' && members.has('qtypename')) fields.set('dns.question.name', query);
  const isGood = members.get('authsuccess') ?? members.get('success');
  if (typeof isGood !== 'boolean') return;
  fields.set('event.category', ['authentication']);
  fields.set('event.action', members.has('authsuccess') ? 'ssh_login' : 'login');
  fields.set('event.outcome', isGood ? 'success' : 'failure');
}

/** A call that failed has an error. Source: AWS CloudTrail, "CloudTrail record contents". */
function addTrail(fields: Fields, members: Members): void {
  const isFailure = members.has('errorcode') || members.has('errormessage');
  if (!fields.has('event.outcome')) fields.set('event.outcome', isFailure ? 'failure' : 'success');
  if (!fields.has('event.action')) fields.set('event.action', String(members.get('eventname')));
}

type Meaning = readonly [category: string, action: string, outcome: 'success' | 'failure'];

/** Source: Microsoft, "Advanced security audit policy settings", by number of event. */
const windowsEvents: ReadonlyMap<string, Meaning> = new Map([
  ['4624', ['authentication', 'windows_login', 'success']],
  ['4625', ['authentication', 'windows_login', 'failure']],
  ['4648', ['authentication', 'windows_explicit_login', 'success']],
  ['4771', ['authentication', 'kerberos_preauth', 'failure']],
  ['4720', ['iam', 'user_added', 'success']],
  ['4726', ['iam', 'user_removed', 'success']],
  ['4728', ['iam', 'group_member_added', 'success']],
  ['4732', ['iam', 'group_member_added', 'success']],
  ['4740', ['iam', 'user_locked', 'success']],
  ['1102', ['iam', 'log_cleared', 'success']],
]);

function addWindows(fields: Fields, members: Members): void {
  const code = String(members.get('eventid'));
  const isWindows = ['channel', 'sourcename', 'providername', 'provider', 'targetusername'].some((name) => members.has(name));
  if (!isWindows || !/^\d{1,5}$/.test(code)) return;
  fields.set('event.code', code);
  const meaning = windowsEvents.get(code);
  if (meaning === undefined) return;
  const [category, action, outcome] = meaning;
  fields.set('event.category', [category]);
  fields.set('event.action', action);
  fields.set('event.outcome', outcome);
}

/** Source: IANA, "Protocol Numbers". */
export const transports: readonly string[] = ['tcp', 'udp', 'icmp', 'ipv6-icmp', 'sctp'];

function addTransport(fields: Fields, members: Members): void {
  if (!fields.has('source.ip') || !fields.has('destination.ip')) return;
  const transport = members.get('network.transport') ?? members.get('proto') ?? members.get('protocol');
  if (typeof transport === 'string' && transports.includes(transport.toLowerCase()))
    fields.set('network.transport', transport.toLowerCase());
}
