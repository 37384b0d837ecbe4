import { defineDataset } from '../dataset.ts';
import { optional, pattern, skip } from '../pattern.ts';
import { jailAction } from '../pieces/fail2ban.ts';

/** Its logger and level, and with `logtarget = SYSLOG` both again: `fail2ban.actions [123]: NOTICE [sshd] Ban …`. */
const before = optional(pattern`fail2ban.${skip('first')}: `);
const level = [skip('blanks'), optional(pattern`NOTICE `), optional(pattern`WARNING `), optional(pattern`INFO `), skip('blanks')];

export default defineDataset({
  name: 'fail2ban',
  source: 'fail2ban: server/server.py (syslog target), server/actions.py',
  programs: ['fail2ban', 'fail2ban-server', 'fail2ban.actions', 'fail2ban.filter', 'fail2ban.jail', 'fail2ban.observer'],
  messages: [[before, ...level, ...jailAction]],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 fail2ban.actions[6605]: NOTICE [postfix] Ban 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'service.name': 'postfix', 'event.action': 'ban' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 fail2ban-server[11524]: fail2ban.actions        [11524]: NOTICE  [sshd] Unban 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'unban' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 fail2ban[15699]: [sshd] Ban', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 fail2ban[15699]: [sshd] Ban 203.0.113.5 Ban 192.0.2.1',
      fields: { 'source.ip': undefined, 'event.action': undefined },
    },
  ],
});
