import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, pattern, skip, withinUpTo } from '../pattern.ts';
import { intrusionAlert } from '../pieces/intrusions.ts';
import { networkEvent } from '../pieces/outcomes.ts';

/** A scan, and what more is said of it. */
const scan = pattern`${networkEvent('port_scan')}${skip('rest')}`;

export default defineDataset({
  name: 'snort',
  source: 'Snort: output alert_syslog; Suricata: outputs.syslog',
  programs: ['snort', 'suricata', 'barnyard', 'barnyard2'],
  messages: [
    intrusionAlert,
    // Preprocessors of Snort 1 and 2.
    pattern`spp_portscan: PORTSCAN DETECTED ${oneOf(pattern`to port ${number('destination.port')} `, [])}from ${ip('source')}${scan}`,
    pattern`spp_portscan: ${oneOf(pattern`portscan status`, pattern`End of portscan`)} from ${withinUpTo(' :', [ip('source', 'rest')])}${scan}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 ids snort[77]: [1:1000001:4] example: port scan [Classification: Attempted Information Leak] [Priority: 2] {TCP} 203.0.113.5:5116 -> 192.0.2.10:22',
      fields: {
        'rule.id': '1:1000001:4',
        'rule.name': 'example: port scan',
        'source.ip': '203.0.113.5',
        'source.port': 5116,
        'destination.port': 22,
        'log.level': 'warning',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 ids snort[77]: spp_portscan: PORTSCAN DETECTED from 203.0.113.5 (THRESHOLD 4 connections exceeded in 0 seconds)',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'port_scan' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 ids snort[77]: [1:1000001:4] example', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 ids suricata[77]: [1:2:3] a {TCP} 192.0.2.1:1 -> 192.0.2.2:2 b [Classification: x] [Priority: 1] {ICMP} 203.0.113.5 -> 192.0.2.10',
      fields: { 'source.ip': '203.0.113.5', 'source.port': undefined, 'network.transport': 'ICMP' },
    },
  ],
});
