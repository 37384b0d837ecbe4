import { defineFormat } from '../format.ts';
import { number, pattern, set, stamp, within } from '../pattern.ts';
import { vsftpdMessage } from '../pieces/ftp.ts';

export default defineFormat({
  name: 'vsftpd',
  title: 'vsftpd log',
  source: 'vsftpd.conf(5): vsftpd_log_file; logging.c',
  rank: 62,
  pattern: pattern`${stamp('asctime')} [pid ${number('process.pid')}] ${set({ 'log.dataset': 'vsftpd', 'process.name': 'vsftpd' })}${within('rest', vsftpdMessage, 'message')}`,
  samples: [
    {
      kind: 'good',
      line: 'Sun Nov 22 13:36:00 2026 [pid 55] [eve] FAIL LOGIN: Client "::ffff:203.0.113.5"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'vsftpd',
        'process.pid': 55,
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: 'Sun Nov 22 13:36:00 2026 [pid 55] CONNECT: Client "203.0.113.5"',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'ftp_session' },
    },
    {
      kind: 'malformed',
      line: 'Sun Nov 22 13:36:00 2026 [pid 55] [eve] what vsftpd never says',
      fields: { 'user.name': 'eve', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Sun Nov 22 13:36:00 2026 [pid 55] [bob] FTP command: Client "203.0.113.5", "USER x] FAIL LOGIN: Client "192.0.2.1""',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
  ],
});
