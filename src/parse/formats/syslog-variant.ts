import { defineFormat } from '../format.ts';
import { not, oneOf, optional, pattern, skip } from '../pattern.ts';
import { bracketed, moment } from '../pieces/moments.ts';
import { looseBody, prefix } from '../pieces/syslog.ts';

export default defineFormat({
  name: 'syslog_variant',
  title: 'syslog with a time in another shape, or without one, as journalctl, templates of one’s own and appliances write it',
  source: 'journalctl(1), -o cat and --no-hostname; rsyslog and syslog-ng templates',
  rank: 15,
  holds: 'messages',
  pattern: [
    skip('blanks'),
    prefix,
    oneOf(pattern`${bracketed(moment)}${optional(pattern`:`)} ${skip('blanks')}${looseBody}`, [
      not([bracketed(moment)]),
      ...looseBody,
    ]),
  ],
  samples: [
    {
      kind: 'good',
      line: 'web1 sshd[801]: Failed password for root from 203.0.113.5 port 4022 ssh2',
      fields: {
        timestamp_quality: 'observed',
        'host.name': 'web1',
        'process.name': 'sshd',
        'process.pid': 801,
        'source.ip': '203.0.113.5',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 2026 CET web1 sshd[801]: Failed password for root from 203.0.113.5 port 4023 ssh2',
      fields: { timestamp: '2026-11-22T12:36:00.000Z', 'host.name': 'web1', 'source.port': 4023 },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:01 web1 postfix/qmgr[77]: removed',
      fields: { timestamp: '2026-11-22T13:36:01.000Z', 'host.name': 'web1', 'process.name': 'postfix/qmgr', message: 'removed' },
    },
    {
      kind: 'good',
      line: '[Nov 22 13:36:02] <auth.info> web1 kernel: [  970.5] link is up',
      fields: { 'log.level': 'info', 'host.name': 'web1', 'process.name': 'kernel', message: '[  970.5] link is up' },
    },
    {
      kind: 'malformed',
      line: 'sshd[801]:',
      fields: { 'host.name': undefined, 'process.name': 'sshd', 'process.pid': 801, message: undefined },
    },
    {
      kind: 'hostile',
      line: 'web1 sshd[801]: Invalid user web2 su[1]: from 203.0.113.5 port 4024',
      fields: { 'host.name': 'web1', 'process.name': 'sshd', 'source.ip': '203.0.113.5' },
    },
  ],
});
