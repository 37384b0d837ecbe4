import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, oneWord, optional, pattern, rest, skip, text, withinUpTo } from '../pattern.ts';
import { packetVerdict } from '../pieces/outcomes.ts';

const verdict = oneOf(
  pattern`pass,${packetVerdict('allowed')}`,
  pattern`${oneWord({ block: {}, reject: {}, synproxy: {} }, 'first')},${packetVerdict('denied')}`,
);
const field = skip('first');
/** Rule, sub-rule, anchor, tracker, interface, reason. */
const head = pattern`${field},${field},${field},${field},${field},${field},${verdict}${field},`;
const ipv4 = pattern`4,${field},${field},${field},${field},${field},${field},${field},${text('network.transport')},${field},`;
const ipv6 = pattern`6,${field},${field},${field},${text('network.transport')},${field},${field},`;
const ports = optional(pattern`,${number('source.port')},${number('destination.port')},${skip('rest')}`);

export default defineDataset({
  name: 'filterlog',
  source: 'https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html',
  programs: ['filterlog'],
  messages: [
    pattern`${head}${oneOf(ipv4, ipv6)}${ip('source', 'first')},${withinUpTo(',', [ip('destination', 'rest')])}${ports}${rest()}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate filterlog[77]: 53,,,1000000301,em0,match,block,in,4,0x0,,64,420,0,none,6,tcp,460,203.0.113.5,192.0.2.10,53742,22,420,S,1,2,65535,,',
      fields: {
        'source.ip': '203.0.113.5',
        'source.port': 53742,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
        'network.transport': 'tcp',
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: '<134>1 2026-11-22T13:36:00+00:00 gate filterlog 92653 - - 621,,,16,vtnet0.10,match,pass,in,6,0x00,0x07c63,64,TCP,6,44,2001:db8::5,2001:db8::1,65382,443,0,S,1,,0,,mss',
      fields: { 'source.ip': '2001:db8::5', 'destination.port': 443, 'event.action': 'firewall_allowed' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 gate filterlog: 53,,,1000000301,em0,match,block,in,4,0x0,,64',
      fields: { 'source.ip': undefined, 'event.action': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate filterlog: 53,,,1,em0,match,block,in,4,0x0,,64,4,0,none,1,icmp,84,203.0.113.5,192.0.2.10,unreachproto,192.0.2.1,6,22',
      fields: { 'source.ip': '203.0.113.5', 'source.port': undefined, 'destination.ip': '192.0.2.10' },
    },
  ],
});
