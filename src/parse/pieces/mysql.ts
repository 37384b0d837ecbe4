import { end, longest, oneOf, type Pattern, pattern, skip } from '../pattern.ts';
import { literal, peer } from './login.ts';
import { loginFailure } from './outcomes.ts';

/** Users may choose any name, so the host behind the last `'@'` counts. Source: sql/share/messages_to_clients.txt. */
const refused = pattern`Access denied for user '${longest('user.name')}'@'${peer}' (using password: ${skip('rest')}${loginFailure('mysql_login')}`;
const refusedDatabase = pattern`Access denied for user '${longest('user.name')}'@'${peer}' to database ${skip('rest')}${loginFailure('mysql_login')}`;
const aborted = pattern`Aborted connection ${skip('first')} user: '${longest('user.name')}' host: '${peer}' (${skip('rest')}`;

/** What mysqld and mariadbd say of clients. */
export const mysqlMessages: readonly Pattern[] = [
  refused,
  refusedDatabase,
  pattern`Access denied for user '${longest('user.name')}'@'${peer}'${end()}${loginFailure('mysql_login')}`,
  pattern`Access denied for user '${longest('user.name')}'@'${skip('first')}' (${skip('rest')}${loginFailure('mysql_login')}`,
  aborted,
  pattern`Host '${peer}' is blocked ${skip('rest')}`,
  [literal('IP address '), oneOf(pattern`'${peer}`), skip('rest')],
];
