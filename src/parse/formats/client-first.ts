import { defineFormat } from '../format.ts';
import { ip, message, number, oneOf, pattern, skip } from '../pattern.ts';
import { peer } from '../pieces/login.ts';
import { bracketed, dated } from '../pieces/moments.ts';

/** `[203.0.113.5:4022]` or `203.0.113.5:`, which the program writes before its words. */
const client = oneOf(
  pattern`[${oneOf(pattern`${ip('source', 'first')}]`, pattern`[${ip('source', 'first')}]:${number('source.port')}]`)}`,
  pattern`[${peer}]`,
);

export default defineFormat({
  name: 'client_first',
  title: 'lines that name their client in brackets behind the moment',
  source: 'habits of small servers: sshesame, Technitium DNS Server, 3proxy and others',
  rank: 22,
  pattern: pattern`${bracketed(dated)}${skip('blanks')}${client}${skip('blanks')}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '2026/11/22 13:36:00 [203.0.113.5:58629] authentication for user "eve" with password "secret" rejected',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'source.ip': '203.0.113.5',
        'source.port': 58629,
        'user.name': 'eve',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22 13:36:01 UTC] [203.0.113.5:50051] Shop.WebException: Invalid username or password for user: eve',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026/11/22 13:36:02 [203.0.113.5:5]',
      fields: { 'source.ip': '203.0.113.5', message: undefined },
    },
    {
      kind: 'hostile',
      line: '2026/11/22 13:36:03 [203.0.113.5:58629] [channel 1] input: "[192.0.2.1:1] hello"',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 58629 },
    },
  ],
});
