import { defineDataset } from '../dataset.ts';
import { levelConstants } from '../level-words.ts';
import { mailLogin, mailLoginFailed, mailRejected, mailSessionEnd } from '../mail.ts';
import {
  end,
  ip,
  longest,
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

const logins = ['imap-login', 'pop3-login', 'managesieve-login', 'submission-login', 'lmtp-login', 'sieve-login'];
const processes = [...logins, 'auth', 'auth-worker', 'imap', 'pop3', 'managesieve', 'lmtp', 'lda', 'master', 'config', 'anvil'];

const words = Object.entries(levelConstants).map(
  ([word, level]) => [`${word.charAt(0).toUpperCase()}${word.slice(1)}`, level] as const,
);
const level = optional(pattern`${oneWord(Object.fromEntries(words), 'first')}: `);
/** `imap-login: `, `auth: `, `auth-worker(4242): `; a session's own process names its user: `imap(eve)<77><x1y2>: `. */
const service = optional([
  oneOf(
    ...logins.map((name) => pattern`${{ kind: 'literal', text: `${name}: ` }}`),
    pattern`auth: `,
    pattern`auth-worker: `,
    pattern`auth(${skip('first')}): `,
    pattern`auth-worker(${skip('first')}): `,
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

export default defineDataset({
  name: 'dovecot',
  source: 'Dovecot: login-common/client-common.c, auth/auth-request.c (auth_request_get_log_prefix); 2.0 to 2.4',
  programs: ['dovecot', 'dovecot-auth', ...processes.filter((name) => name !== 'imap' && name !== 'pop3')],
  messages: [
    pattern`${prefix}${oneOf(session, pam, backend)}`,
    pattern`${prefix}${oneOf(pattern`Fatal: `, pattern`Panic: `)}${set({ 'log.level': 'critical' })}${more}`,
    pattern`${oneOf(pattern`imap(`, pattern`pop3(`, pattern`lmtp(`, pattern`lda(`)}${text('user.name')})${skip('first')}: ${rest('event.reason')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Disconnected: Connection closed (auth failed, 3 attempts in 9 secs): user=<info@shop.example>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10, TLS, session=<x1y2>',
      fields: {
        'user.name': 'info@shop.example',
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
        'event.outcome': 'failure',
        'event.category': ['authentication'],
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot[7]: pop3-login: Info: Login: user=<bob>, method=PLAIN, rip=2001:db8::8, rport=50122, lip=2001:db8::1, lport=995, mpid=18, TLS, session=<x1y2>',
      fields: {
        'log.level': 'info',
        'user.name': 'bob',
        'source.ip': '2001:db8::8',
        'source.port': 50122,
        'destination.port': 995,
        'event.outcome': 'success',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: auth-worker(4242): Info: conn unix:auth-worker (pid=919,uid=112): auth-worker<1>: sql(eve@shop.example,203.0.113.5,<x1y2>): unknown user (given password: x)',
      fields: { 'user.name': 'eve@shop.example', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: auth: pam(eve,203.0.113.5): pam_authenticate() failed: Authentication failure (Password mismatch?)',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 imap-login: Info: Aborted login (no auth attempts in 2 secs): user=<>, rip=203.0.113.5, lip=192.0.2.10, session=<x1y2>',
      fields: {
        'user.name': undefined,
        'source.ip': '203.0.113.5',
        'event.outcome': undefined,
        'event.action': 'mail_disconnect',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Login aborted: Connection closed (auth failed, 2 attempts in 4 secs) (auth_failed): user=<eve>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10, TLS: Connection closed, session=<x1y2>',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 auth: pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=eve rhost=203.0.113.5  user=eve',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Disconnected (auth failed, 1 attempts): user=<eve>, method=PLAIN, rip=',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 dovecot: imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<x>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2>, method=PLAIN, rip=203.0.113.5, lip=192.0.2.10, session=<x1y2>',
      fields: {
        'user.name': 'x>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2',
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
      },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 dovecot: auth: sql(x,192.0.2.1,203.0.113.5,<x1y2>): Password mismatch',
      fields: { 'user.name': 'x,192.0.2.1', 'source.ip': '203.0.113.5' },
    },
  ],
});
