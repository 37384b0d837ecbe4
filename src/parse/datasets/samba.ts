import { defineDataset } from '../dataset.ts';
import { optional, pattern } from '../pattern.ts';
import { sambaAudit, sambaMessages } from '../pieces/samba.ts';

export default defineDataset({
  name: 'samba',
  source: 'Samba: auth/auth_log.c; vfs_full_audit(8); source3/smbd/smb2_service.c',
  programs: ['smbd', 'smbd_audit', 'samba', 'nmbd', 'winbindd', 'rpcd_lsad'],
  messages: [...sambaMessages, pattern`${optional(pattern`smbd_audit: `)}${sambaAudit}`],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas smbd[55]: Auth: [SMB2,(null)] user [WORK]\\[eve] at [Sun, 22 Nov 2026 13:36:00.000001 UTC] with [NTLMv2] status [NT_STATUS_WRONG_PASSWORD] workstation [PC] remote host [ipv4:203.0.113.5:4022] mapped to [WORK]\\[eve]. local host [ipv4:192.0.2.10:445]',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas smbd_audit: bob|203.0.113.8|pc1|docs|unlinkat|ok|/srv/docs/a.txt',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'event.action': 'unlinkat', 'url.path': '/srv/docs/a.txt' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas smbd[55]: pc1 (ipv4:203.0.113.8:50122) connect to service docs initially as user bob (uid=1001, gid=1001) (pid 55)',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'event.action': 'smb_connect' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 nas smbd[55]: Auth: [SMB2,(null)] user [WORK]',
      fields: { 'user.name': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 nas smbd_audit: bob|203.0.113.8|pc1|docs|open|ok|/srv/docs/x|192.0.2.1|y|unlinkat|ok|/etc',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'event.action': 'open' },
    },
  ],
});
