import { defineFormat } from '../format.ts';
import { number, oneOf, pattern, set, stamp, within, word } from '../pattern.ts';
import { proftpdMessage } from '../pieces/ftp.ts';

export default defineFormat({
  name: 'proftpd',
  title: "ProFTPD's own log (SystemLog)",
  source: 'ProFTPD: src/log.c (log_write): `2026-11-22 13:36:00,123 host proftpd[55] server (client[ip]): message`',
  rank: 62,
  pattern: pattern`${oneOf([stamp('iso')], [stamp('syslog')])} ${word('host.name')} ${set({ 'process.name': 'proftpd', 'log.dataset': 'proftpd' })}proftpd[${number('process.pid')}] ${within('rest', proftpdMessage, 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,123 web1 proftpd[55] ftp.shop.example (pc.example[203.0.113.5]): USER eve: no such user found from pc.example [203.0.113.5] to ::ffff:192.0.2.10:21',
      fields: {
        'host.name': 'web1',
        'process.pid': 55,
        'log.dataset': 'proftpd',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,123 web1 proftpd[55] ftp.shop.example (pc.example[203.0.113.5]): FTP session opened.',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00,123 web1 proftpd[55] ftp.shop.example (pc.example[203.0.113.5]): SECURITY VIOLATION: root login attempted',
      fields: { 'user.name': 'root', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00,123 web1 proftpd[55] ftp.shop.example (pc.example[203.0.113.5]): USER x: no such user found from a [192.0.2.1] to b: no such user found from pc.example [203.0.113.5] to 192.0.2.10:21',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
