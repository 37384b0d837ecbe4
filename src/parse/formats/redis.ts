import { defineFormat } from '../format.ts';
import { number, oneOf, optional, pattern, set, skip, within } from '../pattern.ts';
import { moment } from '../pieces/moments.ts';
import { redisMessages } from '../pieces/redis.ts';

const level = oneOf(
  pattern`. ${set({ 'log.level': 'debug' })}`,
  pattern`- ${set({ 'log.level': 'info' })}`,
  pattern`* ${set({ 'log.level': 'notice' })}`,
  pattern`# ${set({ 'log.level': 'warning' })}`,
);

/** `4018:M`, since 3.0; the letter tells master, replica, child or sentinel. Before it was `[4018]`. */
const head = oneOf(
  pattern`${number('process.pid')}:${oneOf(pattern`M`, pattern`S`, pattern`C`, pattern`X`, pattern`signal-handler`)} `,
  pattern`[${number('process.pid')}] `,
);

export default defineFormat({
  name: 'redis',
  title: 'Redis and Valkey log',
  source: 'https://github.com/valkey-io/valkey/blob/unstable/src/server.c (serverLogRaw)',
  rank: 62,
  pattern: pattern`${head}${oneOf(pattern`(${moment}) ${optional([level])}`, pattern`${moment} ${level}`)}${set({ 'log.dataset': 'redis', 'process.name': 'redis' })}${skip('blanks')}${within('rest', [oneOf(...redisMessages, [])], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '1:M 22 Nov 2026 13:36:00.984 * Ready to accept connections tcp',
      fields: {
        timestamp: '2026-11-22T13:36:00.984Z',
        'process.pid': 1,
        'log.level': 'notice',
        'log.dataset': 'redis',
        message: 'Ready to accept connections tcp',
      },
    },
    {
      kind: 'good',
      line: '[4018] 22 Nov 13:36:01.119 # Possible SECURITY ATTACK detected.',
      fields: { timestamp: '2026-11-22T13:36:01.119Z', 'process.pid': 4018, 'log.level': 'warning' },
    },
    {
      kind: 'good',
      line: '1:M 22 Nov 2026 13:36:01.984 # Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection from 203.0.113.5:4022 aborted.',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.action': 'redis_cross_protocol' },
    },
    { kind: 'malformed', line: '1:M 22 Nov 2026 13:36:02.984 * ', fields: { 'log.level': 'notice', message: undefined } },
    {
      kind: 'hostile',
      line: '7:S 22 Nov 2026 13:36:03.984 - Accepted 203.0.113.5:6379 1:M 22 Nov 2000 00:00:00.000 # x',
      fields: {
        'process.pid': 7,
        timestamp: '2026-11-22T13:36:03.984Z',
        'log.level': 'info',
      },
    },
  ],
});
