import { end, ip, longest, number, oneOf, optional, type Pattern, pattern, rest, skip, text, within } from '../pattern.ts';
import { loginFailure, loginSuccess, sessionEvent } from './outcomes.ts';

const failure = loginFailure('ssh_login');
const success = loginSuccess('ssh_login');
const unknownUser = loginFailure('ssh_invalid_user');

/** `192.0.2.1:4022`, without brackets in IPv6 too. */
const peer = oneOf(pattern`${ip('source', 'last')}:${number('source.port')}${end()}`, [ip('source', 'rest')]);
const from = pattern` from ${within('rest', [peer])}`;
const fromPeer = pattern` from <${within('first', [peer])}>`;
const user = pattern`'${longest('user.name')}'`;

/** Its letters have been large and small at the start, so the first is left out. */
const words: readonly Pattern[] = [
  pattern`ad ${oneOf(pattern`PAM `, [])}password attempt for ${user}${from}${failure}`,
  pattern`ad public key attempt for ${user}${from}${failure}`,
  pattern`ogin attempt for nonexistent user${optional(pattern` ${user}`)}${from}${unknownUser}`,
  pattern`ogin attempt with wrong user ${user}${from}${unknownUser}`,
  pattern`assword auth succeeded for ${user}${from}${success}`,
  pattern`AM password auth succeeded for ${user}${from}${success}`,
  pattern`ubkey auth succeeded for ${user} with ${skip('last')}${from}${success}`,
  pattern`xit before auth${fromPeer}: ${oneOf(pattern`(user '${text('user.name')}', ${number()} fails): ${rest('event.reason')}${failure}`, pattern`Max auth tries reached - user ${user}${failure}${end()}`, pattern`${rest('event.reason')}${sessionEvent('ssh_disconnect')}`)}`,
  pattern`xit before auth (user '${text('user.name')}', ${number()} fails): ${oneOf(pattern`${skip('last')}${from}`, [rest('event.reason')])}${failure}`,
  pattern`xit before auth: ${rest('event.reason')}${sessionEvent('ssh_disconnect')}`,
  pattern`xit (${text('user.name')})${optional(fromPeer)}: ${rest('event.reason')}${sessionEvent('ssh_disconnect')}`,
  pattern`hild connection${from}${sessionEvent('ssh_connect')}`,
];

/** What dropbear says of its clients. Source: dropbear: svr-auth.c, svr-authpasswd.c, svr-authpubkey.c, svr-session.c. */
export const dropbearMessage: Pattern = pattern`${oneOf(...['b', 'B', 'l', 'L', 'p', 'P', 'e', 'E', 'c', 'C'].map((text): Pattern => [{ kind: 'literal', text }]))}${oneOf(...words)}`;
