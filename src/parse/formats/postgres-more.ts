import { defineFormat } from '../format.ts';
import { oneOf, optional, rest, set } from '../pattern.ts';
import { literal } from '../pieces/login.ts';
import { moment } from '../pieces/moments.ts';
import { postgresHost, postgresMore } from '../pieces/postgres.ts';

export default defineFormat({
  name: 'postgres_more',
  title: 'what PostgreSQL adds to an entry by the same process: DETAIL, HINT, STATEMENT and their like',
  source: 'PostgreSQL documentation §19.8 "Error Reporting and Logging"; src/backend/utils/error/elog.c',
  rank: 41,
  joins: ['\t'],
  by: ['process.pid'],
  continues: 'postgres',
  pattern: [
    oneOf([optional([postgresHost, literal(' ')]), moment], [moment]),
    postgresMore,
    set({ 'log.dataset': 'postgresql' }),
    rest('message'),
  ],
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.123 UTC [2147] eve@shop DETAIL:  Role "eve" does not exist.',
      fields: { 'log.dataset': 'postgresql', 'process.pid': 2147, 'user.name': 'eve', message: 'Role "eve" does not exist.' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.123 UTC [2148] STATEMENT:  SELECT *\n\tFROM carts',
      fields: { 'log.lines': 2, message: 'SELECT *\n\tFROM carts' },
    },
    { kind: 'malformed', line: '2026-11-22 13:36:00.123 UTC [2149] HINT:  ', fields: { message: undefined } },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00.123 UTC [2150] STATEMENT:  SELECT 1 -- FATAL:  password authentication failed for user "root"',
      fields: { 'log.level': 'info', 'user.name': undefined, 'event.outcome': undefined },
    },
  ],
});
