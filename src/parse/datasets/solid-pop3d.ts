import { defineDataset } from '../dataset.ts';
import { ip, longest, oneOf, pattern, skip } from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailSessionEnd, mailSessionStart } from '../pieces/mail.ts';

const refusals = oneOf(
  pattern`authentication failed: no such user: `,
  pattern`authentication failed: can't map user name: `,
  pattern`authentication failed for user `,
  pattern`authentication failed for mapped user `,
  pattern`APOP authentication failed for user `,
  pattern`can't find APOP secret for user `,
);

export default defineDataset({
  name: 'solid-pop3d',
  source: 'solid-pop3d: src/main.c, log_* options',
  programs: ['solid-pop3d', 'spop3d'],
  messages: [
    pattern`${refusals}${longest('user.name')} - ${ip('source')}${mailLoginFailed}${skip('rest')}`,
    pattern`root login not allowed - ${ip('source')}${mailLoginFailed}${skip('rest')}`,
    pattern`user ${longest('user.name')} authenticated - ${ip('source')}${mailLogin}${skip('rest')}`,
    pattern`connect from ${ip('source')}${mailSessionStart}${skip('rest')}`,
    pattern`session ended for user ${longest('user.name')} - ${ip('source')}${mailSessionEnd}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 solid-pop3d[55]: authentication failed for user eve - 203.0.113.5',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 solid-pop3d[55]: connect from 203.',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 solid-pop3d[55]: authentication failed: no such user: x - 192.0.2.1 - 203.0.113.5',
      fields: { 'user.name': 'x - 192.0.2.1', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
