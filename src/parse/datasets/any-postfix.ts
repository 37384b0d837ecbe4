import { defineDataset } from '../dataset.ts';
import { set } from '../pattern.ts';
import { ownPostfixMessages } from '../pieces/postfix.ts';

/** Instances and services of Postfix may have any name, and containers of mail servers have theirs. */
export default defineDataset({
  name: 'any-postfix',
  source: 'Postfix: master(5), postmulti(1): syslog_name',
  programs: ['*'],
  messages: ownPostfixMessages.map((words) => [...words, set({ 'log.dataset': 'postfix' })]),
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 edge-7/submission/smtpd[801]: warning: unknown[203.0.113.5]:4022: SASL PLAIN authentication failed: generic failure',
      fields: { 'log.dataset': 'postfix', 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 edge-7/smtpd[801]: NOQUEUE: reject: RCPT from unknown[203.0.113.5]: 454 4.7.1 <a@b.example>: Relay access denied; from=<c@d.example> to=<a@b.example> proto=ESMTP helo=<x>',
      fields: { 'log.dataset': 'postfix', 'source.ip': '203.0.113.5', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 edge-7/smtpd[801]: warning: something else',
      fields: { 'log.dataset': undefined, 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 edge-7/smtpd[801]: NOQUEUE: reject: EHLO from unknown[203.0.113.5]: 501 5.5.2 <x: reject: RCPT from a[192.0.2.1]>: bad; proto=SMTP helo=<x>',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
