import { defineFormat } from '../format.ts';
import { oneOf, optional, set, within } from '../pattern.ts';
import { literal } from '../pieces/login.ts';
import { moment } from '../pieces/moments.ts';
import { postgresHead, postgresHost, postgresMessages } from '../pieces/postgres.ts';

export default defineFormat({
  name: 'postgres',
  title: 'PostgreSQL log (stderr), with the prefixes of Debian and others',
  source: 'PostgreSQL documentation §19.8 "Error Reporting and Logging"; src/backend/utils/error/elog.c',
  rank: 40,
  joins: ['\t'],
  by: ['process.pid'],
  pattern: [
    oneOf([optional([postgresHost, literal(' ')]), moment], [moment]),
    postgresHead,
    set({ 'log.dataset': 'postgresql' }),
    within('rest', [oneOf(...postgresMessages, [])], 'message'),
  ],
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.123 UTC [147] eve@shop FATAL:  password authentication failed for user "eve"',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.dataset': 'postgresql',
        'log.level': 'critical',
        'process.pid': 147,
        'user.name': 'eve',
        'event.outcome': 'failure',
        message: 'password authentication failed for user "eve"',
      },
    },
    {
      kind: 'good',
      line: '203.0.113.5 2026-11-22 13:36:01.123 UTC [148] eve@shop FATAL:  role "eve" does not exist',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:02 CET [149] LOG:  database system is ready to accept connections',
      fields: { 'process.pid': 149, 'log.level': 'info', 'user.name': undefined },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:02 CET [149] eve@shop ERROR:  relation "carts" does not exist at character 15\n2026-11-22 13:36:02 CET [149] eve@shop STATEMENT:  SELECT *\n\tFROM carts',
      fields: {
        'log.level': 'error',
        'log.lines': 3,
        'user.name': 'eve',
        message: 'relation "carts" does not exist at character 15\nSELECT *\n\tFROM carts',
      },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:03 UTC [150] ERROR:  ',
      fields: { 'log.level': 'error', message: undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:04 UTC [151] 203.0.113.5 x@shop FATAL:  password authentication failed for user "x" from 192.0.2.1"',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
