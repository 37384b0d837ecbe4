import { loginFailure, sessionEvent } from './outcomes.ts';
import { address, end, ip, longest, number, oneOf, optional, type Pattern, pattern, rest, set, skip, text, word } from './pattern.ts';

/*
 * What PAM's modules say through any program that lets them check a login. Source: Linux-PAM, modules/pam_unix/support.c,
 * pam_unix_sess.c, pam_faillock.c, pam_tally2.c; sssd, pam_sss.c; pam_krb5(5).
 */

/** `pam_unix(sshd:auth): `; `(pam_unix) ` and none at all before 2005. */
const module = oneOf(pattern`pam_${skip('word')} `, pattern`(pam_unix) `, []);

/** The far end: an address, `[address]:port`, or nothing for a terminal of this host. */
const remote = oneOf(
  pattern`[${ip('source', 'first')}]:${number('source.port')}`,
  [address('source')],
  [],
);

const user = optional(pattern`${skip('blanks')}user=${rest('user.name')}`);

/**
 * `ruser=eve rhost=192.0.2.1  user=root`: a client may have named itself in either, so `rhost=` counts that stands where
 * the writer put it: behind an empty `ruser`, or else the last.
 */
const ends = oneOf(
  pattern`ruser= rhost=${remote}${user}`,
  pattern`ruser=${longest('user.name')} rhost=${remote}${user}`,
);

const failure = loginFailure('pam_failure');

/** `root(uid=0) by eve(uid=1001)`, `root by (uid=0)` or `root`. */
const sessionUser = oneOf(
  pattern`${text('user.name')}(uid=${skip('rest')}`,
  pattern`${text('user.name')} by ${skip('rest')}`,
  [rest('user.name')],
);

/** Messages of PAM's modules, for whatever program they come through. */
export const pamMessages: readonly Pattern[] = [
  pattern`${module}authentication failure; ${skip('first')} ${ends}${failure}`,
  pattern`PAM ${number()} more authentication failure${skip('first')}; ${skip('first')} ${ends}${failure}`,
  pattern`pam_${skip('first')}:session): session ${text('event.reason')} for user ${sessionUser}${sessionEvent('pam_session')}`,
  pattern`pam_${skip('first')}:auth): user ${text('user.name')} (${number()}) tally ${skip('rest')}${failure}`,
  pattern`pam_${skip('first')}:auth): Consecutive login failures for user ${longest('user.name')} account ${skip('rest')}${failure}`,
  pattern`pam_${skip('first')}:auth): received for user ${longest('user.name')}: ${number()} (${rest('event.reason')}${failure}`,
  pattern`pam_${skip('first')}:auth): requirement "${skip('last')}" not met by user "${longest('user.name')}"${end()}${failure}`,
  pattern`pam_${skip('first')}:auth): check pass; user unknown${skip('rest')}${failure}`,
  pattern`pam_${skip('first')}:auth): ${oneOf(pattern`Refused user`, pattern`bad username`)} [${longest('user.name')}]${skip('rest')}${failure}`,
  pattern`pam_${skip('first')}:auth): user '${longest('user.name')}' ${oneOf(pattern`denied access`, pattern`does not exist`)}${skip('rest')}${failure}`,
  pattern`pam_${skip('first')}:auth): Invalid verification code for ${word('user.name')}${skip('rest')}${failure}`,
  pattern`pam_${skip('first')}:chauthtok): password changed for ${rest('user.name')}${set({ 'event.category': ['iam'], 'event.action': 'password_changed', 'event.outcome': 'success' })}`,
];
