import { defineFormat } from '../format.ts';
import { oneOf, pattern, stamp } from '../pattern.ts';
import { modernBody, prefix, traditionalBody } from '../pieces/syslog.ts';

export default defineFormat({
  name: 'syslog',
  title: 'syslog files: traditional (RFC 3164) and with full time, as rsyslog and syslog-ng write them',
  source: 'RFC 3164 §4.1; rsyslog templates RSYSLOG_TraditionalFileFormat and RSYSLOG_FileFormat',
  rank: 80,
  holds: 'messages',
  pattern: [prefix, oneOf(pattern`${stamp('syslog')} ${traditionalBody}`, pattern`${stamp('rfc3339')} ${modernBody}`)],
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
      line: 'Nov 22 13:36:00 web1 apache_error [Sun Nov 22 13:36:00.929301 2026] [php7:error] [pid 77] [client 203.0.113.5:4022] no such file',
      fields: {
        'log.dataset': 'apache.error',
        'log.level': 'error',
        'host.name': 'web1',
        'process.name': 'apache_error',
        'process.pid': 77,
        'source.ip': '203.0.113.5',
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
      kind: 'good',
      line: 'Nov 22 13:36:00 sun1 sshd[801]: [ID 800047 auth.info] Failed password for root from 203.0.113.5 port 4022 ssh2',
      fields: { 'log.level': 'info', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate authpriv.notice dropbear[77]: Exit before auth',
      fields: { 'host.name': 'gate', 'process.name': 'dropbear', 'log.level': 'notice', message: 'Exit before auth' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00   <auth.warn> web1 sudo[77]: unable to resolve host',
      fields: { 'host.name': 'web1', 'process.name': 'sudo', 'log.level': 'warning' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 relay1 Nov 22 13:35:59 web1 su[77]: (to root) eve on pts/1',
      fields: { timestamp: '2026-11-22T13:35:59.000Z', 'host.name': 'web1', 'process.name': 'su' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 [sshd]: Invalid user eve from 203.0.113.5 port 4022',
      fields: { 'host.name': undefined, 'process.name': 'sshd', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: '<166>Nov 22 13:36:00 fw1: %ASA-6-302013: Built connection',
      fields: { 'host.name': 'fw1', 'process.name': undefined, message: '%ASA-6-302013: Built connection' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mac1 com.apple.xpc.launchd[1] (com.example.job[77]): Service exited',
      fields: {
        'process.name': 'com.apple.xpc.launchd',
        'process.pid': 1,
        message: '(com.example.job[77]): Service exited',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.746Z Wa(12) vobd[77]: heartbeat lost',
      fields: { 'host.name': undefined, 'process.name': 'vobd', 'log.level': 'warning', message: 'heartbeat lost' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 sshd[801]:',
      fields: { 'process.name': 'sshd', 'process.pid': 801, message: undefined },
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
