import { defineFormat } from '../format.ts';
import { oneOf, oneWord, pattern, set, stamp, upTo, within, withinUpTo } from '../pattern.ts';
import { levelConstants } from '../pieces/level-words.ts';
import { bindClient } from '../pieces/name-server.ts';

const level = pattern`${withinUpTo(': ', [oneWord(levelConstants, 'rest')])}: `;
const category = pattern`${upTo(': ', 'log.logger')}: `;

export default defineFormat({
  name: 'bind',
  title: 'BIND: what named writes to files about clients',
  source: 'https://bind9.readthedocs.io/en/latest/reference.html#logging-block-grammar',
  rank: 73,
  pattern: pattern`${stamp('any')} ${oneOf([...category, ...level], level, category, [])}${set({ 'log.dataset': 'bind' })}${within('rest', pattern`client ${bindClient}`, 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '22-Nov-2026 13:36:00.425 queries: info: client @0x7f64500020ef 203.0.113.5#60061 (shop.example): query: shop.example IN PTR + (192.0.2.2)',
      fields: {
        timestamp: '2026-11-22T13:36:00.425Z',
        'log.level': 'info',
        'log.logger': 'queries',
        'source.ip': '203.0.113.5',
        'source.port': 60061,
        'dns.question.name': 'shop.example',
        'dns.question.type': 'PTR',
      },
    },
    {
      kind: 'good',
      line: "22-Nov-2026 13:36:00.425 client 2001:db8::5#3076 (shop.example): query (cache) 'shop.example/ANY/IN' denied",
      fields: { 'source.ip': '2001:db8::5', 'event.action': 'dns_denied' },
    },
    {
      kind: 'malformed',
      line: '22-Nov-2026 13:36:00.425 client 203.0.113.5#60061: query: shop.example',
      fields: { 'source.ip': '203.0.113.5', 'dns.question.name': undefined },
    },
    {
      kind: 'hostile',
      line: "22-Nov-2026 13:36:00.425 security: error: client 203.0.113.5#1 (x): zone transfer 'client 192.0.2.1#2 (y): denied/AXFR/IN' denied",
      fields: { 'source.ip': '203.0.113.5', 'source.port': 1 },
    },
  ],
});
