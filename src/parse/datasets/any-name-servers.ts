import { defineDataset } from '../dataset.ts';
import { bindClient, nsdRefusal } from '../name-server.ts';
import { networkEvent } from '../outcomes.ts';
import { ip, optional, pattern, set, text, upTo } from '../pattern.ts';

export default defineDataset({
  name: 'name-servers',
  source: 'BIND 9: lib/ns/client.c; NSD: xfrd.c, rrl.c; dnsmasq: src/cache.c (log_query)',
  programs: ['*'],
  messages: [
    pattern`${optional(pattern`${upTo(': ', 'log.logger')}: `)}client ${bindClient}${set({ 'log.dataset': 'bind' })}`,
    [optional(pattern`info: `), ...nsdRefusal],
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
      kind: 'hostile',
      line: 'Nov 22 13:36:00 ns1 dnsmasq[7]: query[A] from.192.0.2.1.example from 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'dns.question.name': 'from.192.0.2.1.example' },
    },
  ],
});
