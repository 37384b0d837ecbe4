import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, optional, type Pattern, pattern, skip, withinUpTo } from '../pattern.ts';
import { courierMessages, cyrusMessages, uwMessages } from '../pieces/imap.ts';
import { mailLoginFailed, mailRejected } from '../pieces/mail.ts';

/** What turns a mail away repeats what the client has said, behind the address. */
const smtp: readonly Pattern[] = [
  pattern`error,relay=${withinUpTo(',', [ip('source', 'rest')])}${optional(pattern`,port=${number('source.port')}`)}${oneOf(
    pattern`,msg="535${skip('rest')}${mailLoginFailed}`,
    pattern`,${skip('rest')}${mailRejected}`,
    [skip('rest')],
  )}`,
  pattern`started,ip=[${ip('source', 'first')}]${optional(pattern`,port=[${number('source.port')}]`)}${skip('rest')}`,
];

export default defineDataset({
  name: 'courier',
  source: 'courier: imaplogin.c, pop3login.c, courieresmtpd (submit.C); the programs that share their names',
  programs: [
    'imapd',
    'imapd-ssl',
    'pop3d',
    'pop3d-ssl',
    'ipop3d',
    'imaplogin',
    'pop3login',
    'courierimaplogin',
    'courierpop3login',
    'courieresmtpd',
    'courieresmtpd-ssl',
    'courieresmtpd-msa',
    'courierd',
    'courier-imapd',
    'courier-pop3d',
    'authdaemond',
  ],
  messages: [...courierMessages, ...cyrusMessages, ...uwMessages, ...smtp],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 imapd: LOGIN FAILED, user=eve, ip=[::ffff:203.0.113.5], port=[4022]',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 pop3d-ssl: LOGIN FAILED, method=PLAIN, ip=[2001:db8::5]',
      fields: { 'source.ip': '2001:db8::5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 pop3d: LOGIN, user=bob@shop.example, ip=[::ffff:203.0.113.8], port=[50122]',
      fields: { 'user.name': 'bob@shop.example', 'source.ip': '203.0.113.8', 'event.outcome': 'success' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 courieresmtpd: error,relay=::ffff:203.0.113.5,port=4022,msg="535 Authentication failed.",cmd: AUTH LOGIN ZXZl',
      fields: {
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'event.outcome': 'failure',
        'event.category': ['authentication'],
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 courieresmtpd: error,relay=203.0.113.5,from=<a@b.example>,to=<no@shop.example>: 550 User unknown.',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_rejected' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 mx1 imapd: LOGOUT, ip=[203.', fields: { 'user.name': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 imapd: LOGIN FAILED, user=x, ip=[192.0.2.1], ip=[203.0.113.5]',
      fields: { 'user.name': 'x, ip=[192.0.2.1]', 'source.ip': '203.0.113.5' },
    },
  ],
});
