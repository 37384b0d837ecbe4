import { defineDataset } from '../dataset.ts';
import { intrusionAlert } from '../intrusions.ts';

export default defineDataset({
  name: 'snort',
  source: 'Snort: output alert_syslog; Suricata: outputs.syslog',
  programs: ['snort', 'suricata', 'barnyard', 'barnyard2'],
  messages: [intrusionAlert],
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
    { kind: 'malformed', line: 'Nov 22 13:36:00 ids snort[77]: [1:1000001:4] example', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 ids suricata[77]: [1:2:3] a {TCP} 192.0.2.1:1 -> 192.0.2.2:2 b [Classification: x] [Priority: 1] {ICMP} 203.0.113.5 -> 192.0.2.10',
      fields: { 'source.ip': '203.0.113.5', 'source.port': undefined, 'network.transport': 'ICMP' },
    },
  ],
});
