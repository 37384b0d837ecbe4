import { defineDataset } from '../dataset.ts';
import { redisMessages } from '../pieces/redis.ts';

export default defineDataset({
  name: 'redis',
  source: 'https://github.com/valkey-io/valkey/blob/unstable/src/networking.c',
  programs: ['redis', 'redis-server', 'valkey', 'valkey-server', 'redis-sentinel'],
  messages: redisMessages,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 db1 redis-server[1]: Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection from 203.0.113.5:4022 aborted.',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.action': 'redis_cross_protocol' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:01 db1 redis-server[1]: Accepted', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:02 db1 redis-server[1]: Possible SECURITY ATTACK detected. x Connection from nowhere',
      fields: { 'source.ip': undefined, 'event.action': 'redis_cross_protocol' },
    },
  ],
});
