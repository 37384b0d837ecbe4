import { defineFormat } from '../format.ts';
import { largeLevels } from '../level-words.ts';
import { bracketed, moment } from '../moments.ts';
import { message, oneWord, pattern, skip, upTo, withinUpTo } from '../pattern.ts';

const level = pattern`${upTo(' .[]', 'log.logger')}.${withinUpTo(':', [oneWord(largeLevels, 'rest')])}:`;

export default defineFormat({
  name: 'monolog',
  title: 'Monolog, as Laravel, Symfony and Magento write it',
  source: 'https://github.com/Seldaek/monolog/blob/main/src/Monolog/Formatter/LineFormatter.php',
  rank: 45,
  joins: ['#0', '#1', '#2', '#3', '#4', '#5', '#6', '#7', '#8', '#9', '[stacktrace]', '"}'],
  pattern: pattern`${bracketed(moment)} ${level} ${skip('blanks')}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00] local.WARNING: Login failed. Attempt for user "eve" failed. (203.0.113.5 -> POST:https://shop.example/login)',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.level': 'warning',
        'log.logger': 'local',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22T13:36:01.123456+00:00] security.INFO: User was found {"username":"alice"} []',
      fields: { 'log.level': 'info', 'log.logger': 'security' },
    },
    { kind: 'malformed', line: '[2026-11-22 13:36:02] production.ERROR: ', fields: { 'log.level': 'error', message: undefined } },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:03] app.WARNING: Failed login attempt for user "x" from 192.0.2.1" from 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
