import { defineDataset } from '../dataset.ts';
import { ip, oneOf, pairs, pattern, rest, skip } from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailRejected, mailSessionEnd, mailSessionStart } from '../pieces/mail.ts';

/** `9f8e7d smtp `: the session's id and the part of the server. */
const session = pattern`${skip('word')} smtp `;
/** OpenSMTPD writes commands and results in quotes, and escapes what a client puts into them. */
const said = pairs({
  address: [oneOf(pattern`IPv6:${ip('source', 'rest')}`, pattern`[${ip('source', 'first')}]`, [ip('source', 'rest')])],
  user: [rest('user.name')],
  username: [rest('user.name')],
  result: [
    oneOf(pattern`permfail${mailLoginFailed}`, pattern`tempfail${mailLoginFailed}`, pattern`ok${mailLogin}`, [
      rest('event.reason'),
    ]),
  ],
  reason: [rest('event.reason')],
});

/** The address is there in older versions only, before the words of the client. */
const failedCommand = pairs({
  address: [ip('source', 'rest')],
  result: [oneOf(pattern`535 ${rest('event.reason')}${mailLoginFailed}`, pattern`${rest('event.reason')}${mailRejected}`)],
});

export default defineDataset({
  name: 'opensmtpd',
  source: 'OpenSMTPD: usr.sbin/smtpd/smtp_session.c (log_info)',
  programs: ['smtpd'],
  messages: [
    pattern`${session}authentication ${said}`,
    pattern`${session}event=authentication ${said}`,
    pattern`${session}failed-command ${failedCommand}`,
    pattern`${session}event=failed-command ${failedCommand}`,
    pattern`${session}connected ${pairs({ address: [ip('source', 'rest')] })}${mailSessionStart}`,
    pattern`${session}event=connected ${pairs({ address: [ip('source', 'rest')] })}${mailSessionStart}`,
    pattern`${session}disconnected ${pairs({ reason: [rest('event.reason')] })}${mailSessionEnd}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 smtpd[55]: 9f8e7d6c5b4a3928 smtp connected address=203.0.113.5 host=pc.example',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'mail_connect' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 smtpd[55]: 9f8e7d6c5b4a3928 smtp authentication user=eve address=203.0.113.5 host=pc.example result=permfail',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 smtpd[55]: 9f8e7d6c5b4a3928 smtp failed-command command="AUTH LOGIN" result="535 Authentication failed"',
      fields: { 'event.outcome': 'failure', 'event.category': ['authentication'] },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 mx1 smtpd[55]: 9f8e7d6c5b4a3928 smtp', fields: { 'event.outcome': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 smtpd[55]: 9f8e7d6c5b4a3928 smtp failed-command address=203.0.113.5 host=pc.example command="MAIL x address=192.0.2.1" result="500 5.5.1 Invalid command"',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
