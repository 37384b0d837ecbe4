import { defineDataset } from '../dataset.ts';
import { ip, longest, not, number, oneOf, type Pattern, pattern, set, skip, withinUpTo } from '../pattern.ts';
import { loginFailure } from '../pieces/outcomes.ts';
import { sambaMessages } from '../pieces/samba.ts';

const more = skip('rest');

function of(dataset: string) {
  return set({ 'log.dataset': dataset });
}

const not403: Pattern = [not(pattern`/api/login: 403 `)];
/** Source: File Browser: http/http.go; the status, the client and an error. */
const filebrowser = pattern`/api/login: ${number('http.response.status_code')} ${withinUpTo(' ', [
  oneOf(
    [ip('source', 'rest')],
    pattern`[${ip('source', 'first')}]:${number('source.port')}`,
    pattern`${ip('source', 'last')}:${number('source.port')}`,
  ),
])}${set({ 'url.path': '/api/login', 'log.dataset': 'filebrowser' })}${more}`;
/** What it refuses is a wrong password. */
const filebrowserRefusal = pattern`${not(not403)}${filebrowser}${loginFailure('login')}`;

/** Source: Seafile: seahub/auth/views.py. */
const seafile = pattern`${oneOf(pattern`login Login attempt limit reached, `, pattern`Login attempt limit reached, `)}${oneOf(
  pattern`username: ${longest('user.name')}, ip: ${withinUpTo(',', [ip('source', 'rest')])}`,
  pattern`email: ${longest('user.name')}, ip: ${withinUpTo(',', [ip('source', 'rest')])}`,
)}${more}${loginFailure('login')}${of('seafile')}`;

/** Source: Baïkal: Core/Frameworks/Baikal/Core/PDOBasicAuth.php; sabre/dav. */
const baikal = pattern`PHP message: user ${longest('user.name')} authentication failure for Baikal${more}${loginFailure('login')}${of('baikal')}`;

/** Source: Nextcloud and ownCloud: lib/private/User/Session.php, Security/Bruteforce; the address comes last. */
const cloudUser = oneOf(pattern`'${longest('user.name')}' (Remote IP: `, pattern`${longest('user.name')} (Remote IP: `);
const quotedIp = oneOf(
  pattern`'${withinUpTo("'", [ip('source', 'rest')])}`,
  pattern`"${withinUpTo('"', [ip('source', 'rest')])}`,
  [withinUpTo(')],', [ip('source', 'rest')])],
);
const nextcloud: readonly Pattern[] = [
  pattern`Login failed: ${cloudUser}${quotedIp}${more}${loginFailure('login')}`,
  pattern`Login failed: user ${longest('user.name')}, wrong password, IP:${withinUpTo(',', [ip('source', 'rest')])}${more}${loginFailure('login')}`,
  pattern`Bruteforce attempt from ${quotedIp}${oneOf(pattern`"`, [])} detected for action ${more}${loginFailure('login')}`,
  pattern`IP address throttled because it reached the attempts limit ${skip('first')}ip: ${quotedIp}${more}`,
  pattern`Trusted domain error. ${quotedIp}${oneOf(pattern`"`, [])} tried to access using ${more}`,
];

const ofSamba = (words: Pattern): Pattern => [...words, of('samba')];

export default defineDataset({
  name: 'any-files',
  source: 'the sources of the programs named at each message',
  programs: ['*'],
  messages: [
    ...sambaMessages.map(ofSamba),
    filebrowserRefusal,
    filebrowser,
    seafile,
    baikal,
    ...nextcloud.map((words) => [...words, of('nextcloud')]),
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas files[55]: /api/login: 403 203.0.113.5 <nil>',
      fields: { 'log.dataset': 'filebrowser', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 nas log[55]:   Auth: [LDAP,simple bind/TLS] user [WORK]\\[eve] at [Sun, 22 Nov 2026 13:36:00.000001 UTC] with [Plaintext] status [NT_STATUS_NO_SUCH_USER] workstation [PC] remote host [ipv6:2001:db8::5:4022] mapped to [WORK]\\[eve]. local host [ipv6:2001:db8::1:636]',
      fields: {
        'log.dataset': 'samba',
        'user.name': 'eve',
        'source.ip': '2001:db8::5',
        'source.port': 4022,
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '{"reqId":"x1","level":2,"time":"2026-11-22T13:36:00+00:00","remoteAddr":"203.0.113.5","user":"--","app":"core","method":"POST","url":"/login","message":"Login failed: eve (Remote IP: 203.0.113.5)"}',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 nas files[55]: /api/login: 403', fields: { 'log.dataset': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 nas php[55]: PHP message: user x authentication failure for Baikal authentication failure for Baikal',
      fields: { 'user.name': 'x authentication failure for Baikal', 'event.outcome': 'failure' },
    },
  ],
});
