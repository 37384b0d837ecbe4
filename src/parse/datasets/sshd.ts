import { defineDataset } from '../dataset.ts';
import { ip, longest, number, oneOf, optional, pattern, rest, set, skip, text, within } from '../pattern.ts';

const failure = set({ 'event.category': ['authentication'], 'event.action': 'ssh_login', 'event.outcome': 'failure' });
const success = set({ 'event.category': ['authentication'], 'event.action': 'ssh_login', 'event.outcome': 'success' });
const unknownUser = set({ 'event.category': ['authentication'], 'event.action': 'ssh_invalid_user', 'event.outcome': 'failure' });
const refused = set({ 'event.category': ['authentication'], 'event.action': 'ssh_denied', 'event.outcome': 'failure' });
const disconnected = set({ 'event.category': ['session'], 'event.action': 'ssh_disconnect' });
const connected = set({ 'event.category': ['session'], 'event.action': 'ssh_connect' });

const port = pattern` port ${number('source.port')}`;
/** The user may hold anything, so the address is behind the last ` from `. */
const userFrom = pattern`${longest('user.name')} from ${ip('source')}`;
/** `[preauth]`, the protocol, a key's fingerprint: nothing that a client words. */
const more = skip('rest');
/** How a client of some state is named in newer messages: `invalid user eve 192.0.2.1 port 22`. */
const state = oneOf(pattern`invalid user `, pattern`authenticating user `, pattern`user `, []);
const peer = oneOf(
  pattern`${state}${within('last', [oneOf(pattern`${longest('user.name')} ${ip('source', 'rest')}`, [ip('source', 'rest')])])} port ${number('source.port')}`,
  [ip('source')],
);

/** `deploy(uid=1001) by (uid=0)`, `deploy by (uid=0)` or `deploy`. */
const sessionUser = oneOf(pattern`${text('user.name')}(${skip('rest')}`, pattern`${text('user.name')} by ${skip('rest')}`, [
  rest('user.name'),
]);

export default defineDataset({
  name: 'sshd',
  source: 'openssh-portable: auth.c (auth_log), auth2.c, packet.c, sshconnect; pam_unix(8)',
  programs: ['sshd', 'sshd-session', 'sshd-auth'],
  messages: [
    pattern`Failed ${within('first', [rest('event.reason')])} for ${optional(pattern`invalid user `)}${userFrom}${port}${failure}${more}`,
    pattern`Accepted ${within('first', [rest('event.reason')])} for ${userFrom}${port}${success}${more}`,
    pattern`Invalid user ${userFrom}${optional(port)}${unknownUser}${more}`,
    pattern`Illegal user ${userFrom}${unknownUser}${more}`,
    pattern`message repeated ${number()} times: [ Failed ${within('first', [rest('event.reason')])} for ${optional(pattern`invalid user `)}${userFrom}${port}${failure}${more}`,
    pattern`error: maximum authentication attempts exceeded for ${optional(pattern`invalid user `)}${userFrom}${port}${failure}${more}`,
    pattern`error: PAM: ${skip('first')} for ${optional(pattern`illegal user `)}${userFrom}${failure}${more}`,
    pattern`User ${userFrom} not allowed because ${rest('event.reason')}${refused}`,
    pattern`pam_unix(sshd:auth): authentication failure; ${skip('first')} rhost=${optional([ip('source')])}${optional(pattern`${skip('first')} user=${rest('user.name')}`)}${set({ 'event.category': ['authentication'], 'event.action': 'pam_failure', 'event.outcome': 'failure' })}`,
    pattern`pam_unix(sshd:session): session ${within('first', [rest('event.reason')])} for user ${sessionUser}${set({ 'event.category': ['session'], 'event.action': 'pam_session' })}`,
    pattern`Disconnected from ${peer}${disconnected}${more}`,
    pattern`Connection closed by ${peer}${disconnected}${more}`,
    pattern`Connection reset by ${peer}${disconnected}${more}`,
    pattern`Received disconnect from ${ip('source')}${port}${disconnected}${more}`,
    pattern`Received disconnect from ${ip('source', 'first')}: ${disconnected}${more}`,
    pattern`Connection from ${ip('source')}${port}${connected}${more}`,
    pattern`Did not receive identification string from ${ip('source')}${optional(port)}${set({ 'event.category': ['network'], 'event.action': 'ssh_no_identification' })}${more}`,
    pattern`Unable to negotiate with ${ip('source')}${port}${set({ 'event.category': ['network'], 'event.action': 'ssh_negotiation', 'event.outcome': 'failure' })}${more}`,
  ],
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
      line: 'Nov 22 13:36:00 web1 sshd[801]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5  user=root',
      fields: { 'user.name': 'root', 'source.ip': '203.0.113.5', 'event.action': 'pam_failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Received disconnect from 203.0.113.5: 11: Bye Bye [preauth]',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'ssh_disconnect' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Invalid user  from 203.0.113.5 port 4022',
      fields: { 'user.name': undefined, 'source.ip': '203.0.113.5', 'event.action': 'ssh_invalid_user' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Failed password for root from',
      fields: { 'user.name': undefined, 'event.action': undefined, message: 'Failed password for root from' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5',
      fields: { 'user.name': undefined, 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshd[801]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5  user=x rhost=192.0.2.1  user=root',
      fields: { 'user.name': 'x rhost=192.0.2.1  user=root', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Failed password for invalid user root from 192.0.2.1 port 22 ssh2 from 203.0.113.5 port 4022 ssh2',
      fields: { 'user.name': 'root from 192.0.2.1 port 22 ssh2', 'source.ip': '203.0.113.5', 'source.port': 4022 },
    },
  ],
});
