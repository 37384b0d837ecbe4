import { defineFormat } from '../format.ts';
import { message, oneOf, pattern, stamp } from '../pattern.ts';
import { behind, between, level, speaker } from '../pieces/logger-habits.ts';
import { bracketed } from '../pieces/moments.ts';

const header = oneOf([level], [speaker, between, level], [speaker, between, speaker, between, level]);

export default defineFormat({
  name: 'clocked',
  title: 'application logs that give the time of day, and leave the day to the reader',
  source: 'logback, default layout (%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg); Elixir Logger',
  rank: 19,
  joins: 'traces',
  pattern: pattern`${bracketed(stamp('clock'))}${between}${header}${behind}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '13:36:00.907 [http-nio-8080-exec-10] WARN  o.e.shop.Auth - Login failed for user "eve" from 203.0.113.5',
      fields: {
        timestamp: '2026-11-22T13:36:00.907Z',
        timestamp_quality: 'assumed_year',
        'log.level': 'warning',
        'log.logger': 'o.e.shop.Auth',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
      },
    },
    {
      kind: 'good',
      line: '00:00:01.123 [error] cannot open it',
      fields: { timestamp: '2026-11-22T00:00:01.123Z', 'log.level': 'error', message: 'cannot open it' },
    },
    { kind: 'malformed', line: '13:36 [error] x', takenBy: 'text', fields: { timestamp_quality: 'observed' } },
    {
      kind: 'hostile',
      line: '13:36:03.907 [main] WARN o.e.shop.Auth - 2020-01-01 00:00:00 ERROR Login failed for user "x" from 192.0.2.1" from 203.0.113.5',
      fields: { timestamp: '2026-11-22T13:36:03.907Z', 'log.level': 'warning', 'source.ip': '203.0.113.5' },
    },
  ],
});
