import { defineDataset } from '../dataset.ts';
import { longest, pattern, rest, skip, upTo, within } from '../pattern.ts';
import { sessionEvent } from '../pieces/outcomes.ts';

export default defineDataset({
  name: 'logind',
  source: 'systemd: src/login/logind-session.c',
  programs: ['systemd-logind', 'elogind', 'elogind-daemon'],
  messages: [
    pattern`New session ${upTo(" '")} of user ${longest('user.name')}.${sessionEvent('session_start')}`,
    pattern`New session '${upTo("'")}' of user '${longest('user.name')}'${skip('rest')}${sessionEvent('session_start')}`,
    pattern`Session ${upTo(' ')} logged out${skip('rest')}${sessionEvent('session_end')}`,
    pattern`Removed session ${within('rest', [rest('event.code')])}${sessionEvent('session_end')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 systemd-logind[77]: New session 5 of user eve.',
      fields: { 'user.name': 'eve', 'event.action': 'session_start' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 systemd-logind[77]: New session 5', fields: { 'user.name': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 systemd-logind[77]: New session 5 of user eve. of user root.',
      fields: { 'user.name': 'eve. of user root' },
    },
  ],
});
