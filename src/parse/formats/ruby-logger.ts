import { defineFormat } from '../format.ts';
import { message, number, oneOf, oneWord, optional, pattern, skip, stamp, upTo, withinUpTo } from '../pattern.ts';
import { anyCaseLevels } from '../pieces/level-words.ts';

const level = withinUpTo(' ', [oneWord({ ...anyCaseLevels, ANY: {} }, 'rest')]);

export default defineFormat({
  name: 'ruby_logger',
  title: "Ruby's Logger, as Rails, Redmine and Puppet write it",
  source: 'https://docs.ruby-lang.org/en/master/Logger.html, "Log Entries"',
  rank: 62,
  joins: 'traces',
  pattern: pattern`${upTo(', ')}, [${stamp('iso')} #${number('process.pid')}]${skip('blanks')}${level} -- ${oneOf(pattern`: `, pattern`${upTo(': ', 'log.logger')}: `)}${optional(pattern`[${skip('first')}] `)}${message()}`,
  samples: [
    {
      kind: 'good',
      line: "W, [2026-11-22T13:36:00.245316 #71]  WARN -- : Failed login for 'eve' from 203.0.113.5 at 2026-11-22 13:36:00 UTC",
      fields: {
        timestamp: '2026-11-22T13:36:00.245Z',
        'process.pid': 71,
        'log.level': 'warning',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: 'I, [2026-11-22T13:36:01.497736 #126]  INFO -- shop: Completed 200 OK in 180ms',
      fields: { 'log.level': 'info', 'log.logger': 'shop', message: 'Completed 200 OK in 180ms' },
    },
    { kind: 'malformed', line: 'I, [2026-11-22T13:36:02 #1]  INFO -- : ', fields: { 'log.level': 'info', message: undefined } },
    {
      kind: 'hostile',
      line: "W, [2026-11-22T13:36:03.2 #71]  WARN -- : Failed login for 'x' from 192.0.2.1' from 203.0.113.5 at 2026-11-22 13:36:00 UTC",
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
