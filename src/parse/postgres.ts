import { literal, peer } from './login.ts';
import { loginFailure } from './outcomes.ts';
import { type Constants, longest, number, type Pattern, pattern, set, skip } from './pattern.ts';

const failed = loginFailure('postgresql_login');

/** What the server says of clients that it lets in or not. Source: src/backend/libpq/auth.c, auth-sasl.c, hba.c. */
export const postgresMessages: readonly Pattern[] = [
  ...['password', 'peer', 'Ident', 'LDAP', 'PAM', 'GSSAPI', 'SSPI', 'BSD', 'RADIUS', 'certificate', 'trust'].map(
    (method): Pattern =>
      pattern`${literal(`${method} authentication failed for user "`)}${longest('user.name')}"${failed}${skip('rest')}`,
  ),
  pattern`no pg_hba.conf entry for host "${peer}", user "${longest('user.name')}", database "${failed}${skip('rest')}`,
  pattern`pg_hba.conf rejects connection for host "${peer}", user "${longest('user.name')}", database "${failed}${skip('rest')}`,
  pattern`role "${longest('user.name')}" does not exist${failed}${skip('rest')}`,
  pattern`connection received: host=${peer}${skip('first')}port=${number('source.port')}${skip('rest')}`,
];

/** The severities of PostgreSQL, and the kinds of lines that go on with one. Source: src/backend/utils/error/elog.c. */
const postgresLevels: Readonly<Record<string, Constants>> = Object.fromEntries(
  Object.entries({
    PANIC: 'emergency',
    FATAL: 'critical',
    ERROR: 'error',
    WARNING: 'warning',
    NOTICE: 'notice',
    INFO: 'info',
    LOG: 'info',
    DEBUG: 'debug',
    DEBUG1: 'debug',
    DEBUG2: 'debug',
    DEBUG3: 'debug',
    DEBUG4: 'debug',
    DEBUG5: 'debug',
    DETAIL: 'info',
    HINT: 'info',
    STATEMENT: 'info',
    CONTEXT: 'info',
    QUERY: 'info',
    LOCATION: 'info',
  }).map(([word, level]) => [word, { 'log.level': level }]),
);

/** What goes between a line's prefix and its text: a severity, a colon and two blanks. */
export const postgresSeverities: readonly (readonly [mark: string, given: Pattern])[] = Object.entries(postgresLevels).map(
  ([word, constants]) => [`${word}:  `, [set(constants)]] as const,
);
