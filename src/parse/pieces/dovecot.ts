import {
  end,
  ip,
  longest,
  not,
  number,
  oneOf,
  oneWord,
  optional,
  type Pattern,
  pairs,
  pattern,
  rest,
  set,
  skip,
  text,
  within,
  withinUpTo,
} from '../pattern.ts';
import { levelConstants } from './level-words.ts';
import { mailLogin, mailLoginFailed, mailRejected, mailSessionEnd } from './mail.ts';

/*
 * What Dovecot says. Source: login-common/client-common.c, auth/auth-request.c (auth_request_get_log_prefix); 2.0 to 2.4.
 */

/** The processes that take clients in. */
export const dovecotLogins = ['imap-login', 'pop3-login', 'managesieve-login', 'submission-login', 'lmtp-login', 'sieve-login'];
const words = Object.entries(levelConstants).map(
  ([word, level]) => [`${word.charAt(0).toUpperCase()}${word.slice(1)}`, level] as const,
);
const level = optional(pattern`${oneWord(Object.fromEntries(words), 'first')}: `);
/** `imap-login: `, `auth: `, `auth-worker(4242): `; a session's own process names its user: `imap(eve)<77><x1y2>: `. */
const service = optional([
  oneOf(
    ...dovecotLogins.map((name) => pattern`${{ kind: 'literal', text: `${name}: ` }}`),
    pattern`auth: `,
    pattern`auth-worker: `,
    pattern`auth(${skip('first')}): `,
    pattern`auth-worker(${skip('first')}): `,
    pattern`auth-worker[${skip('first')}]: `,
  ),
]);
const worker = optional(pattern`conn unix:${skip('first')}): auth-worker<${number()}>: `);
const prefix = pattern`${level}${service}${level}${worker}`;
const more = skip('rest');

/** How a session ended, or began, before `: user=<`. */
const state = oneOf(
  pattern`Login${end()}${mailLogin}`,
  pattern`Logged in${end()}${mailLogin}`,
  pattern`Maximum number of connections ${more}${mailRejected}`,
  pattern`${skip('first')}(auth failed${more}${mailLoginFailed}`,
  pattern`${skip('first')}(auth_failed${more}${mailLoginFailed}`,
  pattern`${skip('first')}tried to use disallowed ${more}${mailLoginFailed}`,
  pattern`${skip('first')}tried to use unsupported auth mechanism${more}${mailLoginFailed}`,
  [mailSessionEnd],
);
/** The user may hold anything; what stands behind him does not. */
const who = oneOf(pattern`${longest('user.name')}>, method=${skip('word')}${end()}`, pattern`${longest('user.name')}>${end()}`);
const both = pattern`, rip=${withinUpTo(',', [ip('source', 'rest')])}${pairs(
  {
    rport: [number('source.port')],
    lip: [ip('destination', 'rest')],
    lport: [number('destination.port')],
  },
  ',',
)}`;
const session = pattern`${within('first', [state], 'event.reason')}: user=<${within('last', [who])}${both}`;

/** `eve,192.0.2.1,<session>`: what asks a backend for a user. */
const userAndIp = oneOf(
  pattern`${within('last', pattern`${longest('user.name')},${ip('source', 'rest')}`)},<${more}`,
  pattern`${within('last', pattern`${longest('user.name')},${ip('source', 'rest')}`)},${end()}`,
  pattern`${longest('user.name')},${ip('source', 'rest')}`,
  [rest('user.name')],
);
const refusals: readonly Pattern[] = [
  pattern`unknown user`,
  pattern`Unknown user`,
  pattern`Password mismatch`,
  pattern`password mismatch`,
  pattern`pam_authenticate() failed`,
  pattern`pam_acct_mgmt() failed`,
  pattern`invalid credentials`,
  pattern`Invalid credentials`,
  pattern`Login failed`,
  pattern`Authentication failed`,
  pattern`authentication failed`,
  pattern`User is missing`,
  pattern`User not found`,
  pattern`CRAM-MD5 authentication failed`,
];
const backend = pattern`${withinUpTo(' (', [rest()])}(${within('first', [userAndIp])}): ${within('rest', [optional(pattern`${oneOf(...refusals)}${mailLoginFailed}`)], 'event.reason')}`;

/** The name that a client gave is the `ruser`; `user=` is there for users of the system only, so the last `rhost=` counts. */
const pam = pattern`pam_unix(dovecot:auth): authentication failure; ${skip('first')} ruser=${within('last', [rest('user.name')])} rhost=${ip('source')}${mailLoginFailed}${more}`;

/** Messages that no other program is known to write, wherever they come from. */
export const ownDovecotMessages: readonly Pattern[] = [
  pattern`${prefix}${oneOf(session, pam)}`,
  pattern`${not([not([oneOf(pattern`auth: `, pattern`auth-worker`)])])}${prefix}${backend}`,
];

/** All messages of Dovecot. */
export const dovecotMessages: readonly Pattern[] = [
  ...ownDovecotMessages,
  pattern`${prefix}${backend}`,
  pattern`${prefix}${oneOf(pattern`Fatal: `, pattern`Panic: `)}${set({ 'log.level': 'critical' })}${more}`,
  pattern`${oneOf(pattern`imap(`, pattern`pop3(`, pattern`lmtp(`, pattern`lda(`)}${text('user.name')})${skip('first')}: ${rest('event.reason')}`,
];
