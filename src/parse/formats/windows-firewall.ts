import { defineFormat } from '../format.ts';
import { ip, number, oneOf, pattern, skip, stamp, upTo } from '../pattern.ts';
import { packetVerdict } from '../pieces/outcomes.ts';

const verdict = oneOf(pattern`DROP ${packetVerdict('denied')}`, pattern`ALLOW ${packetVerdict('allowed')}`);

export default defineFormat({
  name: 'windows_firewall',
  title: 'Windows Defender Firewall: pfirewall.log',
  source:
    'https://learn.microsoft.com/windows/security/operating-system-security/network-security/windows-firewall/configure-logging',
  rank: 65,
  dataset: 'windows.firewall',
  pattern: pattern`${stamp('iso')} ${verdict}${upTo(' ', 'network.transport')} ${ip('source')} ${ip('destination')} ${number('source.port')} ${number('destination.port')} ${skip('rest')}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 DROP TCP 203.0.113.5 192.0.2.10 40000 3389 52 S 1 0 8192 - - - RECEIVE',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'network.transport': 'TCP',
        'source.ip': '203.0.113.5',
        'source.port': 40000,
        'destination.ip': '192.0.2.10',
        'destination.port': 3389,
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 ALLOW ICMP 192.0.2.10 198.51.100.7 - - 0 - - - - 8 0 - SEND',
      fields: { 'source.ip': '192.0.2.10', 'destination.port': undefined, 'event.action': 'firewall_allowed' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00 DROP TCP 203.0.113.5',
      takenBy: 'stamped',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00 DROP TCP 203.0.113.5 192.0.2.10 40000 3389 52 S 1 0 8192 - - - RECEIVE 192.0.2.1',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
