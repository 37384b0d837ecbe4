import { defineFormat } from '../format.ts';
import {
  end,
  ip,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  rest,
  type Side,
  set,
  stamp,
  upTo,
  withinUpTo,
} from '../pattern.ts';

/** `192.0.2.1.4022`, `2001:db8::1.4022`, or an address alone (ICMP, ARP). */
function endpoint(side: Side): Pattern {
  return [oneOf(pattern`${ip(side, 'last')}.${number(`${side}.port`)}${end()}`, [ip(side, 'rest')])];
}

export default defineFormat({
  name: 'tcpdump',
  title: 'tcpdump, as text',
  source: 'tcpdump(1), "Output format"',
  rank: 73,
  pattern: pattern`${oneOf(pattern`${stamp('anyDate')} `, pattern`${upTo(' ')} `)}${optional(pattern`${upTo(' ')} ${oneOf(pattern`In`, pattern`Out`)}${oneOf(pattern`  `, pattern` `)}`)}${oneOf(pattern`IP `, pattern`IP6 `)}${withinUpTo(' ', endpoint('source'))} > ${withinUpTo(' :', endpoint('destination'))}: ${set({ 'log.dataset': 'tcpdump', 'event.category': ['network'], 'event.action': 'packet' })}${rest('message')}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.550475 IP 203.0.113.5.43436 > 192.0.2.10.22: Flags [S], seq 2398030442, win 64240, length 0',
      fields: {
        timestamp: '2026-11-22T13:36:00.550Z',
        'source.ip': '203.0.113.5',
        'source.port': 43436,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
      },
    },
    {
      kind: 'good',
      line: '13:36:00.550475 IP 203.0.113.5 > 192.0.2.10: ICMP echo request, id 1, seq 1, length 64',
      fields: { 'source.ip': '203.0.113.5', 'source.port': undefined, timestamp_quality: 'observed' },
    },
    {
      kind: 'malformed',
      line: '13:36:00.550475 IP 203.0.113.5.43436 >',
      takenBy: 'text',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '13:36:00.550475 IP 203.0.113.5.4022 > 192.0.2.10.80: Flags [P.], length 9: HTTP: GET / 192.0.2.1.1 > 192.0.2.2.2: x',
      fields: { 'source.ip': '203.0.113.5', 'destination.ip': '192.0.2.10' },
    },
  ],
});
