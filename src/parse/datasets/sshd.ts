import { defineDataset } from '../dataset.ts';
import {
  address,
  end,
  ip,
  longest,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  recall,
  rest,
  skip,
  text,
  within,
  word,
} from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent, sessionEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('ssh_login');
const success = loginSuccess('ssh_login');
const unknownUser = loginFailure('ssh_invalid_user');
const refused = loginFailure('ssh_denied');
const disconnected = sessionEvent('ssh_disconnect');
const connected = sessionEvent('ssh_connect');
const unreadable = networkEvent('ssh_protocol_error');
const negotiation = loginFailure('ssh_negotiation');

/** `[preauth]`, the protocol, a key's fingerprint: nothing that a client words. */
const more = skip('rest');
const port = pattern` port ${number('source.port')}`;
const protocol = oneOf(pattern` ssh2`, pattern` ssh1`, []);
const stranger = oneOf(pattern`invalid user `, pattern`illegal user `, []);

/** The user may hold anything, so the address is behind the last ` from `. */
const userFrom = pattern`${longest('user.name')} from ${ip('source')}`;
const userFromHost = pattern`${longest('user.name')} from ${address('source')}`;

/**
 * `eve from 192.0.2.1 port 22 ssh2`, and a key or what the client says of itself behind it: what stands at the line's very
 * end is the server's; a line with more behind it names the address before that.
 */
const attempt = oneOf(
  pattern`${userFrom}${port}${protocol}${optional(pattern` [preauth]`)}${end()}`,
  pattern`${userFrom}${port}${protocol}: ${more}`,
  pattern`${text('user.name')} from ${ip('source')}${optional(port)}${more}`,
);

/** How a client of some state is named in newer messages: `invalid user eve 192.0.2.1 port 22`. */
const state = oneOf(pattern`invalid user `, pattern`authenticating user `, pattern`user `, []);
const named = oneOf(pattern`${longest('user.name')} ${ip('source', 'rest')}`, [ip('source', 'rest')]);
const peer = oneOf(pattern`${state}${within('last', [named])} port ${number('source.port')}`, [ip('source')]);

const method = text('event.reason');
const reason = rest('event.reason');

const logins: readonly Pattern[] = [
  pattern`Failed ${method} for ${stranger}${attempt}${failure}`,
  pattern`Accepted ${method} for ${attempt}${success}`,
  pattern`Postponed ${method} for ${stranger}${attempt}${sessionEvent('ssh_postponed')}`,
  pattern`Partial ${method} for ${stranger}${attempt}${sessionEvent('ssh_partial')}`,
  pattern`message repeated ${number()} times: [ Failed ${method} for ${stranger}${userFrom}${port}${failure}${more}`,
  pattern`Invalid user ${userFrom}${optional(port)}${unknownUser}${more}`,
  pattern`Illegal user ${userFrom}${optional(port)}${unknownUser}${more}`,
  pattern`maximum authentication attempts exceeded for ${stranger}${attempt}${failure}`,
  pattern`PAM: ${method} for ${stranger}${oneOf(pattern`${userFromHost} via ${skip('rest')}`, pattern`${userFromHost}${skip('rest')}`)}${failure}`,
  pattern`User ${userFromHost} not allowed because ${reason}${refused}`,
  pattern`User ${longest('user.name')} not allowed because ${reason}${refused}`,
  pattern`Login restricted for ${longest('user.name')}: ${reason}${refused}`,
  pattern`input_userauth_request: invalid user ${oneOf(pattern`${longest('user.name')} [preauth]`, [rest('user.name')])}${unknownUser}`,
  pattern`ROOT LOGIN REFUSED FROM ${ip('source')}${optional(port)}${refused}${more}`,
  pattern`Root login refused from ${ip('source')}${optional(port)}${refused}${more}`,
  pattern`refused connect from ${oneOf(pattern`${skip('last')} (${ip('source', 'last')})${end()}`, pattern`${skip('last')}@${ip('source')}`, [address('source')])}${refused}`,
  pattern`Authentication refused: ${reason}${refused}`,
  pattern`Too many authentication failures for ${stranger}${oneOf(pattern`${userFrom}${optional(port)}${more}`, pattern`${longest('user.name')} [preauth]`, [rest('user.name')])}${failure}`,
  pattern`Disconnecting: Too many authentication failures${oneOf(pattern` for ${longest('user.name')} [preauth]`, pattern` for ${rest('user.name')}`, [more])}${failure}`,
  pattern`Disconnecting ${within('last', [state, named])} port ${number('source.port')}: Too many authentication failures${failure}${more}`,
  pattern`Disconnecting ${within('first', pattern`${state}${within('last', [named])} port ${number('source.port')}${end()}`)}: ${disconnected}${more}`,
];

const connections: readonly Pattern[] = [
  pattern`Disconnected from ${peer}${disconnected}${more}`,
  pattern`Connection closed by ${peer}${disconnected}${more}`,
  pattern`Connection reset by ${peer}${disconnected}${more}`,
  pattern`Connection from ${ip('source')}${port}${oneOf(pattern` on ${ip('destination')} port ${number('destination.port')}`, [])}${connected}${more}`,
  pattern`Connection from ${ip('source')}${connected}${more}`,
  pattern`Received disconnect from ${ip('source')}${port}${disconnected}${more}`,
  pattern`Received disconnect from ${ip('source', 'first')}: ${disconnected}${more}`,
  pattern`Received signal ${skip('rest')}${sessionEvent('ssh_signal')}`,
  pattern`Close session: user ${userFrom}${port}${disconnected}${more}`,
  pattern`Starting session: ${skip('last')} for ${userFrom}${port}${sessionEvent('ssh_session')}${more}`,
  pattern`Timeout before authentication for ${oneOf(pattern`connection from `, [])}${oneOf([ip('source')], pattern`${ip('source', 'last')}.${end()}`)}${optional(port)}${oneOf(pattern` to ${ip('destination', 'first')}, pid = ${number()}`, [])}${networkEvent('ssh_timeout')}${more}`,
  pattern`srclimit_penalise: ${skip('first')}: ${oneOf(pattern`new`, pattern`active`, pattern`deferred`, pattern`overflow`)} ${ip('source', 'first')}/${number()} ${networkEvent('ssh_dropped')}${more}`,
  pattern`Nasty PTR record "${skip('last')}" is set up for ${ip('source', 'first')}, ${networkEvent('ssh_name_mismatch')}${more}`,
  pattern`Did not receive identification string from ${ip('source')}${optional(port)}${networkEvent('ssh_no_identification')}${more}`,
  pattern`Bad protocol version identification '${skip('last')}' from ${ip('source')}${optional(port)}${unreadable}${more}`,
  pattern`Bad protocol version identification '${skip('last')} from ${ip('source')}${optional(port)}${unreadable}${more}`,
  pattern`Protocol major versions differ for ${oneOf(pattern`${ip('source')}${port}`, pattern`${ip('source', 'first')}:`)}${unreadable}${more}`,
  pattern`scanned from ${ip('source')} with ${skip('rest')}${networkEvent('ssh_scan')}`,
  pattern`Unable to negotiate with ${ip('source')}${port}${negotiation}${more}`,
  pattern`Unable to negotiate with ${ip('source', 'first')}: ${negotiation}${more}`,
  pattern`Magic value check failed ${skip('last')} on obfuscated handshake from ${ip('source')}${port}${unreadable}${more}`,
  pattern`beginning MaxStartups throttling${networkEvent('ssh_throttling')}${more}`,
  pattern`drop connection #${number()} from [${ip('source', 'first')}]:${number('source.port')} on [${ip('destination', 'first')}]:${number('destination.port')} ${networkEvent('ssh_dropped')}${more}`,
  pattern`Address ${ip('source')} maps to ${address('source', 'first')}, but this does not map back to the address${networkEvent('ssh_name_mismatch')}${more}`,
  pattern`reverse mapping checking getaddrinfo for ${address('source')} [${ip('source', 'first')}] failed${networkEvent('ssh_name_mismatch')}${more}`,
  pattern`SSH: Server;Ltype: ${skip('first')};Remote: ${ip('source', 'first')}-${number('source.port')};${oneOf(pattern`${skip('first')}Name: ${oneOf(pattern`${longest('user.name')} [preauth]`, [rest('user.name')])}`, [])}${connected}${more}`,
  pattern`kex_exchange_identification: ${reason}${unreadable}`,
  pattern`kex_protocol_error: ${reason}${unreadable}`,
  pattern`${word('event.reason')} exchange: Connection from ${ip('source')} port ${number('source.port')}: ${unreadable}${more}`,
  pattern`ssh_dispatch_run_fatal: Connection from ${peer}: ${unreadable}${more}`,
  pattern`Read from socket failed: ${reason}${disconnected}`,
  pattern`Unable to negotiate a key exchange method${negotiation}${more}`,
  pattern`no matching ${text('event.reason')} found: ${negotiation}${more}`,
];

/** What stands before some messages: a level of OpenSSH's own, the clock of a kernel, a message id of Solaris. */
const before = [
  oneOf(pattern`kernel:[${skip('first')}]: `, pattern`kernel:[${skip('first')}] `, []),
  optional(pattern`[ID ${skip('first')}] `),
  oneOf(pattern`error: `, pattern`fatal: `, pattern`info: `, []),
];

export default defineDataset({
  name: 'sshd',
  source: 'openssh-portable: auth.c (auth_log), auth-pam.c, auth2.c, kex.c, packet.c, sshd.c; tcp_wrappers',
  programs: ['sshd', 'sshd-session', 'sshd-auth', 'sshd(pam_unix)', '[sshd]', 'ssh', '/usr/sbin/sshd'],
  // Some messages do not name the peer, whom an earlier one of the same process has named.
  messages: [[...before, oneOf(...logins, ...connections), recall('process.pid')]],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Failed password for invalid user admin from 203.0.113.5 port 4022 ssh2',
      fields: {
        'user.name': 'admin',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'event.action': 'ssh_login',
        'event.outcome': 'failure',
        'event.category': ['authentication'],
        'event.reason': 'password',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd-session[801]: Accepted publickey for deploy from 2001:db8::5 port 4022 ssh2: ED25519 SHA256:x',
      fields: { 'user.name': 'deploy', 'source.ip': '2001:db8::5', 'event.outcome': 'success', 'event.reason': 'publickey' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Connection closed by authenticating user root 203.0.113.5 port 4022 [preauth]',
      fields: { 'user.name': 'root', 'source.ip': '203.0.113.5', 'event.action': 'ssh_disconnect' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Disconnected from 203.0.113.5 port 4022',
      fields: { 'user.name': undefined, 'source.ip': '203.0.113.5', 'source.port': 4022 },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Received disconnect from 203.0.113.5: 11: Bye Bye [preauth]',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'ssh_disconnect' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[8777]: error: PAM: Authentication failure for illegal user eve from gate.example',
      fields: { 'user.name': 'eve', 'source.domain': 'gate.example', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: fatal: Unable to negotiate with 203.0.113.5 port 4022: no matching cipher found. Their offer: 3des-cbc [preauth]',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'ssh_negotiation' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: banner exchange: Connection from 203.0.113.5 port 4022: invalid format',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.action': 'ssh_protocol_error' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Disconnecting invalid user eve 203.0.113.5 port 4022: Too many authentication failures [preauth]',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[8778]: Disconnecting: Too many authentication failures for eve [preauth]',
      fields: { 'user.name': 'eve', 'source.ip': undefined, 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Invalid user  from 203.0.113.5 port 4022',
      fields: { 'user.name': undefined, 'source.ip': '203.0.113.5', 'event.action': 'ssh_invalid_user' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Failed password for root from',
      fields: { 'user.name': undefined, 'source.ip': undefined, message: 'Failed password for root from' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Failed password for invalid user root from 192.0.2.1 port 22 ssh2 from 203.0.113.5 port 4022 ssh2',
      fields: { 'user.name': 'root from 192.0.2.1 port 22 ssh2', 'source.ip': '203.0.113.5', 'source.port': 4022 },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 web1 sshd[801]: Bad protocol version identification 'x' from 192.0.2.1 port 1' from 203.0.113.5 port 4022",
      fields: { 'source.ip': '203.0.113.5', 'source.port': 4022 },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshd[801]: User root from 192.0.2.1 not allowed because x from 203.0.113.5 not allowed because not listed in AllowUsers',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'ssh_denied' },
    },
  ],
});
