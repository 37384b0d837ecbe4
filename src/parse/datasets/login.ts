import { defineDataset } from '../dataset.ts';
import { failedLogin, goodLogin, literal, peer, sees, seesNone } from '../login.ts';
import { type Element, end, longest, not, oneOf, optional, type Pattern, pattern, skip, text, upTo, within, word } from '../pattern.ts';

/** What nearly every message of a login holds; others are not looked at any further. */
const topics = sees('ogin', 'uth', 'assword', 'ogon', 'LOGIN', 'AUTH', 'redential', 'ign-in', 'token', 'denied', 'logged in', 'TOTP');

/** How programs say that a login failed. First letters are left out where they may be large or small. */
const failures = [
  'ogin failed',
  'ogin failure',
  'ogin fail',
  'ogin attempt failed',
  'ogin attempt or request with invalid',
  'ogin denied',
  'ogin incorrect',
  'ogin error',
  'ogin unsuccessful',
  'LOGIN FAIL',
  'LOGIN_FAIL',
  'LOGIN_ERROR',
  'ailed login',
  'ailed logon',
  'ailed log in',
  'ailed to log in',
  'ailed to login',
  'ailed sign',
  'ailed to sign in',
  'ailed auth',
  'ailed to auth',
  'ailed password',
  'ailed to validate user credentials',
  'uthentication failed',
  'uthentication failure',
  'uthentication error',
  'uthentication unsuccessful',
  'uthentication FAILED',
  'uth failed',
  'uth failure',
  'uth-Failure',
  'uth error',
  'AUTH-ERROR',
  'AUTHENTICATION_FAILED',
  'AUTHENTICATION FAIL',
  'nsuccessful login',
  'nsuccessful auth',
  'nsuccessful sign',
  'nvalid login',
  'nvalid password',
  'nvalid user name or password',
  'nvalid username or password',
  'nvalid username/password',
  'nvalid user or password',
  'nvalid username',
  'nvalid user:',
  'nvalid credentials',
  'nvalid authentication',
  'nvalid admin token',
  'nvalid token provided',
  'nvalid TOTP',
  'nvalid 2FA',
  'nvalid MFA',
  'nvalid OTP',
  'ncorrect password',
  'ncorrect login',
  'ncorrect credentials',
  'ncorrect username',
  'ncorrect user',
  'ncorrect email',
  'rong password',
  'rong credentials',
  'rong username',
  'rong login',
  'rong user',
  'ad password',
  'ad credentials',
  'ad username',
  'ad login',
  'assword is incorrect',
  'assword incorrect',
  'assword is invalid',
  'assword mismatch',
  'assword check failed',
  'assword does not match',
  'assword did not match',
  'assword verification failed',
  'ccess denied for user',
  'ser denied:',
  'ser not found for login',
  'nknown user',
];

/** The same with the name in the middle: `user "eve" authentication failed`, `login for eve failed`. */
const failuresAround: readonly (readonly [string, string])[] = [
  ['ogin for ', ' failed'],
  ['ogin with username ', ' failed'],
  ['ogin by ', ' failed'],
  ['ogin from ', ' failed'],
  ['ogin of ', ' failed'],
  ['uthentication for ', ' failed'],
  ['uthentication of ', ' failed'],
  ['uthentication attempt ', ' failed'],
  ['uthentication attempt from ', ' rate-limited'],
  ['uthentication request for ', ' denied'],
  ['uthentication attempt by ', ' failed'],
  ['nsuccessful ', ' authentication attempt'],
  ['ogin attempt from ', ' failed'],
  ['ogin attempt for ', ' failed'],
  ['attempted to login ', ' failed'],
  ['attempted to log in ', ' failed'],
  ['error occurred getting details for user ', 'do not exist'],
  ['rror occurred getting details for user ', 'do not exist'],
  ['ould not retrieve user ', ' details'],
  [' was not found in ', ' directory'],
  ['user ', ' was not found'],
];

const successes = [
  'ogin successful',
  'ogin succeeded',
  'ogin success',
  'ogin ok',
  'ogin accepted',
  'LOGIN SUCCESS',
  'LOGIN_SUCCESS',
  'uccessful login',
  'uccessful Login',
  'uccessful logon',
  'uccessful sign-in',
  'uccessful auth',
  'uccessful 1FA auth',
  'uccessful 2FA auth',
  'uccessfully logged in',
  'uccessfully signed in',
  'uccessfully authenticated',
  'uthentication successful',
  'uthentication succeeded',
  'uthentication success',
  ' logged in',
];

const failed: Element = oneOf(
  ...failures.map((said): Pattern => [sees(said), failedLogin]),
  ...failuresAround.map(([before, behind]): Pattern => [
    { kind: 'not', pattern: [not([skip('first'), literal(before), skip('first'), literal(behind)])] },
    failedLogin,
  ]),
);
const succeeded: Pattern = [
  seesNone('nsuccessful', 'not logged in', 'never logged in'),
  oneOf(...successes.map((said): Pattern => [sees(said), goodLogin])),
];

/** What stands before an address. */
const addressMarks = [
  ' from IP address ',
  ' from ip address ',
  ' from IP: ',
  ' from IP ',
  ' from ip ',
  ' from: ',
  ' from ',
  ' by IP: ',
  '[CLIENT: ',
  'IP-address: ',
  'IP address: ',
  ' IP: ',
  ' ip: ',
  ' IP ',
  ' ip ',
  'IP=',
  'ip=',
  'rhost=',
  '"ip":"',
  'remote_addr=',
  'remoteAddr=',
  'addr=',
  'ipAddress=',
  'ipAddress="',
  'host=',
  'client: ',
  'client ',
  'Client ',
  ' address ',
  ' at ',
  ' (',
  '(IP: ',
  ' [',
  '@',
] as const;

/** What stands before a name that is quoted, and before one that is not. */
const quotedNameMarks = ['user ', 'User ', 'user: ', 'username ', 'Username ', 'username: ', 'username input ', 'account ', 'for ', 'by ', 'name ', 'email ', 'USER '];
const bareNameMarks = [' for user: ', ' for user ', ' for username ', ' user: ', 'user ', 'User ', 'username ', 'Username: ', 'username: ', 'login:', 'user=', 'username=', '"email":"', '"username":"', 'account ', 'denied: ', ' for ', ' by '];

const nameMarks = [...new Set([...quotedNameMarks.map((mark) => mark.trimEnd()), 'name', 'login:'])];

const quotedName = oneOf(
  pattern`"${text('user.name')}"`,
  pattern`'${text('user.name')}'`,
  pattern`\`${text('user.name')}\``,
  pattern`(${text('user.name')})`,
);

const lastAddress = oneOf(...addressMarks.map((mark): Pattern => [skip('last'), literal(mark), peer]));
const firstAddress = oneOf(
  ...addressMarks.map((mark): Pattern => [within('first', [seesNone(...nameMarks)]), literal(mark), peer]),
);

const afterQuotedName = quotedNameMarks.map(
  (mark): Pattern => [skip('first'), literal(mark), quotedName, optional([lastAddress])],
);
const beforeAddress = bareNameMarks.map(
  (mark): Pattern => [
    skip('first'),
    literal(mark),
    oneOf(...addressMarks.map((behind): Pattern => [longest('user.name'), literal(behind), peer])),
  ],
);
