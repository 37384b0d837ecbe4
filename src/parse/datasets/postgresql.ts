import { defineDataset } from '../dataset.ts';
import { longest, type Pattern, pattern, skip } from '../pattern.ts';
import { literal } from '../pieces/login.ts';
import { postgresMessages, postgresSeverities } from '../pieces/postgres.ts';

/** syslog's lines have a number and perhaps a prefix: `[3-1] eve@shop FATAL:  …`. */
const prefixed = postgresSeverities
  .slice(0, 3)
  .flatMap(([mark, given]): readonly Pattern[] =>
    postgresMessages.map((said) => [skip('first'), literal(mark), ...given, ...said]),
  );

export default defineDataset({
  name: 'postgresql',
  source: 'PostgreSQL documentation §19.8, log_destination = syslog; src/backend/libpq/auth.c',
  programs: ['postgres', 'postgresql', 'postmaster'],
  messages: [
    ...prefixed,
    ...postgresMessages,
    pattern`[${skip('first')}] ${longest('user.name')}@${skip('first')} LOG:  ${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 db1 postgres[147]: [3-1] FATAL:  password authentication failed for user "eve"',
      fields: { 'log.level': 'critical', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:01 db1 postgres[147]: [3-1] FATAL:  password authentication failed for user',
      fields: { 'event.outcome': 'failure' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:02 db1 postgres[147]: [3-1] FATAL:  no pg_hba.conf entry for host "203.0.113.5", user "x", host "192.0.2.1", database "shop", SSL off',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
