import { defineDataset } from '../dataset.ts';
import { address, end, ip, longest, number, oneOf, optional, pattern, rest, set, skip, text, within, word } from '../pattern.ts';
import { loginFailure, sessionEvent } from '../pieces/outcomes.ts';

/** `pam_unix(sshd:auth): `; `(pam_unix) ` and none at all before 2005. */
const module = oneOf(pattern`pam_${skip('word')} `, pattern`(pam_unix) `, []);

/** The far end: an address, `[address]:port`, or nothing for a terminal of this host. */
const remote = oneOf(pattern`[${ip('source', 'first')}]:${number('source.port')}`, [address('source')], []);

const user = optional(pattern`${skip('blanks')}user=${rest('user.name')}`);

/**
 * `ruser=eve rhost=192.0.2.1  user=root`: a client may have named itself in either, so that `rhost=` counts which stands
 * where the writer put it: behind an empty `ruser`, or else the last.
 */
const ends = oneOf(pattern` rhost=${remote}${user}`, pattern`${longest('user.name')} rhost=${remote}${user}`);

const failure = loginFailure('pam_failure');

/** `root(uid=0) by eve(uid=1001)`, `root by (uid=0)` or `root`. */
const account = oneOf(pattern`${text('user.name')}(uid=${skip('rest')}`, [rest('user.name')]);
const sessionUser = oneOf(pattern`${within('first', [account])} by ${skip('rest')}`, [account]);

/** What a module says when it checks a login, behind its name. */
const checks = [
  pattern`user ${text('user.name')} (${number()}) tally ${skip('rest')}`,
  pattern`Consecutive login failures for user ${longest('user.name')} account ${skip('rest')}`,
  pattern`received for user ${longest('user.name')}: ${number()} (${rest('event.reason')}`,
  pattern`requirement "${skip('last')}" not met by user "${longest('user.name')}"${end()}`,
  pattern`check pass; user unknown${skip('rest')}`,
  pattern`${oneOf(pattern`Refused user`, pattern`bad username`)} [${longest('user.name')}]${skip('rest')}`,
  pattern`user '${longest('user.name')}' ${oneOf(pattern`denied access`, pattern`does not exist`)}${skip('rest')}`,
  pattern`Invalid verification code for ${word('user.name')}${skip('rest')}`,
];

export default defineDataset({
  name: 'pam',
  source: 'Linux-PAM: pam_unix support.c, pam_unix_sess.c, pam_faillock.c, pam_tally2.c; sssd: pam_sss.c; pam_krb5(5)',
  programs: ['*'],
  messages: [
    pattern`${module}authentication failure; ${skip('first')} ruser=${ends}${failure}`,
    // Proxmox writes the same without the module's other fields.
    pattern`authentication failure; rhost=${remote} user=${longest('user.name')} msg=${rest('event.reason')}${failure}`,
    pattern`PAM ${number()} more authentication failure${skip('first')}; ${skip('first')} ruser=${ends}${failure}`,
    pattern`pam_${skip('first')}:session): session ${text('event.reason')} for user ${sessionUser}${sessionEvent('pam_session')}`,
    // Before 2005 the program's name had the module in it.
    pattern`session ${oneOf(pattern`opened`, pattern`closed`)} for user ${oneOf(pattern`${text('user.name')} by ${skip('rest')}`, [rest('user.name')])}${sessionEvent('pam_session')}`,
    pattern`pam_${skip('first')}:auth): ${oneOf(...checks)}${failure}`,
    pattern`pam_${skip('first')}:chauthtok): password changed for ${rest('user.name')}${set({ 'event.category': ['iam'], 'event.action': 'password_changed', 'event.outcome': 'success' })}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5  user=root',
      fields: { 'log.dataset': 'sshd', 'user.name': 'root', 'source.ip': '203.0.113.5', 'event.action': 'pam_failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 nobodyknows[801]: pam_sss(nobodyknows:auth): authentication failure; logname= uid=0 euid=0 tty=x ruser=eve rhost=gate.example',
      fields: { 'log.dataset': undefined, 'user.name': 'eve', 'source.domain': 'gate.example', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 nobodyknows: pam_tally2(nobodyknows:auth): user eve (1001) tally 6, deny 5',
      fields: { 'user.name': 'eve', 'event.category': ['authentication'], 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 pkexec: pam_unix(polkit-1:session): session opened for user root by (uid=1001)',
      fields: { 'user.name': 'root', 'event.category': ['session'] },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 nobodyknows(pam_unix)[77]: session opened for user eve by (uid=0)',
      fields: { 'user.name': 'eve', 'event.category': ['session'], 'event.action': 'pam_session' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sshd[801]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5',
      fields: { 'user.name': undefined, 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 nobodyknows: pam_unix(x:auth): authentication failure; logname= uid=0',
      fields: { 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshd[801]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.5  user=x rhost=192.0.2.1  user=root',
      fields: { 'user.name': 'x rhost=192.0.2.1  user=root', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 nobodyknows[5]: pam_unix(ftp:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=x rhost=192.0.2.1 rhost=203.0.113.5',
      fields: { 'user.name': 'x rhost=192.0.2.1', 'source.ip': '203.0.113.5' },
    },
  ],
});
