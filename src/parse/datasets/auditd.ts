import { defineDataset } from '../dataset.ts';
import { skip } from '../pattern.ts';
import { auditRecord } from '../pieces/audit.ts';

export default defineDataset({
  name: 'auditd',
  source: 'audisp-syslog(8), audispd(8)',
  programs: ['audispd', 'auditd', 'audisp-syslog'],
  messages: [auditRecord([skip('first')])],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 audispd: node=web1 type=USER_AUTH msg=audit(1795354560.579:2995): pid=801 uid=0 msg=\'op=PAM:authentication acct="eve" exe="/usr/bin/su" hostname=? addr=? terminal=pts/0 res=failed\'',
      fields: { 'user.name': 'eve', 'source.ip': undefined, 'event.outcome': 'failure' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 audispd: type=USER_AUTH msg=audit', fields: { 'event.outcome': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 audispd: type=USER_LOGIN msg=audit(1795354560.579:2995): pid=801 uid=0 msg=\'op=login acct="x" op="addr=192.0.2.1" exe="/usr/sbin/sshd" addr=203.0.113.5 res=failed\'',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x' },
    },
  ],
});
