import { defineFormat } from '../format.ts';
import { message, oneOf, oneWord, pattern, rest, skip, stamp, within, withinUpTo } from '../pattern.ts';
import { largeLevels } from '../pieces/level-words.ts';

/** The logger and the thread, which only the first of two files has. */
const signed = oneOf(
  pattern`${within('last', pattern`${within('last', [message()])} | ${rest('log.logger')}`)} | ${skip('rest')}`,
  pattern`${within('last', [message()])} | ${skip('rest')}`,
);

export default defineFormat({
  name: 'activemq',
  title: 'ActiveMQ log and audit log, and others with pipes between what they say',
  source: 'Apache ActiveMQ: conf/log4j2.properties (%d | %-5p | %m | %c | %t%n)',
  rank: 21,
  joins: 'traces',
  pattern: pattern`${stamp('iso')} | ${withinUpTo(' ', [oneWord(largeLevels, 'rest')])}${skip('blanks')}| ${signed}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00,567 | INFO  | Broker shop has started | org.apache.activemq.broker.BrokerService | main',
      fields: {
        timestamp: '2026-11-22T13:36:00.567Z',
        'log.level': 'info',
        'log.logger': 'org.apache.activemq.broker.BrokerService',
        message: 'Broker shop has started',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:01,344 | WARN | Login failed for user eve from 203.0.113.5 | qtp443290224-47',
      fields: { 'log.level': 'warning', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:02,344 | WARN | cut',
      takenBy: 'app',
      fields: { 'log.level': 'warning', message: 'cut' },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:03,344 | WARN | Login failed for user x | y | z from 203.0.113.5 | org.Auth | main',
      fields: { 'source.ip': '203.0.113.5', 'log.logger': 'org.Auth' },
    },
  ],
});
