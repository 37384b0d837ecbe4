import { defineFormat } from '../format.ts';
import { literal } from '../login.ts';
import { moment } from '../moments.ts';
import { ip, number, oneOf, optional, type Pattern, pattern, set, skip, text, upTo, within, withinUpTo } from '../pattern.ts';
import { postgresMessages, postgresSeverities } from '../postgres.ts';

/** `203.0.113.5(4022)` or `203.0.113.5`: `%r` and `%h`. */
const host = oneOf(pattern`${ip('source', 'first')}(${number('source.port')})`, [ip('source')]);
const processId = oneOf(
  pattern`[${number('process.pid')}${oneOf(pattern`]`, pattern`-${number()}]`)}`,
  pattern`[${skip('first')}]`,
  [number('process.pid')],
);
/** `eve@shop`, and `[unknown]@[unknown]` of one who has not said it yet. Source: log_line_prefix, `%u@%d`. */
const session = oneOf(
  pattern`[unknown]@${upTo(' ')}`,
  pattern`${text('user.name')}@${upTo(' ,')}`,
  pattern`user=${upTo(' ,', 'user.name')},db=${upTo(' ,')}${optional(pattern`,app=${upTo(',')}`)}${optional(pattern`,client=${withinUpTo(' ,(', [ip('source', 'rest')])}`)}`,
);
const piece = (inside: Pattern): Pattern => [optional([skip('blanks'), ...inside])];
/** What stands between the moment and the severity, in the order of Debian's prefix and of others. */
const prefix: Pattern = [
  optional(pattern`:`),
  ...piece([host]),
  optional(pattern`:`),
  ...piece([processId]),
  optional(pattern`:`),
  ...piece([host]),
  ...piece(pattern`[${number()}-${number()}]`),
  ...piece([session]),
  ...piece([host]),
  skip('rest'),
];

const line = postgresSeverities.map(([mark, given]): Pattern => [within('first', prefix), literal(mark), ...given]);

export default defineFormat({
  name: 'postgres',
  title: 'PostgreSQL log (stderr), with the prefixes of Debian and others',
  source: 'PostgreSQL documentation §19.8 "Error Reporting and Logging"; src/backend/utils/error/elog.c',
  rank: 40,
  joins: ['\t'],
  pattern: [
    oneOf([optional([host, literal(' ')]), moment], [moment]),
    oneOf(...line),
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
