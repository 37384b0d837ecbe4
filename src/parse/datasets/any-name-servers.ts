import { defineDataset } from '../dataset.ts';
import { ip, number, optional, pattern, set, skip, text, upTo, within } from '../pattern.ts';
import { addressAndPort } from '../pieces/access.ts';
import { bindClient, nsdRefusal } from '../pieces/name-server.ts';
import { networkEvent } from '../pieces/outcomes.ts';

export default defineDataset({
  name: 'name-servers',
  source:
    'BIND 9: lib/ns/client.c; NSD: xfrd.c, rrl.c; dnsmasq: src/cache.c (log_query); unbound.conf(5), log-queries; CoreDNS, plugin log',
  programs: ['*'],
  messages: [
    pattern`${optional(pattern`${upTo(': ', 'log.logger')}: `)}client ${bindClient}${set({ 'log.dataset': 'bind' })}`,
    [optional(pattern`info: `), ...nsdRefusal],
    pattern`${within('word', addressAndPort)} - ${number()} "${upTo(' "', 'dns.question.type')} IN ${upTo(' "', 'dns.question.name')} ${upTo(' "', 'network.transport')} ${skip('first')}" ${skip('rest')}${networkEvent('dns_query')}`,
    pattern`[${number('process.pid')}:${number()}] info: ${ip('source')} ${upTo(' ', 'dns.question.name')} ${upTo(' ', 'dns.question.type')} IN${networkEvent('dns_query')}`,
    pattern`unbound[${number('process.pid')}:${number()}] info: ${ip('source')} ${upTo(' ', 'dns.question.name')} ${upTo(' ', 'dns.question.type')} IN${networkEvent('dns_query')}`,
    pattern`Remote ${ip('source')} wants '${upTo("|'", 'dns.question.name')}|${upTo("'", 'dns.question.type')}'${skip('rest')}${networkEvent('dns_query')}`,
    pattern`query[${text('dns.question.type')}] ${upTo(' ', 'dns.question.name')} from ${ip('source')}${networkEvent('dns_query')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: "security: client @0x7f37ac012d98 203.0.113.5#62518 (shop.example): zone transfer 'shop.example/AXFR/IN' denied",
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'dns_denied', 'log.dataset': 'bind' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 ns1 nsd[7745]: ratelimit block shop.example. type any target 203.0.113.0/24 query 203.0.113.5 TYPE255',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'dns_denied' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 ns1 dnsmasq[7]: query[A] shop.example from', fields: { 'source.ip': undefined } },
    {
      kind: 'good',
      line: '[INFO] 203.0.113.5:4022 - 7 "A IN www.shop.example. udp 54 false 512" NOERROR qr,rd,ra 103 0.02s',
      fields: {
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'dns.question.name': 'www.shop.example.',
        'dns.question.type': 'A',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123Z [INFO] [2001:db8::5]:4022 - 7 "AAAA IN www.shop.example. udp 54 false 512" NXDOMAIN qr,rd,ra 106 0.001s',
      fields: { 'log.level': 'info', 'source.ip': '2001:db8::5', 'dns.question.type': 'AAAA' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 ns1 unbound: [77:0] info: 203.0.113.5 www.shop.example. AAAA IN',
      fields: { 'process.pid': 77, 'source.ip': '203.0.113.5', 'dns.question.type': 'AAAA' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 ns1 dnsmasq[7]: query[A] from.192.0.2.1.example from 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'dns.question.name': 'from.192.0.2.1.example' },
    },
  ],
});
