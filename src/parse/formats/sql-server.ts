import { defineFormat } from '../format.ts';
import { end, ip, longest, oneOf, optional, pattern, skip, stamp, within } from '../pattern.ts';
import { loginFailure } from '../pieces/outcomes.ts';

const failed = loginFailure('mssql_login');
const client = optional(pattern`${skip('last')}[CLIENT: ${ip('source', 'first')}]`);
const messages = oneOf(pattern`Login failed for user '${longest('user.name')}'.${failed}${client}${skip('rest')}`, []);
const named = oneOf(pattern`Logon${end()}`, pattern`Server${end()}`, pattern`Backup${end()}`, pattern`spid`);

export default defineFormat({
  name: 'sql_server',
  title: 'Microsoft SQL Server error log',
  source: 'https://learn.microsoft.com/sql/relational-databases/logs/',
  rank: 64,
  dataset: 'mssql',
  pattern: pattern`${stamp('iso')} ${oneOf([within('word', [named, skip('rest')], 'log.logger')])}${skip('blanks')}${within('rest', [messages], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: "2026-11-22 13:36:00.57 Logon       Login failed for user 'eve'. Reason: Password did not match that for the login provided. [CLIENT: 203.0.113.5]",
      fields: {
        timestamp: '2026-11-22T13:36:00.570Z',
        'log.logger': 'Logon',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:01.09 spid7s      Recovery is complete.',
      fields: { 'log.logger': 'spid7s', message: 'Recovery is complete.' },
    },
    { kind: 'malformed', line: '2026-11-22 13:36:02.09 Server      ', fields: { 'log.logger': 'Server', message: undefined } },
    {
      kind: 'hostile',
      line: "2026-11-22 13:36:03.57 Logon       Login failed for user 'x'. [CLIENT: 192.0.2.1]'. Reason: Could not find a login. [CLIENT: 203.0.113.5]",
      fields: { 'source.ip': '203.0.113.5', 'user.name': "x'. [CLIENT: 192.0.2.1]" },
    },
  ],
});
