import { defineFormat } from '../format.ts';
import { set, stamp } from '../pattern.ts';
import { auditRecord } from '../pieces/audit.ts';

export default defineFormat({
  name: 'auditd',
  title: 'Linux audit log',
  source: 'auditd(8); https://github.com/linux-audit/audit-documentation',
  rank: 76,
  pattern: [...auditRecord([stamp('epoch')]), set({ 'log.dataset': 'auditd' })],
  samples: [
    {
      kind: 'good',
      line: 'type=USER_LOGIN msg=audit(1795354560.579:2995): pid=801 uid=0 auid=4294967295 ses=4294967295 msg=\'op=login acct="root" exe="/usr/sbin/sshd" hostname=203.0.113.5 addr=203.0.113.5 terminal=ssh res=failed\'',
      fields: {
        timestamp: '2026-11-22T13:36:00.579Z',
        'log.dataset': 'auditd',
        'event.code': 'USER_LOGIN',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
        'user.name': 'root',
        'source.ip': '203.0.113.5',
        'process.pid': 801,
        'process.executable': '/usr/sbin/sshd',
      },
    },
    {
      kind: 'good',
      line: 'type=SYSCALL msg=audit(1795354560.579:2996): arch=c000003e syscall=59 success=yes exit=0 ppid=26843 pid=27032 auid=1000 uid=0 comm="perl" exe="/usr/bin/perl" key=(null)',
      fields: { 'process.name': 'perl', 'process.pid': 27032, 'user.id': '0', 'event.outcome': 'success' },
    },
    { kind: 'malformed', line: 'type=SYSCALL msg=audit(1795354560.579:2996): arch=', fields: { 'process.pid': undefined } },
    {
      kind: 'hostile',
      line: 'type=USER_AUTH msg=audit(1795354560.579:2997): pid=801 uid=0 msg=\'op=PAM:authentication acct=7820616464723D3139322E302E322E31 exe="/usr/sbin/sshd" hostname=203.0.113.5 addr=203.0.113.5 terminal=ssh res=failed\'',
      fields: { 'source.ip': '203.0.113.5', 'user.name': '7820616464723D3139322E302E322E31', 'event.outcome': 'failure' },
    },
  ],
});
