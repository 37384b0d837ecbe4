import { defineDataset } from '../dataset.ts';
import { number, optional, pattern, skip } from '../pattern.ts';
import { moment } from '../pieces/moments.ts';
import { mysqlMessages } from '../pieces/mysql.ts';

/** Under systemd the server's own header is part of the message. */
const header = pattern`${moment}${skip('blanks')}${optional(pattern`${number()} `)}[${skip('first')}] ${optional(pattern`[${skip('first')}] [${skip('first')}] `)}`;

export default defineDataset({
  name: 'mysql',
  source: 'MySQL Reference Manual §7.4.2 "The Error Log"; MariaDB: sql/log.cc',
  programs: ['mysqld', 'mariadbd', 'mysqld_safe', 'mysql', 'mariadb'],
  messages: [...mysqlMessages, ...mysqlMessages.map((said) => [...header, ...said])],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 db1 mariadbd[77]: 2026-11-22 13:36:00 5 [Warning] Access denied for user 'eve'@'203.0.113.5' (using password: YES)",
      fields: { 'process.name': 'mariadbd', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:01 db1 mysqld[77]: Access denied for user 'eve'@'203.0.113.5' (using password: YES)",
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: "Nov 22 13:36:02 db1 mysqld[77]: Access denied for user 'eve'@",
      fields: { 'source.ip': undefined, 'event.outcome': 'failure' },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:03 db1 mysqld[77]: Access denied for user 'x'@'192.0.2.1' (using password: NO)'@'203.0.113.5' (using password: YES)",
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
