import { defineDataset } from '../dataset.ts';
import { end, ip, longest, number, oneOf, optional, pattern, rest, set, skip, within, word } from '../pattern.ts';
import { mailLoginFailed, mailPeer, mailRejected } from '../pieces/mail.ts';

const more = skip('rest');
const queue = pattern`${within('first', pattern`${skip('word')}${end()}`)}: `;

export default defineDataset({
  name: 'mail-filters',
  source: 'MailScanner; OpenDKIM: opendkim.c; SpamAssassin: spamd; saslauthd(8); policyd-spf; postgrey; milter-greylist',
  programs: [
    'MailScanner',
    'opendkim',
    'spamd',
    'saslauthd',
    'postgrey',
    'policyd-spf',
    'milter-greylist',
    'spamass-milter',
    'opendmarc',
    'clamav-milter',
  ],
  messages: [
    pattern`Message ${skip('word')} from ${ip('source')} (${skip('last')}) to ${word('destination.domain')} is ${rest('event.reason')}${mailRejected}`,
    pattern`Infected message ${skip('word')} came from ${oneOf([ip('source', 'rest')], [ip('source')])}${mailRejected}${more}`,
    pattern`${queue}${mailPeer} not internal${more}`,
    pattern`${queue}${mailPeer}${more}`,
    pattern`spamd: connection from ${mailPeer}${optional(pattern`:${number('source.port')}`)}${more}`,
    pattern`connection from ${mailPeer}${optional(pattern`:${number('source.port')}`)}${more}`,
    pattern`do_auth ${skip('first')} [user=${longest('user.name')}] [service=${mailLoginFailed}${more}`,
    pattern`auth_${skip('word')} user auth failed: ${rest('event.reason')}${mailLoginFailed}`,
    pattern`action=greylist, ${skip('last')}client_address=${within('first', [ip('source', 'rest')])}, ${set({ 'event.category': ['email'], 'event.action': 'mail_greylisted' })}${more}`,
    pattern`action=pass, ${skip('last')}client_address=${within('first', [ip('source', 'rest')])}, ${more}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 MailScanner[55]: Message 4abC5d from 203.0.113.5 (eve@far.example) to shop.example is spam, SpamAssassin (score=9)',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 saslauthd[55]: do_auth         : auth failure: [user=eve] [service=smtp] [realm=] [mech=pam] [reason=PAM auth error]',
      fields: { 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 opendkim[55]: 4ABCD12345: pc.example [203.0.113.5] not internal',
      fields: { 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 MailScanner[55]: Message 4abC5d from 203.',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 MailScanner[55]: Message 4abC5d from 203.0.113.5 (x from 192.0.2.1 (y) to z is spam) to shop.example is spam (listed)',
      fields: { 'source.ip': '203.0.113.5', 'destination.domain': 'shop.example' },
    },
  ],
});
