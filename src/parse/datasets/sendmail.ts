import { defineDataset } from '../dataset.ts';
import { end, ip, oneOf, optional, type Pattern, pattern, rest, skip, text, within, withinUpTo } from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailMisuse, mailPeer, mailRejected, mailSessionEnd } from '../pieces/mail.ts';

const more = skip('rest');
/** A queue's id, `NOQUEUE` or `STARTTLS=server`: a word before a colon. */
const queue = pattern`${within('first', pattern`${skip('word')}${end()}`)}: `;
/** `eve@pc.example [203.0.113.5] (may be forged)`: the part before the `@` is what the client's ident server says. */
const relay = oneOf(mailPeer, pattern`${skip('first')}@${mailPeer}`, [withinUpTo(',', [ip('source', 'rest')])]);
/** What a rule set judged is the client's word, and stands before; the answer repeats it behind. */
const judged = pattern`ruleset=${oneOf(
  pattern`${within('first', pattern`${within('last', [more])}, relay=${relay}${more}`)}, reject=${rest('event.reason')}`,
  pattern`${skip('last')}, relay=${relay}, reject=${rest('event.reason')}`,
)}${mailRejected}`;
const accepted = pattern`from=${skip('last')}, relay=${relay}${more}`;
const authFailure: Pattern = pattern`AUTH failure ${within('last', [
  oneOf(pattern`${text('event.reason')}, user=${rest('user.name')}`, [rest('event.reason')]),
])}, relay=${relay}${mailLoginFailed}${more}`;

const inSession: readonly Pattern[] = [
  judged,
  accepted,
  authFailure,
  pattern`AUTH=server, relay=${relay}, ${oneOf(pattern`authid=${text('user.name')}, mech=${more}`, [more])}${mailLogin}`,
  pattern`rejecting commands from ${mailPeer} ${rest('event.reason')}${mailMisuse}`,
  pattern`lost input channel from ${mailPeer}${more}${mailSessionEnd}`,
  pattern`timeout waiting for input from ${mailPeer}${more}${mailSessionEnd}`,
  pattern`STARTTLS=server, relay=${relay}${more}`,
  pattern`${oneOf(
    pattern`${mailPeer} (may be forged) did not issue `,
    pattern`${mailPeer} did not issue `,
    pattern`${mailPeer}: possible SMTP attack: `,
    pattern`${mailPeer} (may be forged): possible SMTP attack: `,
    pattern`${mailPeer}: probable open proxy: `,
    pattern`${mailPeer}: SMTP flood`,
  )}${rest('event.reason')}${mailMisuse}`,
  pattern`${mailPeer}${optional(pattern` (may be forged)`)}: ${oneOf(pattern`expn `, pattern`vrfy `, pattern`EXPN `, pattern`VRFY `)}${more}${mailMisuse}`,
  pattern`to=${skip('last')}, relay=${text('destination.domain')} [${more}`,
];

export default defineDataset({
  name: 'sendmail',
  source: 'Sendmail: srvrsmtp.c, envelope.c, usersmtp.c; "Sendmail Installation and Operation Guide", log messages',
  programs: ['sendmail', 'sm-mta', 'sm-msp-queue', 'sm-acceptingconnections', 'sm-que', 'sendmail-in', 'MTA', 'sendmail-mta'],
  messages: [
    pattern`STARTTLS=server, relay=${relay}${more}`,
    pattern`AUTH=server, relay=${relay}, ${oneOf(pattern`authid=${text('user.name')}, mech=${more}`, [more])}${mailLogin}`,
    authFailure,
    pattern`${queue}${oneOf(...inSession)}`,
    pattern`ruleset=${skip('last')}, relay=${relay}, reject=${rest('event.reason')}${mailRejected}`,
    pattern`rejecting commands from ${mailPeer} ${rest('event.reason')}${mailMisuse}`,
    pattern`${mailPeer}${more}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 sm-mta[55]: 4AMDa0xx000055: ruleset=check_rcpt, arg1=<ann@far.example>, relay=pc.example [203.0.113.5] (may be forged), reject=550 5.7.1 <ann@far.example>... Relaying denied. Proper authentication required.',
      fields: { 'source.ip': '203.0.113.5', 'source.domain': 'pc.example', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 sendmail[55]: ruleset=check_relay, arg1=[203.0.113.5], arg2=203.0.113.5, relay=[203.0.113.5], reject=421 4.3.2 Connection rate limit exceeded.',
      fields: { 'source.ip': '203.0.113.5', 'event.reason': '421 4.3.2 Connection rate limit exceeded.' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 sm-mta[55]: 4AMDa0xx000055: AUTH failure (LOGIN): authentication failure (-13) SASL(-13): authentication failure: checkpass failed, user=eve, relay=[IPv6:2001:db8::5]',
      fields: { 'source.ip': '2001:db8::5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 sm-mta[55]: 4AMDa0xx000055: pc.example [203.0.113.5] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_protocol_error' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 sm-mta[55]: 4AMDa0xx000055: pc.example [203.0.113.5]: possible SMTP attack: command=AUTH, count=5',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_protocol_error' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 sendmail[55]: 4AMDa0xx000055: from=<ann@far.example>, size=811, class=0, nrcpts=1, msgid=<x@far.example>, proto=ESMTP, daemon=MTA, relay=mail.far.example [203.0.113.8]',
      fields: { 'source.ip': '203.0.113.8', 'event.outcome': undefined },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 sm-mta[55]: 4AMDa0xx000055: ruleset=check_rcpt, arg1=<x',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 sm-mta[55]: 4AMDa0xx000055: ruleset=check_rcpt, arg1=<x, relay=[192.0.2.1]@far.example>, relay=[203.0.113.5], reject=553 5.1.8 <x, relay=[192.0.2.1]@far.example>... no such domain',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
