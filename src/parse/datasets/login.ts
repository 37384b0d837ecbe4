import { defineDataset } from '../dataset.ts';
import { failedLogin, goodLogin, literal, peer, sees, seesNone } from '../login.ts';
import { type Element, end, longest, not, oneOf, optional, type Pattern, pattern, skip, text, upTo, within } from '../pattern.ts';

/** What every message of a login holds; others are not looked at any further. */
const topics = sees(
  'ogin',
  'uth',
  'assword',
  'OGIN',
  'UTH',
  'ogon',
  'redential',
  'sign-in',
  'denied',
  'nvalid',
  'logged in',
  'etails',
);

/** How programs say that a login failed. First letters are left out where they may be large or small. */
const failures = [
  ...[
    'failed',
    'fail',
    'attempt failed',
    'attempt or request with invalid',
    'denied',
    'incorrect',
    'error',
    'unsuccessful',
    'refused',
    'rejected',
  ].map((how) => `ogin ${how}`),
  ...[
    'login',
    'Login',
    'logon',
    'log in',
    'to log',
    'sign',
    'to sign',
    'auth',
    'to auth',
    'password',
    'to validate user credentials',
  ].map((what) => `ailed ${what}`),
  ...['failed', 'fail', 'failure', 'error', 'unsuccessful', 'FAILED', 'was not successful'].map((how) => `uthentication ${how}`),
  ...[
    'uth failed',
    'uth failure',
    'uth-Failure',
    'uth error',
    'AUTH-ERROR',
    'AUTHENTICATION FAIL',
    'AUTHENTICATION_FAIL',
    'LOGIN FAIL',
    'LOGIN_FAIL',
    'LOGIN_ERROR',
  ],
  ...['login', 'Login', 'auth', 'sign'].map((what) => `nsuccessful ${what}`),
  ...[
    'login',
    'password',
    'user name or',
    'username',
    'user or password',
    'user:',
    'credentials',
    'authentication',
    'admin token',
    'token provided',
    'TOTP',
    '2FA',
    'MFA',
    'OTP',
  ].map((what) => `nvalid ${what}`),
  ...['password', 'login', 'credentials', 'username', 'user', 'email', 'PIN'].flatMap((what) => [
    `ncorrect ${what}`,
    `rong ${what}`,
    `ad ${what}`,
  ]),
  ...[
    'is incorrect',
    'incorrect',
    'is invalid',
    'mismatch',
    'check failed',
    'does not match',
    'did not match',
    'verification failed',
  ].map((how) => `assword ${how}`),
  'ccess denied for user',
  'ser denied:',
  'nknown user',
];

/** The same, with a name or an address in the middle: `Login for eve failed`. */
const failuresAround: readonly (readonly [before: string, behind: string])[] = [
  ...['for ', 'with ', 'by ', 'from ', 'of ', 'attempt from ', 'attempt for '].map((what) => [`ogin ${what}`, 'fail'] as const),
  ...['for ', 'of ', 'attempt ', 'by '].map((what) => [`uthentication ${what}`, ' fail'] as const),
  ['uthentication attempt from ', 'rate-limited'],
  ['uthentication request for ', ' denied'],
  ['nsuccessful ', ' authentication attempt'],
  ['attempted to log', ' fail'],
  ['rror occurred getting details for user ', 'do not exist'],
  ['ould not retrieve user ', ' details'],
];

const successes = [
  ...['successful', 'succeeded', 'success', 'ok', 'accepted'].map((how) => `ogin ${how}`),
  ...['login', 'Login', 'logon', 'sign-in', 'auth', '1FA auth', '2FA auth', 'TOTP auth', 'Duo auth', 'WebAuthn auth'].map(
    (what) => `uccessful ${what}`,
  ),
  ...['logged in', 'signed in', 'authenticated'].map((what) => `uccessfully ${what}`),
  ...['successful', 'succeeded', 'success'].map((how) => `uthentication ${how}`),
  'LOGIN SUCCESS',
  'LOGIN_SUCCESS',
  ' logged in',
];

const failed: readonly Pattern[] = [
  [sees(...failures), failedLogin],
  ...failuresAround.map(
    ([before, after]): Pattern => [not([not([skip('first'), literal(before), skip('first'), literal(after)])]), failedLogin],
  ),
];
const succeeded: Pattern = [seesNone('nsuccessful', 'not logged in'), sees(...successes), goodLogin];

/** The marks that stand before an address, and what may come between. */
const anyOf = (...words: readonly string[]) => oneOf(...words.map((said): Pattern => [literal(said)]));
const addressMarks: readonly (readonly [mark: string, between: Element])[] = [
  [
    ' from ',
    optional([
      anyOf(
        'IP address ',
        'ip address ',
        'IP: ',
        'ip: ',
        'IP ',
        'ip ',
        'private IP ',
        'public IP ',
        'client ',
        'host ',
        'address ',
      ),
    ]),
  ],
  ['IP', anyOf(': ', '=', ' address: ', ' address ', '-address: ', ' ', ':')],
  ['ip', anyOf(': ', '=', ' address: ', ' address ', '-address: ', ' ', ':', '":"')],
  ['lient', anyOf(': ', ' IP: ', ' IP ', '=', ' ')],
  ['CLIENT', anyOf(': ', '=', ' ')],
  ['ddress', anyOf(': ', '=', ' ', '":"')],
  ['host=', optional(pattern`[`)],
  ['addr=', optional(pattern`[`)],
  ['Addr=', optional(pattern`[`)],
  [' by ', optional([anyOf('IP: ', 'IP ')])],
  [' at ', optional([anyOf('IP ')])],
  [' (', optional([anyOf('IP: ', 'ip: ')])],
  [' [', optional([anyOf('IP: ', 'ip: ')])],
];

/** What shows that a name follows: no address behind it is the first. */
const nameFollows = seesNone(
  'ser "',
  "ser '",
  'ser `',
  'ser: ',
  'ser=',
  'ser (',
  'sername "',
  "sername '",
  'sername: ',
  'sername=',
  ' for ',
  ' by ',
  'login:',
  'ccount "',
  'ogin with ',
);

const quotedName = oneOf(
  ...['"', "'", '`'].flatMap((quote) =>
    ['ser ', 'ser: ', 'sername ', 'sername: ', 'input ', 'ccount ', ' for ', ' by ', 'ame ', 'mail ', 'mail":'].map(
      (mark): Pattern => [skip('first'), literal(`${mark}${quote}`), text('user.name'), literal(quote)],
    ),
  ),
  pattern`${skip('first')}user: (${text('user.name')})`,
);
const bareMark = oneOf(
  ...[
    ' for user ',
    ' for user: ',
    ' for username ',
    ' with username ',
    'sername: ',
    'ser: ',
    'sername=',
    'login:',
    'ser denied: ',
    'ser=',
    ' for ',
    ' by user ',
    'ser ',
  ].map((mark): Pattern => [skip('first'), literal(mark)]),
);
const nameAlone = oneOf(
  pattern`${upTo(' ,;', 'user.name')}${end()}`,
  pattern`${text('user.name')} failed`,
  pattern`${text('user.name')}, `,
);
const nameAtEnd = oneOf(pattern`${longest('user.name')}.${end()}`, [upTo(' ,;', 'user.name')]);

const firstAddress = oneOf(
  ...addressMarks.map(([mark, between]): Pattern => [within('first', [nameFollows]), literal(mark), between, peer]),
);
const lastAddress = oneOf(...addressMarks.map(([mark, between]): Pattern => [skip('last'), literal(mark), between, peer]));
const nameThenAddress = oneOf(
  ...['', '.', ','].flatMap((stop) =>
    addressMarks
      .filter(([mark]) => stop === '' || /^[Ii]/.test(mark))
      .map(
        ([mark, between]): Pattern => [
          longest('user.name'),
          literal(`${stop}${mark.startsWith(' ') ? '' : ' '}${mark}`),
          between,
          peer,
        ],
      ),
  ),
);

const who = oneOf(
  [firstAddress, optional([oneOf([quotedName], [bareMark, nameAtEnd])])],
  [quotedName, optional([lastAddress])],
  [bareMark, nameThenAddress],
  [lastAddress],
  [bareMark, nameAlone],
  [],
);

export default defineDataset({
  name: 'login',
  source: 'what applications without a dataset of their own say: no law, but habits of English',
  programs: ['*'],
  messages: [[not(pattern`pam_`), topics, oneOf(...failed, succeeded), who]],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 shopd[7]: Failed login attempt for username "eve" from ip 203.0.113.5 (Invalid password)',
      fields: {
        'log.dataset': undefined,
        'event.category': ['authentication'],
        'event.outcome': 'failure',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:01 web1 vault[7]: Username or password is incorrect. Try again. IP: 2001:db8::5. Username: eve@shop.example.',
      fields: { 'event.outcome': 'failure', 'user.name': 'eve@shop.example', 'source.ip': '2001:db8::5' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 forge[7]: Failed authentication attempt for eve from 203.0.113.5:39522: user does not exist',
      fields: { 'event.outcome': 'failure', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.port': 39522 },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:03 web1 shopd[7]: User "alice" logged in with "password" from ip "203.0.113.5", TLS enabled? false',
      fields: {
        'event.category': ['authentication'],
        'event.outcome': 'success',
        'user.name': 'alice',
        'source.ip': '203.0.113.5',
      },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:04 web1 shopd[7]: Login failed',
      fields: { 'event.outcome': 'failure', 'user.name': undefined, 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:05 web1 shopd[7]: Login failed for user eve from 192.0.2.1 from 203.0.113.5',
      fields: { 'event.outcome': 'failure', 'user.name': 'eve from 192.0.2.1', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:06 web1 vault[7]: Username or password is incorrect. Try again. IP: 203.0.113.5. Username: x. IP: 192.0.2.1. Username: y.',
      fields: { 'event.outcome': 'failure', 'source.ip': '203.0.113.5' },
    },
  ],
});
