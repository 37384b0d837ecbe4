import { defineFormat } from '../format.ts';
import { message, number, oneOf, optional, pattern, priority, skip, stamp, word } from '../pattern.ts';

const time = oneOf([stamp('rfc3339')], pattern`-`);
const processId = oneOf(pattern`${number('process.pid')} `, pattern`${skip('word')} `);

export default defineFormat({
  name: 'rfc5424',
  title: 'syslog with version, structured data and full time',
  source: 'RFC 5424 §6',
  rank: 90,
  pattern: pattern`<${priority()}>1 ${time} ${word('host.name')} ${word('process.name')} ${processId}${skip('word')} ${skip('structured')}${optional(pattern` `)}${optional(pattern`\ufeff`)}${message()}`,
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
