import { defineDataset } from '../dataset.ts';
import { number, pattern, stamp } from '../pattern.ts';
import { vsftpdMessage } from '../pieces/ftp.ts';

export default defineDataset({
  name: 'vsftpd',
  source: 'vsftpd.conf(5): syslog_enable; logging.c',
  programs: ['vsftpd', 'vsftpd.conf'],
  // The head of its own log before what goes to syslog, as the packages of Red Hat had it.
  messages: [vsftpdMessage, [...pattern`${stamp('asctime')} [pid ${number('process.pid')}] `, ...vsftpdMessage]],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 vsftpd[55]: [eve] FAIL LOGIN: Client "203.0.113.5"',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 vsftpd[55]: [bob] OK UPLOAD: Client "203.0.113.8", "/srv/a b.txt", 12 bytes, 1.20Kbyte/sec',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'url.path': '/srv/a b.txt', 'event.action': 'ftp_transfer' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 vsftpd: Sun Nov 22 13:36:00 2026 [pid 77] [eve] FAIL LOGIN: Client "203.0.113.5"',
      fields: { 'process.pid': 77, 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 vsftpd[55]: [eve] FAIL LOGIN: Client "203.',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 vsftpd[55]: [x] FAIL LOGIN: Client "192.0.2.1"] FAIL LOGIN: Client "203.0.113.5"',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
