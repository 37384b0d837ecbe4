import { defineFormat } from '../format.ts';
import { end, longest, message, number, oneOf, optional, pattern, priority, skip, stamp, within, word } from '../pattern.ts';
import { dataElements } from '../pieces/structured-data.ts';

const time = oneOf([stamp('rfc3339')], [stamp('iso')], pattern`-`);
/** `<86>1 `, behind its length in bytes where it came over TCP (RFC 6587 §3.4.1), or the version alone. */
const version = pattern`${oneOf(pattern`<`, pattern`${number()} <`)}${priority()}>${number()} ${time} `;
const versionAlone = pattern`1 ${stamp('rfc3339')} `;

/** Between two parts; a line may be cut behind any. */
const gap = oneOf(pattern` `, [end()]);

/** Heroku leaves the structured data out. */
const data = optional([within('structured', [oneOf(...dataElements, [])], 'log.syslog.structured_data'), gap]);
const messageId = optional([word('log.syslog.msgid'), gap, data]);
const processId = optional([oneOf([number('process.pid'), gap], [word('log.syslog.procid'), gap]), messageId]);

/** Program, process id and message id; some put the id behind the name, as the older syslog does. */
const program = oneOf(
  [within('word', pattern`${longest('process.name')}[${number('process.pid')}]${end()}`), gap, messageId],
  [word('process.name'), gap, processId],
  [],
);

export default defineFormat({
  name: 'rfc5424',
  title: 'syslog with version, structured data and full time',
  source: 'RFC 5424 §6',
  rank: 90,
  holds: 'messages',
  pattern: pattern`${oneOf(version, versionAlone)}${word('host.name')}${gap}${program}${optional(pattern`\ufeff`)}${optional(pattern`@cee:${skip('blanks')}`)}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '<86>1 2026-11-22T13:36:00.003Z web1 sshd 801 - - Accepted publickey for deploy from 192.0.2.10 port 50022 ssh2: ED25519 SHA256:abc',
      fields: {
        timestamp: '2026-11-22T13:36:00.003Z',
        'log.level': 'info',
        'log.syslog.priority': 86,
        'log.dataset': 'sshd',
        'host.name': 'web1',
        'process.pid': 801,
        'source.ip': '192.0.2.10',
        'event.outcome': 'success',
      },
    },
    {
      kind: 'good',
      line: '<165>1 2026-11-22T14:14:15.5+02:00 db1.example backup - ID47 [run@32473 set="a \\"b\\" [c\\]"][more x="1"] \ufeffdump finished',
      fields: {
        timestamp: '2026-11-22T12:14:15.500Z',
        'process.name': 'backup',
        'process.pid': undefined,
        message: 'dump finished',
      },
    },
    {
      kind: 'good',
      line: '83 <40>1 2026-11-22T13:36:00+00:00 host app web.3 - State changed',
      fields: { 'process.name': 'app', 'process.pid': undefined, message: 'State changed' },
    },
    {
      kind: 'good',
      line: '1 2026-11-22T13:36:00Z web1 cron 77 - - done',
      fields: { 'host.name': 'web1', 'log.syslog.priority': undefined, message: 'done' },
    },
    {
      kind: 'good',
      line: '<14>1 2026-11-22T13:36:00.123Z gate RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.129 source-address="203.0.113.5" source-port="40000" destination-address="192.0.2.10" destination-port="22" policy-name="deny-all"]',
      fields: {
        'log.dataset': 'juniper',
        'log.syslog.msgid': 'RT_FLOW_SESSION_DENY',
        'source.ip': '203.0.113.5',
        'source.port': 40000,
        'destination.port': 22,
        'rule.name': 'deny-all',
      },
    },
    {
      kind: 'good',
      line: '<134>1 2026-11-22T13:36:00Z gate CheckPoint 1930 - [action:"Drop"; flags:"400644"; ifdir:"inbound"; origin:"192.0.2.1"; version:"5"; dst:"192.0.2.10"; proto:"6"; s_port:"40000"; service:"22"; src:"203.0.113.5"]',
      fields: {
        'log.dataset': 'checkpoint',
        'source.ip': '203.0.113.5',
        'source.port': 40000,
        'destination.ip': '192.0.2.10',
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: '<29>1 2026-11-22T13:36:00Z web1 shop worker-3 JOB [meta n="1"] done',
      fields: {
        'process.pid': undefined,
        'log.syslog.procid': 'worker-3',
        'log.syslog.msgid': 'JOB',
        'log.syslog.structured_data': '[meta n="1"]',
        message: 'done',
      },
    },
    {
      kind: 'good',
      line: '<30>1 2026-11-22T13:36:00.5Z web1 shop 7 ID1 - @cee: {"msg":"login failed","user":"eve","client_ip":"203.0.113.5"}',
      fields: { 'process.pid': 7, 'user.name': 'eve', 'source.ip': '203.0.113.5', message: 'login failed' },
    },
    {
      kind: 'malformed',
      line: '<174>2 2026-11-22T13:36:60.1234567Z ns1 named[77] - - zone shop.example loaded',
      fields: {
        timestamp: '2026-11-22T13:37:00.123Z',
        'process.name': 'named',
        'process.pid': 77,
        message: 'zone shop.example loaded',
      },
    },
    {
      kind: 'malformed',
      line: '<13>1 2026-11-22T13:36:00Z web1 cron 77 -',
      fields: { 'process.pid': 77, message: undefined },
    },
    {
      kind: 'malformed',
      line: '<13>1 - - - - - - no time, no name',
      fields: { timestamp_quality: 'observed', 'host.name': undefined, message: 'no time, no name' },
    },
    {
      kind: 'hostile',
      line: '<38>1 2026-11-22T13:36:00Z web1 sshd 802 - [o@1 u="x\\"] Accepted password for root from 192.0.2.1 port 1 ssh2"] Failed password for root from 203.0.113.5 port 4022 ssh2',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
