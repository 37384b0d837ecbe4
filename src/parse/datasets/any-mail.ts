import { defineDataset } from '../dataset.ts';
import {
  end,
  ip,
  longest,
  number,
  oneOf,
  optional,
  type Pattern,
  pattern,
  rest,
  set,
  skip,
  text,
  within,
  withinUpTo,
  word,
} from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailMisuse, mailRejected } from '../pieces/mail.ts';

/*
 * Mail programs that write files of their own, in whose lines only a time and a level come before the message, so that no
 * program's name tells whose it is. Each message starts with words that no other program is known to use.
 */

const more = skip('rest');

function of(dataset: string) {
  return set({ 'log.dataset': dataset });
}

/** An address that a full stop, a blank or a bracket ends. */
const ipInText = withinUpTo(' (', [
  oneOf(pattern`${ip('source', 'last')}.${end()}`, pattern`${ip('source', 'last')},${end()}`, [ip('source', 'rest')]),
]);

/** Source: Roundcube: rcmail.php (log_login), rcube_imap.php. What comes behind the address has no ` from `. */
const roundcube: readonly Pattern[] = [
  pattern`IMAP Error: Login failed for ${oneOf(
    pattern`${within('last', [oneOf(pattern`${longest('user.name')} against ${skip('word')}${end()}`, [rest('user.name')])])} from ${ipInText}`,
  )}${more}${mailLoginFailed}`,
  pattern`FAILED login for ${longest('user.name')} from ${ipInText}${more}${mailLoginFailed}`,
  pattern`Failed login for ${longest('user.name')} from ${ipInText} in session ${more}${mailLoginFailed}`,
  pattern`Successful login for ${within('last', [oneOf(pattern`${longest('user.name')} (ID: ${more}`, [rest('user.name')])])} from ${ipInText} in session ${more}${mailLogin}`,
];
const roundcubePrefix = pattern`${optional(pattern`roundcube: `)}${optional(pattern`<${withinUpTo('> ', [skip('rest')])}> `)}`;

/** Source: SquirrelMail: plugins/squirrel_logger. */
const squirrelmail = pattern`[LOGIN_ERROR] ${within('last', [oneOf(pattern`${longest('user.name')} (${skip('word')}${end()}`, [rest('user.name')])])} from ${ip('source', 'last')}: ${more}${mailLoginFailed}${of('squirrelmail')}`;
const squirrelmailLogin = pattern`[LOGIN] ${within('last', [oneOf(pattern`${longest('user.name')} (${skip('word')}${end()}`, [rest('user.name')])])} from ${ip('source', 'last')}: ${more}${mailLogin}${of('squirrelmail')}`;

/** Source: Horde: lib/Core/Auth/Application.php (_logLogin), IMP. */
const hordePeer = within('last', [
  oneOf(
    pattern`${within('last', pattern`${longest('user.name')} [${ip('source', 'rest')}`)}] (forwarded for [${more}`,
    pattern`${longest('user.name')} [${ip('source', 'last')}]${end()}`,
    [ip('source', 'rest')],
  ),
]);
const hordePrefix = oneOf(
  pattern`HORDE [${skip('first')}] [${skip('first')}] `,
  pattern`[${skip('first')}] [${skip('first')}] `,
  pattern`[${skip('first')}] `,
  [],
);
const horde = pattern`${hordePrefix}${oneOf(
  pattern`FAILED LOGIN ${optional(pattern`for `)}${hordePeer} to ${mailLoginFailed}`,
  pattern`Login success for ${hordePeer} to ${mailLogin}`,
)}${more}${of('horde')}`;

/** Source: SOGo: UI/MainUI/SOGoRootPage.m. The client's address, and those of proxies behind it, come before the user. */
const sogo = pattern`SOGoRootPage ${oneOf(
  pattern`Login from '${withinUpTo("',", [ip('source', 'rest')])}${skip('first')} for user '${text('user.name')}' might not have worked${mailLoginFailed}`,
  pattern`successful login from '${withinUpTo("',", [ip('source', 'rest')])}${skip('first')} for user '${text('user.name')}'${mailLogin}`,
)}${more}${of('sogo')}`;

/** Source: Kerio Connect: security and warning logs. What a client said stands before the address. */
const kerioIp = withinUpTo(' ', [
  oneOf(pattern`${ip('source', 'last')},${end()}`, pattern`${ip('source', 'last')}.${end()}`, [ip('source', 'rest')]),
]);
const kerio: readonly Pattern[] = [
  pattern`Failed ${skip('word')} login from ${kerioIp}${oneOf(pattern` with ${more}`, pattern`, user ${rest('user.name')}`, [more])}${mailLoginFailed}`,
  pattern`IP address ${kerioIp} found in DNS blacklist ${more}${mailRejected}`,
  pattern`Relay attempt from IP address ${kerioIp}${more}${mailRejected}`,
  pattern`Attempt to deliver to unknown recipient ${skip('last')}, IP address ${kerioIp}${more}${mailRejected}`,
  pattern`Administration login into ${skip('first')} from ${kerioIp} failed${more}${mailLoginFailed}`,
  pattern`SMTP Spam attack detected from ${kerioIp}${more}${mailMisuse}`,
  pattern`Client with IP address ${kerioIp} has no reverse DNS entry${more}${mailRejected}`,
  pattern`Message from IP address ${kerioIp}${more}${mailRejected}`,
  pattern`${skip('word')} User ${longest('user.name')} doesn't exist. Attempt from IP address ${kerioIp}${more}${mailLoginFailed}`,
  pattern`${skip('word')} Invalid password for user ${longest('user.name')}. Attempt from IP address ${kerioIp}${more}${mailLoginFailed}`,
];

/** Source: ASSP: assp.pl (mlog). A mail's id and a worker may come first; the client's words come behind its address. */
const asspPrefix = oneOf(pattern`${withinUpTo('[ ', [more])} [${skip('first')}] `, pattern`[${skip('first')}] `, []);
const asspClient = pattern`${asspPrefix}${optional(pattern`[${skip('first')}] `)}${ip('source')} `;
const assp: readonly Pattern[] = [
  pattern`Blocking ${ip('source')} - too much AUTH errors ${more}${mailLoginFailed}`,
  pattern`${asspClient}max sender authentication errors ${more}${mailLoginFailed}`,
  pattern`${asspClient}[SMTP Error] 535 ${more}${mailLoginFailed}`,
  pattern`${asspClient}[SMTP Error] ${more}${mailRejected}`,
  pattern`${asspClient}<${skip('first')}> ${optional(pattern`to: ${skip('word')} `)}${oneOf(
    pattern`relay attempt blocked`,
    pattern`[RelayAttempt]`,
    pattern`[SMTP Error] 5`,
  )}${more}${mailRejected}`,
];

/** Source: mailcow: netfilter/main.py. */
const mailcowIp = withinUpTo(' /', [ip('source', 'rest')]);
const banned = set({ 'event.category': ['intrusion_detection'], 'event.action': 'banned', 'log.dataset': 'mailcow' });
const mailcow: readonly Pattern[] = [
  pattern`Banning ${mailcowIp}${oneOf(pattern`/${number()}`, [])} for ${number()} minutes${banned}${more}`,
  pattern`Added host/network ${mailcowIp}${more}${banned}`,
  pattern`${ip('source')} matched rule id ${more}${mailLoginFailed}${of('mailcow')}`,
];

/** Source: mailcow: web/inc/triggers.inc.php; Rspamd UI behind it. */
const mailcowUi = oneOf(
  pattern`mailcow UI: Invalid password for ${longest('user.name')} by ${ip('source')}${mailLoginFailed}${of('mailcow')}${more}`,
  pattern`Rspamd UI: Invalid password by ${ip('source')}${mailLoginFailed}${of('mailcow')}${more}`,
);

/** Source: SnappyMail and RainLoop: auth_logging_format of their default configuration. */
const snappymail = pattern`Auth failed: ip=${ip('source')} user=${longest('user.name')} host=${more}${mailLoginFailed}${of('snappymail')}`;

/** Source: Open WebMail: shares/ow-shared.pl (writelog). */
const openwebmail = pattern`[${number('process.pid')}] (${ip('source', 'first')}) ${oneOf(
  pattern`${text('user.name')} - login error - ${rest('event.reason')}${mailLoginFailed}`,
  pattern`${text('user.name')} - userinfo error - ${rest('event.reason')}${mailLoginFailed}`,
  pattern`${text('user.name')} - login - ${more}${mailLogin}`,
  pattern`${text('user.name')} - logout - ${more}`,
)}${of('openwebmail')}`;

/** Source: Rspamd: src/libserver/task.c (rspamd_task_write_log). */
const rspamd = pattern`<${skip('first')}>; task; rspamd_task_write_log: id: <${skip('first')}>, ${optional(pattern`qid: <${skip('first')}>, `)}ip: ${withinUpTo(',', [ip('source', 'rest')])}${oneOf(
  pattern`, user: ${withinUpTo(',', [rest('user.name')])}${more}`,
  [more],
)}${of('rspamd')}`;

/** Source: Mailu: core/admin/mailu/limiter.py. */
const mailu = pattern`${optional(pattern`WARNING `)}${optional(pattern`in limiter: `)}Authentication attempt from ${ip('source')} ${oneOf(
  pattern`for ${word('user.name')} `,
  [],
)}has been rate-limited${more}${mailLoginFailed}${of('mailu')}`;

/** Source: Haraka: connection.js. */
const haraka = pattern`${optional(pattern`[core] `)}${oneOf(pattern`connect `, pattern`disconnect `)}ip=${ip('source')} ${oneOf(pattern`port=${number('source.port')} local_ip=`, pattern`rdns=`)}${more}${of('haraka')}`;

export default defineDataset({
  name: 'any-mail',
  source: 'the manuals and sources of the programs named at each message',
  programs: ['*'],
  messages: [
    ...roundcube.map((login) => [...roundcubePrefix, ...login, of('roundcube')]),
    squirrelmail,
    squirrelmailLogin,
    horde,
    sogo,
    ...kerio.map((words) => [...words, of('kerio')]),
    ...assp.map((words) => [...words, of('assp')]),
    ...mailcow,
    [mailcowUi],
    snappymail,
    openwebmail,
    rspamd,
    mailu,
    haraka,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 roundcube: <x1y2> IMAP Error: Login failed for eve against mx1.example from 203.0.113.5(X-Forwarded-For: 192.0.2.1). AUTHENTICATE PLAIN: Authentication failed. in /srv/rc/rcube_imap.php on line 193 (POST /?_task=login)',
      fields: { 'log.dataset': 'roundcube', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 web1 sogod[55]: SOGoRootPage Login from '203.0.113.5, 192.0.2.7' for user 'eve' might not have worked - password policy: 65535  grace: -1",
      fields: { 'log.dataset': 'sogo', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 webmail[55]: [horde] FAILED LOGIN for eve [203.0.113.5] to Horde [on line 116 of "/srv/horde/login.php"]',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 connect[55]: Failed SMTP login from 203.0.113.5 with SASL method LOGIN.',
      fields: { 'log.dataset': 'kerio', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 assp[55]: m1-55-3 [Worker_2] 203.0.113.5 [SMTP Error] 535 5.7.8 Error: authentication failed',
      fields: { 'log.dataset': 'assp', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 netfilter[55]: Banning 203.0.113.5/32 for 60 minutes',
      fields: { 'log.dataset': 'mailcow', 'source.ip': '203.0.113.5', 'event.action': 'banned' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 assp[55]: Blocking 203.0. - too much AUTH errors',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 roundcube: IMAP Error: Login failed for x from 192.0.2.1. y from 203.0.113.5. LOGIN: no in /srv/rc/rcube_imap.php on line 193 (POST /)',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x from 192.0.2.1. y' },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 web1 kerio[55]: SMTP: User x doesn't exist. Attempt from IP address 192.0.2.1. doesn't exist. Attempt from IP address 203.0.113.5.",
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
