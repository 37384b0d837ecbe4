import { defineFormat } from '../format.ts';
import { oneOf, pattern, rest, set, skip, stamp, within } from '../pattern.ts';
import { intrusionAlert } from '../pieces/intrusions.ts';

export default defineFormat({
  name: 'fast_alert',
  title: 'Suricata fast.log and Snort alert_fast',
  source: 'https://docs.suricata.io/en/latest/configuration/suricata-yaml.html#line-based-alerts-log-fast-log',
  rank: 75,
  pattern: pattern`${stamp('any')}${skip('blanks')}[**] ${set({ 'log.dataset': 'snort' })}${within('rest', [oneOf(intrusionAlert, [rest()])], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '11/22/2026-10:29:32.251216  [**] [1:1000001:4] example: port scan [**] [Classification: Attempted Information Leak] [Priority: 2] {UDP} 203.0.113.5:5116 -> 192.0.2.10:5060',
      fields: {
        timestamp: '2026-11-22T10:29:32.251Z',
        'source.ip': '203.0.113.5',
        'destination.port': 5060,
        'rule.id': '1:1000001:4',
        'log.level': 'warning',
      },
    },
    {
      kind: 'malformed',
      line: '11/22/2026-10:29:32.251216  [**] [1:1000001:4] example',
      fields: { 'source.ip': undefined, message: '[1:1000001:4] example' },
    },
    {
      kind: 'hostile',
      line: '11/22/2026-10:29:32.251216  [**] [1:2:3] a [**] [Classification: b] [Priority: 1] {ICMP} 2001:db8::5:0 -> 2001:db8::1:0',
      fields: { 'source.ip': '2001:db8::5', 'network.transport': 'ICMP' },
    },
  ],
});
