import { defineDataset } from '../dataset.ts';
import { longest, oneOf, pattern, rest, set, skip, text, upTo, word } from '../pattern.ts';

const failure = set({ 'event.category': ['authentication'], 'event.action': 'su_failure', 'event.outcome': 'failure' });
const session = set({ 'event.category': ['session'], 'event.action': 'su_session', 'event.outcome': 'success' });
const target = oneOf(
  pattern`${text('user.effective.name')}(uid=${skip('first')}) by `,
  pattern`${text('user.effective.name')} by `,
);
const by = oneOf(pattern`${longest('user.name')}(uid=${skip('rest')}`, pattern`(uid=${skip('rest')}`, [rest('user.name')]);

export default defineDataset({
  name: 'su',
  source: 'su(1) of util-linux: su-common.c (log_syslog), of shadow: src/su.c, of FreeBSD: usr.bin/su/su.c; pam_unix(8)',
  programs: ['su', 'su-l', '(su-l)'],
  messages: [
    pattern`FAILED SU (to ${text('user.effective.name')}) ${word('user.name')} on ${failure}${skip('rest')}`,
    pattern`FAILED su for ${text('user.effective.name')} by ${rest('user.name')}${failure}`,
    pattern`(to ${text('user.effective.name')}) ${word('user.name')} on ${session}${skip('rest')}`,
    pattern`'su ${text('user.effective.name')}' failed for ${word('user.name')} on ${failure}${skip('rest')}`,
    pattern`'su ${text('user.effective.name')}' succeeded for ${word('user.name')} on ${session}${skip('rest')}`,
    pattern`BAD SU ${text('user.name')} to ${text('user.effective.name')} on ${failure}${skip('rest')}`,
    pattern`- ${skip('word')} ${text('user.name')}:${rest('user.effective.name')}${failure}`,
    pattern`+ ${skip('word')} ${text('user.name')}:${rest('user.effective.name')}${session}`,
    pattern`${upTo(' ', 'user.name')} to ${upTo(' ', 'user.effective.name')} on ${session}${skip('rest')}`,
    pattern`Successful su for ${text('user.effective.name')} by ${rest('user.name')}${session}`,
    pattern`pam_unix(su${skip('first')}:session): session opened for user ${target}${by}${session}`,
    pattern`pam_unix(su${skip('first')}:auth): authentication failure; ${skip('first')} ruser=${oneOf([word('user.name')], [])} rhost=${skip('last')} user=${rest('user.effective.name')}${failure}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 su[900]: FAILED SU (to root) deploy on pts/0',
      fields: { 'user.name': 'deploy', 'user.effective.name': 'root', 'event.action': 'su_failure', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 su[900]: pam_unix(su-l:session): session opened for user root(uid=0) by deploy(uid=1001)',
      fields: { 'user.name': 'deploy', 'user.effective.name': 'root', 'event.action': 'su_session' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 web1 su: 'su root' failed for eve on /dev/pts/8",
      fields: { 'user.name': 'eve', 'user.effective.name': 'root', 'event.outcome': 'failure' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 su[900]: FAILED SU (to', fields: { 'event.action': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 su[900]: pam_unix(su:auth): authentication failure; logname=eve uid=1001 euid=0 tty=pts/0 ruser=eve rhost= x  user=root',
      fields: { 'user.name': 'eve', 'user.effective.name': 'root', 'event.action': 'su_failure' },
    },
  ],
});
