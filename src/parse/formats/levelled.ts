import { defineFormat } from '../format.ts';
import { message, not, oneOf, oneWord, optional, pattern, skip, upTo, withinUpTo } from '../pattern.ts';
import { anyCaseLevels, largeLevels } from '../pieces/level-words.ts';

const level = oneOf(
  pattern`[${skip('blanks')}${withinUpTo(' ]', [oneWord(anyCaseLevels, 'rest')])}${skip('blanks')}]${optional(pattern`:`)}`,
  pattern`${withinUpTo(' :[(<', [oneWord(largeLevels, 'rest')])}:${upTo(' :/[(', 'log.logger')}:${not(pattern`:`)}`,
  pattern`${withinUpTo(' :[(<', [oneWord(anyCaseLevels, 'rest')])}:`,
  pattern`${withinUpTo('/ ', [oneWord(anyCaseLevels, 'rest')])}/${upTo(' :', 'log.logger')}:`,
  pattern`${withinUpTo(' :[(<', [oneWord(largeLevels, 'rest')])} `,
);

export default defineFormat({
  name: 'levelled',
  title: 'lines without a time that start with a level',
  source: 'programs that leave the time to what collects their output',
  rank: 3,
  joins: 'traces',
  pattern: pattern`${level}${skip('blanks')}${optional(pattern`- `)}${message()}`,
  samples: [
    {
      kind: 'good',
      line: 'WARNING: Authentication attempt from 203.0.113.5 for user "eve" failed.',
      fields: { 'log.level': 'warning', 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    { kind: 'good', line: '[error] cannot open it', fields: { 'log.level': 'error', message: 'cannot open it' } },
    {
      kind: 'good',
      line: 'WARNING:shop.auth:Login failed for user eve from 203.0.113.5',
      fields: { 'log.level': 'warning', 'log.logger': 'shop.auth', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: 'information/cli: Icinga application loader',
      fields: { 'log.level': 'info', 'log.logger': 'cli', message: 'Icinga application loader' },
    },
    { kind: 'malformed', line: 'ERROR:', fields: { 'log.level': 'error', message: undefined } },
    {
      kind: 'hostile',
      line: 'WARN login failed for user x ERROR: from 203.0.113.5',
      fields: { 'log.level': 'warning', 'source.ip': '203.0.113.5' },
    },
  ],
});
