import { defineFormat } from '../format.ts';
import { ip, number, oneOf, pattern, skip, stamp } from '../pattern.ts';
import { packetVerdict } from '../pieces/outcomes.ts';

const transport = oneOf(pattern`6 `, pattern`17 `, pattern`${number()} `);
const verdict = oneOf(pattern`ACCEPT ${packetVerdict('allowed')}`, pattern`REJECT ${packetVerdict('denied')}`);

/** Behind the name of the interface; an interval without packets has dashes. */
const flow = pattern`${ip('source')} ${ip('destination')} ${number('source.port')} ${number('destination.port')} ${transport}${number()} ${number()} ${stamp('epoch')} ${stamp('epoch')} ${verdict}${skip('rest')}`;

export default defineFormat({
  name: 'vpc_flow',
  title: 'AWS VPC flow log, version 2',
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html',
  rank: 84,
  dataset: 'aws.vpcflow',
  pattern: pattern`2 ${number()} eni-${skip('word')} ${oneOf(pattern`- - - - - - - ${stamp('epoch')} ${stamp('epoch')} - ${skip('rest')}`, flow)}`,
  samples: [
    {
      kind: 'good',
      line: '2 123456789010 eni-1235b8ca 203.0.113.5 192.0.2.10 40000 22 6 20 4249 1795354500 1795354560 REJECT OK',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'source.ip': '203.0.113.5',
        'source.port': 40000,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'malformed',
      line: '2 123456789010 eni-1235b8ca - - - - - - - 1795354500 1795354560 - NODATA',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'source.ip': undefined, 'event.action': undefined },
    },
    {
      kind: 'hostile',
      line: '2 123456789010 eni-1235b8ca 203.0.113.5 192.0.2.10 40000 22 6 20 4249 1795354500 1795354560 ACCEPT OK 192.0.2.1',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'firewall_allowed' },
    },
  ],
});
