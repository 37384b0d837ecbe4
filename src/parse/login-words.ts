/*
 * The words in which programs tell of logins.
 */

/** How programs say that a login failed. First letters are left out where they may be large or small. */
export const failures = [
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
  'ttpRequest: access denied',
  'upplied unknown user',
  'upplied wrong password',
  'nvalid server password',
  'rong certificate or password',
  'ser denied:',
  'oken is invalid',
  'nvalid authentication token',
  'nknown user',
];

/** The same, with a name or an address in the middle: `Login for eve failed`. */
export const failuresAround: readonly (readonly [before: string, behind: string])[] = [
  ...['for ', 'with ', 'by ', 'from ', 'of ', 'attempt from ', 'attempt for '].map((what) => [`ogin ${what}`, 'fail'] as const),
  ...['for ', 'of ', 'attempt ', 'by '].map((what) => [`uthentication ${what}`, ' fail'] as const),
  ['uthentication attempt from ', 'rate-limited'],
  ['uthentication request for ', ' denied'],
  ['nsuccessful ', ' authentication attempt'],
  ['attempted to log', ' fail'],
  ['rror occurred getting details for user ', 'do not exist'],
  ['ould not retrieve user ', ' details'],
  ['uthentication for user ', ' rejected'],
];

/** How programs say that a login went well. */
export const successes = [
  ...['successful', 'succeeded', 'success', 'ok', 'accepted'].map((how) => `ogin ${how}`),
  ...['login', 'Login', 'logon', 'sign-in', 'auth', '1FA auth', '2FA auth', 'TOTP auth', 'Duo auth', 'WebAuthn auth'].map(
    (what) => `uccessful ${what}`,
  ),
  ...['logged in', 'signed in', 'authenticated'].map((what) => `uccessfully ${what}`),
  ...['successful', 'succeeded', 'success'].map((how) => `uthentication ${how}`),
  'LOGIN SUCCESS',
  'LOGIN_SUCCESS',
  ' logged in',
  'ession opened for ',
];
