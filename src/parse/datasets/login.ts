import { defineDataset } from '../dataset.ts';
import { ip, longest, not, oneOf, optional, type Pattern, pattern, set, skip, text, within } from '../pattern.ts';
import { ahead } from '../pieces/access.ts';
import { literal, peer, sees, seesNone } from '../pieces/login.ts';
import { who } from '../pieces/login-names.ts';
import { failures, failuresAround, successes } from '../pieces/login-words.ts';
import { loginFailure, loginSuccess } from '../pieces/outcomes.ts';

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
  'nknown user',
  'ession opened',
  'not allowed',
  'FA fail',
  'failed to log on',
  'to log in',
  'nmeldung',
  'onnexion',
);

const failed: readonly Pattern[] = [
  [sees(...failures), loginFailure('login')],
  ...failuresAround.map(
    ([before, after]): Pattern => [
      not([not([skip('first'), literal(before), skip('first'), literal(after)])]),
      loginFailure('login'),
    ],
  ),
];
const succeeded: Pattern = [
  seesNone('nsuccessful', 'not logged in'),
  oneOf([sees(...successes)], [sees('uthentication for user '), sees(' accepted')]),
  loginSuccess('login'),
];

/** LemonLDAP::NG and Firefly III end their lines with the client. */
const notFound = pattern`${optional(pattern`[${skip('first')}] `)}${optional(pattern`Lemonldap::NG : `)}${text('user.name')} was not found in LDAP directory (${peer}${loginFailure('login')}`;
const auditClient = oneOf(
  pattern`${within('last', pattern`${skip('last')} (${ip('source', 'rest')}`)} (${text('user.name')}) -> ${skip('rest')}`,
  pattern`${skip('last')} (${peer} -> ${skip('rest')}`,
);
const attempted = set({ 'event.category': ['authentication'], 'event.action': 'login_attempt' });
const auditUser = oneOf(
  [literal('Login failed. Attempt for user "'), text('user.name'), literal('"')],
  // Logged before the password is looked at.
  pattern`User is trying to login using "${text('user.name')}"${attempted}`,
  pattern`${skip('first')}using "${text('user.name')}"`,
);
const audit = pattern`AUDIT: ${optional([auditUser])}${auditClient}`;

/** Source: Apereo CAS, Inspektr's Slf4jLoggingAuditTrailManager, single line. */
const casAudit = pattern`${skip('first')}|CAS|${skip('first')}|AUTHENTICATION_${oneOf(pattern`FAILED|${loginFailure('login')}`, pattern`SUCCESS|${loginSuccess('login')}`)}${text('user.name')}|${ip('source', 'first')}|${skip('rest')}`;

/** Bitwarden ends its line with the client, and has no name in it. */
const attempt = pattern`Failed login attempt${optional(pattern`, 2FA invalid`)}. ${ip('source', 'rest')}${loginFailure('login')}`;

/** The name before the words, and the client behind them. */
const named = oneOf(
  ...['login failed', 'failed to login', 'failed to log in'].map(
    (said): Pattern => [longest('user.name'), literal(` ${said} from `), peer, loginFailure('login')],
  ),
);

export default defineDataset({
  name: 'login',
  source: 'what applications without a dataset of their own say: no law, but habits of English',
  programs: ['*'],
  messages: [
    notFound,
    attempt,
    // Froxlor.
    pattern`[Login Action ${peer}] ${oneOf(pattern`User '${longest('user.name')}' tried to login with wrong password`, pattern`Unknown user '${longest('user.name')}' tried to login`)}${loginFailure('login')}`,
    [optional(pattern`%%${skip('first')}: `), oneOf(pattern`User `, pattern`user `), named],
    casAudit,
    [ahead(pattern`AUDIT: `), oneOf([topics, oneOf(...failed, succeeded)], []), ...audit],
    [not(pattern`pam_`), topics, oneOf(...failed, succeeded), who],
  ],
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22T13:36:00,000][WARN ][o.o.s.a.BackendRegistry  ] [node-0] Authentication finally failed for eve from 203.0.113.5:4022',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 sw1 %%10SSHS/5/SSH_LOGFAIL: User eve failed to log in from 203.0.113.5.',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
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
      kind: 'good',
      line: "Nov 22 13:36:03 web1 Froxlor: [Login Action 203.0.113.5] User 'eve' tried to login with wrong password.",
      fields: { 'event.outcome': 'failure', 'user.name': 'eve', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: '{"EventTime":"2026-11-22 13:36:00","EventID":140,"Channel":"Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational","Message":"A connection from the client computer with an IP address of 203.0.113.5 failed because the user name or password is not correct."}',
      fields: { 'event.outcome': 'failure', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:03 sw1 AUTH[7]: User eve login failed from 203.0.113.5',
      fields: { 'event.outcome': 'failure', 'user.name': 'eve', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:03 gate authmgr[7]: |authmgr|  User Authentication failed. username=eve userip=203.0.113.5 usermac=00 servername=x',
      fields: { 'event.outcome': 'failure', 'user.name': 'eve', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:03 web1 vault[7]: Failed login attempt, 2FA invalid. 203.0.113.5',
      fields: { 'event.outcome': 'failure', 'user.name': undefined, 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: '[2026-11-22 13:36:00] local.INFO: AUDIT: User is trying to login using "eve@shop.example" (203.0.113.5 -> POST:https://shop.example/login)',
      fields: {
        'event.action': 'login_attempt',
        'event.outcome': undefined,
        'user.name': 'eve@shop.example',
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
