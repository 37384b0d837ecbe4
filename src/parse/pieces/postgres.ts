import type { Level } from '../../model/level.ts';
import type { FieldName } from '../fields.ts';
import {
  ip,
  longest,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  set,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { literal, peer } from './login.ts';
import { loginFailure } from './outcomes.ts';

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

/** The severities of PostgreSQL. Source: src/backend/utils/error/elog.c. */
const levels: Readonly<Record<string, Level>> = {
  PANIC: 'emergency',
  FATAL: 'critical',
  ERROR: 'error',
  WARNING: 'warning',
  NOTICE: 'notice',
  INFO: 'info',
  LOG: 'info',
  DEBUG: 'debug',
  ...Object.fromEntries([1, 2, 3, 4, 5].map((number): [string, Level] => [`DEBUG${number}`, 'debug'])),
};
/** The kinds of lines that go on with one. */
const more = ['DETAIL', 'HINT', 'STATEMENT', 'CONTEXT', 'QUERY', 'LOCATION', 'BACKTRACE'];

/** The level of a severity; undefined for any other word. */
export function postgresLevel(severity: string): Level | undefined {
  return Object.hasOwn(levels, severity) ? levels[severity] : undefined;
}

/** Sets the SQLSTATE, unless it says that all is well, and what of the parts of a message there is, a line each. */
export function setPostgresText(fields: Map<FieldName, string | number>, state: string, parts: readonly string[]): void {
  if (state !== '' && state !== '00000') fields.set('event.code', state);
  const message = parts.filter((part) => part !== '').join('\n');
  if (message !== '') fields.set('message', message);
}

/** `203.0.113.5(4022)` or `203.0.113.5`: `%r` and `%h`. */
export const postgresHost = oneOf(pattern`${ip('source', 'first')}(${number('source.port')})`, [ip('source')]);
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
  ...piece([postgresHost]),
  optional(pattern`:`),
  ...piece([processId]),
  optional(pattern`:`),
  ...piece([postgresHost]),
  ...piece(pattern`[${number()}-${number()}]`),
  ...piece([session]),
  ...piece([postgresHost]),
  skip('rest'),
];

const marked = (word: string): Pattern => [within('first', prefix), literal(`${word}:  `)];

/** A line with a severity, up to its text, and without the moment. */
export const postgresHead = oneOf(
  ...Object.entries(levels).map(([word, level]): Pattern => [...marked(word), set({ 'log.level': level })]),
);
/** The same of a line that goes on with another. */
export const postgresMore = oneOf(...more.map((word): Pattern => [...marked(word), set({ 'log.level': 'info' })]));

/** What goes between a line's prefix and its text, where syslog carries it: a severity, a colon and two blanks. */
export const postgresSeverities: readonly (readonly [mark: string, given: Pattern])[] = [
  ...Object.entries(levels),
  ...more.map((word) => [word, 'info'] as const),
].map(([word, level]) => [`${word}:  `, [set({ 'log.level': level })]] as const);
