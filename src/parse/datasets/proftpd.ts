import { defineDataset } from '../dataset.ts';
import { proftpdMessage } from '../pieces/ftp.ts';

export default defineDataset({
  name: 'proftpd',
  source: 'ProFTPD: src/log.c (pr_log_pri), modules/mod_auth.c, contrib/mod_sftp',
  programs: ['proftpd', 'in.proftpd', 'proftpd-mod_sftp'],
  messages: [proftpdMessage],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 proftpd[55]: ftp.shop.example (pc.example[203.0.113.5]) - USER eve (Login failed): Incorrect password.',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 proftpd[55]: ftp.shop.example (2001:db8::5[2001:db8::5]) - USER bob: Login successful.',
      fields: { 'user.name': 'bob', 'source.ip': '2001:db8::5', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 proftpd[55]: ftp.shop.example (pc.example[203.',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 proftpd[55]: ftp.shop.example (pc.example[203.0.113.5]) - USER x (pc.example[192.0.2.1]) - USER root (Login failed): x (Login failed): Incorrect password.',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
