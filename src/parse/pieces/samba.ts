import {
  address,
  ip,
  longest,
  number,
  oneOf,
  type Pattern,
  pattern,
  rest,
  set,
  skip,
  stamp,
  text,
  upTo,
  withinUpTo,
} from '../pattern.ts';
import { loginFailure, loginSuccess, sessionEvent } from './outcomes.ts';

/* What Samba says. */

const more = skip('rest');
const failed = loginFailure('smb_login');

/** `[ipv4:192.0.2.1:4022]`; the client names itself and its machine around it, so what it says comes first and last. */
const host = pattern`[${upTo(':')}:${oneOf(pattern`${ip('source', 'first')}:${number('source.port')}]`, [withinUpTo(']', [oneOf(pattern`${ip('source', 'last')}:${number('source.port')}`)])])}`;
const status = oneOf(pattern`NT_STATUS_OK]${loginSuccess('smb_login')}`, pattern`${text('event.reason')}]${failed}`);
/** The moment of the login itself, which names its zone. */
const when = oneOf([stamp('anyWithTail')], [stamp('any')], []);
/** One login, in Samba's words for people. Source: auth/auth_log.c (log_authentication_event_human_readable). */
export const sambaAuth: Pattern = pattern`Auth: [${skip('first')}] user [${skip('first')}]\\[${text('user.name')}] at [${when}${skip('first')}] with [${skip('first')}] status [${status} workstation [${skip('first')}] remote host ${host}${more}`;

/** `%u|%I|%m|%S` and what follows is how most set `full_audit:prefix`. Source: vfs_full_audit(8). */
export const sambaAudit: Pattern = pattern`${text('user.name')}|${withinUpTo('|', [address('source', 'rest')])}|${skip('first')}|${oneOf(
  pattern`${skip('first')}|${text('event.action')}|ok|${rest('url.path')}${set({ 'event.category': ['file'], 'event.outcome': 'success' })}`,
  pattern`${skip('first')}|${text('event.action')}|fail ${skip('first')}|${rest('url.path')}${set({ 'event.category': ['file'], 'event.outcome': 'failure' })}`,
  pattern`${text('event.action')}|ok|${rest('url.path')}${set({ 'event.category': ['file'], 'event.outcome': 'success' })}`,
  pattern`${text('event.action')}|fail ${skip('first')}|${rest('url.path')}${set({ 'event.category': ['file'], 'event.outcome': 'failure' })}`,
  [more],
)}`;

/** What Samba says, in syslog or in files of its own. Source: auth/auth_log.c; source3/auth/auth.c; source3/smbd/smb2_service.c. */
export const sambaMessages: readonly Pattern[] = [
  pattern`${skip('blanks')}${sambaAuth}`,
  pattern`${skip('blanks')}check_ntlm_password:  Authentication for user [${longest('user.name')}] -> [${more}${failed}`,
  pattern`${skip('blanks')}${oneOf(
    pattern`${withinUpTo(' ', [rest('source.domain')])} (ipv4:${ip('source', 'first')}:${number('source.port')}) `,
    pattern`${withinUpTo(' ', [rest('source.domain')])} (ipv6:${ip('source', 'last')}:${number('source.port')}) `,
  )}${oneOf(
    pattern`connect to service ${skip('first')} initially as user ${text('user.name')} (uid=${sessionEvent('smb_connect')}${more}`,
    pattern`closed connection to service ${more}${sessionEvent('smb_disconnect')}`,
    pattern`${more}`,
  )}`,
];
