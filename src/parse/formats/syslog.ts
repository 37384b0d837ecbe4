import { defineFormat } from '../format.ts';
import { end, longest, message, number, oneOf, optional, pattern, priority, rest, stamp, within, word } from '../pattern.ts';

/** `sshd[801]`, `Google Chrome[85294]` or `kernel`: only a name with a process id may hold blanks. */
const tag = oneOf(
  pattern`${longest('process.name')}[${number('process.pid')}]${end()}`,
  pattern`${word('process.name')}${end()}`,
);

const tagAlone = within('word', pattern`${within('last', [tag])}:${end()}`);

export default defineFormat({
  name: 'syslog',
  title: 'syslog files: traditional (RFC 3164) and with full time, as rsyslog and syslog-ng write them',
  source: 'RFC 3164 §4.1; rsyslog templates RSYSLOG_TraditionalFileFormat and RSYSLOG_FileFormat',
  rank: 80,
  pattern: pattern`${optional(pattern`<${priority()}>`)}${oneOf([stamp('syslog')], [stamp('rfc3339')])} ${oneOf(
    pattern`${tagAlone} ${message()}`,
    pattern`${word('host.name')} ${oneOf(pattern`${within('first', [tag])}: ${message()}`, [rest('message')])}`,
  )}`,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Failed password for root from 203.0.113.5 port 4022 ssh2',
      fields: {
        timestamp_quality: 'assumed_year',
        'log.dataset': 'sshd',
        'host.name': 'web1',
        'process.name': 'sshd',
        'process.pid': 801,
        'user.name': 'root',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        message: 'Failed password for root from 203.0.113.5 port 4022 ssh2',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123456+01:00 web1 CRON[77]: (root) CMD (test -x /usr/sbin/anacron)',
      fields: {
        timestamp: '2026-11-22T12:36:00.123Z',
        timestamp_quality: undefined,
        'log.dataset': 'cron',
        'user.name': 'root',
        'process.command_line': 'test -x /usr/sbin/anacron',
      },
    },
    {
      kind: 'good',
      line: '<30>Nov  2 03:04:05 web1 Backup Agent[9]: done',
      fields: { 'log.level': 'info', 'process.name': 'Backup Agent', 'process.pid': 9, message: 'done' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 cron[9]: (*system*) RELOAD (/etc/crontab)',
      fields: { 'host.name': undefined, 'process.name': 'cron' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 last message repeated 3 times',
      fields: { 'host.name': 'web1', 'process.name': undefined, message: 'last message repeated 3 times' },
    },
    {
      kind: 'malformed',
      line: 'Feb 30 13:36:00 web1 sshd[801]: no such day',
      takenBy: 'text',
      fields: { timestamp_quality: 'observed', message: 'Feb 30 13:36:00 web1 sshd[801]: no such day' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 sshd[801]: Invalid user x: Nov 22 13:36:00 web2 su[1]: root from 203.0.113.5 port 4022',
      fields: { 'host.name': 'web1', 'process.name': 'sshd', 'source.ip': '203.0.113.5' },
    },
  ],
});
