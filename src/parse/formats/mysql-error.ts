import { defineFormat } from '../format.ts';
import { number, oneOf, oneWord, optional, type Pattern, pattern, set, skip, upTo, within, withinUpTo } from '../pattern.ts';
import { anyCaseLevels } from '../pieces/level-words.ts';
import { literal } from '../pieces/login.ts';
import { moment } from '../pieces/moments.ts';
import { mysqlMessages } from '../pieces/mysql.ts';

/** MySQL 8 says its code and the part that speaks; MariaDB neither. */
const code = pattern`[${withinUpTo(']', pattern`${oneOf(pattern`MY-`, pattern`mysqld-`)}${skip('rest')}`, 'event.code')}] `;
const part = pattern`[${upTo(' ]', 'log.logger')}] `;
const level = pattern`[${withinUpTo(']', [oneWord(anyCaseLevels, 'rest')])}] `;
const thread = pattern`${number('process.thread.id')} ${optional([skip('blanks')])}`;
const errorLine = pattern`${thread}${level}${optional(code)}${optional(part)}`;
/** MariaDB 5.5 and MySQL 5.5 had no thread; only theirs had two digits for the year. */
const oldLine = pattern`${level}`;
/** The general log: who connects, and who may not. */
const generalLine = pattern`${thread}Connect${skip('blanks')}${optional([literal('\t')])}`;

const body = (header: Pattern): Pattern => [
  ...header,
  set({ 'log.dataset': 'mysql' }),
  within('rest', [oneOf(...mysqlMessages, [])], 'message'),
];
const serverWords = oneOf(
  pattern`Access denied for `,
  pattern`InnoDB: `,
  pattern`Aborted connection `,
  pattern`mysqld: `,
  pattern`Plugin `,
  pattern`Server `,
);

export default defineFormat({
  name: 'mysql_error',
  title: 'MySQL and MariaDB error log',
  source: 'MySQL Reference Manual §7.4.2.8 "Error Log Output Format"; MariaDB: sql/log.cc (print_buffer_to_file)',
  rank: 85,
  pattern: pattern`${moment}${skip('blanks')}${optional([literal('\t')])}${skip('blanks')}${oneOf(
    body(errorLine),
    body([...oldLine, { kind: 'not', pattern: [{ kind: 'not', pattern: [serverWords] }] }]),
    body(generalLine),
  )}`,
  samples: [
    {
      kind: 'good',
      line: "2026-11-22T13:36:00.123456Z 25 [Note] [MY-010926] [Server] Access denied for user 'eve'@'203.0.113.5' (using password: NO)",
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.dataset': 'mysql',
        'log.level': 'notice',
        'event.code': 'MY-010926',
        'event.outcome': 'failure',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        message: "Access denied for user 'eve'@'203.0.113.5' (using password: NO)",
      },
    },
    {
      kind: 'good',
      line: "2026-11-22  3:36:00 8 [Warning] Access denied for user 'eve'@'2001:db8::5' (using password: YES)",
      fields: { 'log.level': 'warning', 'user.name': 'eve', 'source.ip': '2001:db8::5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:01.000000Z 0 [System] [MY-010116] [Server]',
      fields: { 'log.dataset': 'mysql', 'event.code': 'MY-010116' },
    },
    {
      kind: 'hostile',
      line: "2026-11-22T13:36:02.000000Z 9 [Note] Access denied for user 'x'@'192.0.2.1' (using password: NO)'@'203.0.113.5' (using password: YES)",
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
