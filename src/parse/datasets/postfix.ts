import { defineDataset } from '../dataset.ts';
import { postfixMessages } from '../pieces/postfix.ts';

/** Instances (postmulti), as many name theirs, and the services of master.cf; a service may name its daemon: `postfix/submission/smtpd`. */
const instances = ['postfix', 'postfix-in', 'postfix-out', 'postfix-incoming', 'postfix-outgoing'];
const doors = ['smtp', 'smtps', 'submission', 'submissions'];
const daemons = [
  'anvil',
  'bounce',
  'cleanup',
  'discard',
  'dnsblog',
  'error',
  'flush',
  'lmtp',
  'local',
  'master',
  'oqmgr',
  'pickup',
  'pipe',
  'policyd-spf',
  'postdrop',
  'postfix-script',
  'postmap',
  'postqueue',
  'postscreen',
  'postsuper',
  'proxymap',
  'qmgr',
  'qmqpd',
  'relay/smtp',
  'scache',
  'sendmail',
  'showq',
  'smtp',
  'smtpd',
  'smtp/smtp',
  'amavis/smtp',
  'tlsmgr',
  'tlsproxy',
  'trivial-rewrite',
  'verify',
  'virtual',
  ...doors.map((door) => `${door}/smtpd`),
];
const programs = ['postfix', ...instances.flatMap((instance) => daemons.map((daemon) => `${instance}/${daemon}`))];

export default defineDataset({
  name: 'postfix',
  source: 'Postfix: smtpd(8), smtpd.c, smtpd_sasl_glue.c, postscreen(8), cleanup(8), smtp(8), anvil(8)',
  programs,
  messages: postfixMessages,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: warning: unknown[203.0.113.5]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=info@shop.example',
      fields: {
        'log.level': 'warning',
        'source.ip': '203.0.113.5',
        'source.domain': undefined,
        'user.name': 'info@shop.example',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/submission/smtpd[801]: NOQUEUE: reject: RCPT from mail.spam.example[2001:db8::5]: 554 5.7.1 <bob@shop.example>: Relay access denied; from=<eve@spam.example> to=<bob@shop.example> proto=ESMTP helo=<mail.spam.example>',
      fields: {
        'source.ip': '2001:db8::5',
        'source.domain': 'mail.spam.example',
        'event.action': 'mail_rejected',
        'event.code': '554',
        'event.reason': '5.7.1 <bob@shop.example>: Relay access denied',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: 4ABCD12345: client=pc.example[203.0.113.8]:50122, sasl_method=PLAIN, sasl_username=bob@shop.example',
      fields: { 'user.name': 'bob@shop.example', 'source.port': 50122, 'event.outcome': 'success', 'event.reason': 'PLAIN' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/smtp[802]: 4ABCD12345: to=<ann@far.example>, relay=mx.far.example[198.51.100.25]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=2.0.0, status=sent (250 2.0.0 Ok)',
      fields: {
        'destination.ip': '198.51.100.25',
        'destination.port': 25,
        'destination.domain': 'mx.far.example',
        'event.reason': 'sent',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: disconnect from unknown[203.0.113.5] ehlo=1 auth=0/3 quit=1 commands=2/5',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: disconnect from pc.example[203.0.113.8] ehlo=2 auth=1 mail=1 quit=1 commands=5',
      fields: { 'source.ip': '203.0.113.8', 'event.outcome': undefined, 'event.action': 'mail_disconnect' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: warning: hostname pc.example does not resolve to address 203.0.113.5: Name or service not known',
      fields: { 'source.ip': '203.0.113.5', 'source.domain': 'pc.example', 'event.action': 'mail_name_mismatch' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: warning: hostname a does not resolve to address 192.0.2.1: x.example does not resolve to address 203.0.113.5',
      fields: { 'source.ip': '192.0.2.1' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/postscreen[77]: PREGREET 14 after 0.1 from [203.0.113.5]:59415: EHLO mail\\r\\n',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 59415, 'event.action': 'mail_protocol_error' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 postfix/anvil[9]: statistics: max connection rate 1/60s for (smtp:203.0.113.5) at Nov 22 13:32:00',
      fields: { 'event.action': undefined },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: warning: unknown[203.0.113.5]: SASL LOGIN authentication failed: Connection lost to authentication server',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: NOQUEUE: reject: RCPT from',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: NOQUEUE: reject: RCPT from unknown[203.0.113.5]: 504 5.5.2 <x from mail.example[192.0.2.1]>: Helo command rejected: need fully-qualified hostname; from=<a@b.example> to=<c@d.example> proto=SMTP helo=<x from mail.example[192.0.2.1]>',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 postfix/cleanup[801]: 4ABCD12345: reject: header Subject: win from mail.example[192.0.2.1] now from unknown[203.0.113.5]; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<b>: 5.7.1 no',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 postfix/smtpd[801]: warning: non-SMTP command from unknown[203.0.113.5]: warning: mail.example[192.0.2.1]: SASL LOGIN authentication failed: x',
      fields: { 'source.ip': '203.0.113.5', 'event.category': ['network'] },
    },
  ],
});
