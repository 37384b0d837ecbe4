import { defineDataset } from '../dataset.ts';
import { ip, longest, number, oneOf, optional, pattern, rest, skip, withinUpTo } from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailRejected } from '../pieces/mail.ts';

const more = skip('rest');
/** The user may hold colons; the address is what stands last. */
const who = pattern`${longest('user.name')}:${oneOf([ip('source', 'rest')], pattern`${more}`)}`;
const count = optional(pattern`${number()}.${number()} `);

export default defineDataset({
  name: 'vpopmail',
  source: 'vpopmail: vchkpw.c; qmail: rblsmtpd, tcpserver(1)',
  programs: [
    'vpopmail',
    'vchkpw',
    'vchkpw-smtp',
    'vchkpw-submission',
    'vchkpw-smtps',
    'vchkpw-pop3',
    'vchkpw-pop3s',
    'vchkpw-imap',
    'qmail',
    'qmail-smtpd',
    'tcpserver',
    'rblsmtpd',
  ],
  messages: [
    pattern`vchkpw-${skip('word')} ${oneOf(
      pattern`vpopmail user not found ${who}${mailLoginFailed}`,
      pattern`password fail ${optional(pattern`(pass: '${skip('last')}') `)}${who}${mailLoginFailed}`,
      pattern`null password given ${who}${mailLoginFailed}`,
      pattern`no ${skip('first')} access for ${who}${mailLoginFailed}`,
      pattern`system user not found ${who}${mailLoginFailed}`,
      pattern`system password fail ${who}${mailLoginFailed}`,
      pattern`system user ${longest('user.name')} does not exist${more}${mailLoginFailed}`,
      pattern`invalid user/domain characters ${who}${mailLoginFailed}`,
      pattern`(${skip('word')} login success ${who}${mailLogin}`,
      pattern`login success ${who}${mailLogin}`,
    )}`,
    pattern`${count}rblsmtpd: ${ip('source')} pid ${number('process.pid')} ${rest('event.reason')}${mailRejected}`,
    pattern`${count}qmail-smtpd: ${number()} badiprbl: ip ${ip('source')} rbl: ${rest('event.reason')}${mailRejected}`,
    pattern`${count}${optional(pattern`tcpserver: `)}${oneOf(
      pattern`deny ${number()} ${skip('word')} ${withinUpTo(' ', [oneOf(pattern`${skip('first')}:${ip('source', 'first')}:${more}`, pattern`:${ip('source', 'last')}::${more}`)])}${more}${mailRejected}`,
      pattern`pid ${number('process.pid')} from ${ip('source')}${more}`,
    )}`,
  ],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 mx1 vpopmail[55]: vchkpw-smtp: password fail (pass: 'x') eve@shop.example:203.0.113.5",
      fields: { 'user.name': 'eve@shop.example', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 qmail: 1795354560.485077 rblsmtpd: 203.0.113.5 pid 55 451 http://rbl.example/203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 vpopmail[55]: vchkpw-pop3: password fail',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 vpopmail[55]: vchkpw-pop3: vpopmail user not found x:192.0.2.1:203.0.113.5',
      fields: { 'user.name': 'x:192.0.2.1', 'source.ip': '203.0.113.5' },
    },
  ],
});
