import { defineFormat } from '../format.ts';
import { end, ip, number, oneOf, type Pattern, pairs, pattern, rest, type Side, stamp, upTo, within, word } from '../pattern.ts';
import { networkEvent } from '../pieces/outcomes.ts';
import { prefix } from '../pieces/syslog.ts';

/** `192.0.2.1:443`, or the address alone. */
function endpoint(side: Side): Pattern {
  return [oneOf(pattern`${ip(side, 'last')}:${number(`${side}.port`)}${end()}`, [ip(side, 'rest')])];
}

const said = pairs({
  src: endpoint('source'),
  dst: endpoint('destination'),
  sport: [number('source.port')],
  dport: [number('destination.port')],
  protocol: [rest('network.transport')],
  agent: [rest('user_agent.original')],
  user: [rest('user.name')],
});
/** What a request for a page ends with. */
const request = pattern`${within('first', [said])} request: ${word('http.request.method')} ${rest('url.original')}`;

export default defineFormat({
  name: 'meraki',
  title: 'Cisco Meraki: flows, URLs and events',
  source: 'https://documentation.meraki.com/, "Syslog Event Types and Log Samples"',
  rank: 83,
  dataset: 'meraki',
  pattern: pattern`${prefix}${number()}${oneOf(pattern` `, pattern`.`)}${stamp('epoch')} ${word('host.name')} ${upTo(' =', 'event.action')} ${networkEvent('firewall_log')}${within('rest', [oneOf(request, [said])], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '<134>1 1795354560.693237872 gate1 urls src=203.0.113.5:63735 dst=192.0.2.10:80 mac=58:1F:AA:CE:61:F2 request: GET https://shop.example/a?b=c',
      fields: {
        timestamp: '2026-11-22T13:36:00.693Z',
        'host.name': 'gate1',
        'source.ip': '203.0.113.5',
        'source.port': 63735,
        'destination.port': 80,
        'http.request.method': 'GET',
        'url.original': 'https://shop.example/a?b=c',
      },
    },
    {
      kind: 'good',
      line: '<134>1 1795354560.5 gate1 flows src=203.0.113.5 dst=192.0.2.10 mac=58:1F:AA:CE:61:F2 protocol=tcp sport=40000 dport=22 pattern: 1 all',
      fields: { 'source.port': 40000, 'destination.ip': '192.0.2.10', 'network.transport': 'tcp' },
    },
    {
      kind: 'malformed',
      line: '<134>1 1795354560.5 gate1 events',
      takenBy: 'priority',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '<134>1 1795354560.5 gate1 urls src=203.0.113.5:63735 dst=192.0.2.10:80 request: GET https://shop.example/ src=192.0.2.1:1',
      fields: { 'source.ip': '203.0.113.5', 'url.original': 'https://shop.example/ src=192.0.2.1:1' },
    },
  ],
});
