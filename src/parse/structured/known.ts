import type { Fields, Members, Scalar } from './members.ts';

/*
 * What only the writer of an object can mean by it: sensors, audit trails and Windows name their events by numbers or tell
 * of a failure by a member that is there.
 */

/** Adds what is known of the objects of certain software. */
export function addKnown(fields: Fields, members: Members): void {
  if (members.has('id.origh')) addZeek(fields, members);
  else if (members.has('eventsource') && members.has('eventname')) addTrail(fields, members);
  else if (members.has('eventid') || systemEvent(members) !== undefined) addWindows(fields, members);
  addSignIn(fields, members);
  if (members.has('methodname') && members.has('servicename')) addCloudCall(fields, members);
  if (members.has('strategy')) addAuth0(fields, members);
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

/** A call that was refused has a status with a number. Source: Google Cloud, AuditLog and google.rpc.Status. */
function addCloudCall(fields: Fields, members: Members): void {
  const code = members.get('status.code');
  fields.set('event.action', String(members.get('methodname')));
  fields.set('event.outcome', typeof code === 'number' && code !== 0 ? 'failure' : 'success');
}

type Meaning = readonly [category: string, action: string, outcome: 'success' | 'failure'];

/** Source: Microsoft, "Advanced security audit policy settings", by number of event. */
const windowsEvents: ReadonlyMap<string, Meaning> = new Map([
  ['528', ['authentication', 'windows_login', 'success']],
  ['529', ['authentication', 'windows_login', 'failure']],
  ['540', ['authentication', 'windows_login', 'success']],
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
  const code = String(members.get('eventid') ?? systemEvent(members));
  const isWindows = ['channel', 'sourcename', 'providername', 'provider', 'targetusername'].some((name) => members.has(name));
  if (!(isWindows || systemEvent(members) !== undefined) || !/^\d{1,5}$/.test(code)) return;
  fields.set('event.code', code);
  const meaning = windowsEvents.get(code) ?? checked(code, members);
  if (meaning === undefined) return;
  const [category, action, outcome] = meaning;
  fields.set('event.category', [category]);
  fields.set('event.action', action);
  fields.set('event.outcome', outcome);
}

/** The number of an event as Wazuh and evtx_dump write it, in an object of its own. */
function systemEvent(members: Members): Scalar | undefined {
  return members.get('win.system.eventid') ?? members.get('event.system.eventid') ?? members.get('event.system.eventid.#text');
}

/** A ticket or a password that a domain controller was asked for, whose status says whether it gave or took it. */
function checked(code: string, members: Members): Meaning | undefined {
  if (code !== '4776' && code !== '4768') return undefined;
  const status = ['status', 'eventdata.status', 'win.eventdata.status', 'event.eventdata.status'].map((name) =>
    members.get(name),
  );
  const value = status.find((found) => typeof found === 'string');
  if (value === undefined) return undefined;
  const action = code === '4776' ? 'ntlm_login' : 'kerberos_login';
  return ['authentication', action, /^0x0+$/.test(String(value)) ? 'success' : 'failure'];
}

/** A sign-in to Microsoft Entra: the error's number is 0 for one that went well. Source: Microsoft Graph, signIn resource. */
function addSignIn(fields: Fields, members: Members): void {
  const category = members.get('category');
  const isSignIn = typeof category === 'string' && /^(?:\w{1,40})?SignInLogs$/i.test(category);
  const code = isSignIn ? members.get('resulttype') : members.get('status.errorcode');
  if (code === undefined || !(isSignIn || members.has('userprincipalname'))) return;
  fields.set('event.category', ['authentication']);
  fields.set('event.action', 'sign_in');
  fields.set('event.outcome', String(code) === '0' ? 'success' : 'failure');
}

/** Source: Auth0, "Log Event Type Codes": a wrong name, a wrong password, a blocked account, and a login. */
const auth0Types: ReadonlyMap<unknown, 'failure' | 'success'> = new Map([
  ...['f', 'fu', 'fp', 'fcoa', 'fsa'].map((type) => [type, 'failure'] as const),
  ...['limit_wc', 'limit_mu', 'limit_ui'].map((type) => [type, 'failure'] as const),
  ...['s', 'ssa', 'scoa'].map((type) => [type, 'success'] as const),
]);

function addAuth0(fields: Fields, members: Members): void {
  const outcome = members.has('clientid') ? auth0Types.get(members.get('type')) : undefined;
  if (outcome === undefined) return;
  fields.set('event.category', ['authentication']);
  fields.set('event.action', 'login');
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
