import { defineFormat } from '../format.ts';
import { ip, number, oneOf, pattern, rest, set, skip, stamp, upTo, withinUpTo } from '../pattern.ts';
import { mailLoginFailed } from '../pieces/mail.ts';

const more = skip('rest');
/** `192.0.2.10:143`, or `[2001:db8::1]:143`. */
const server = withinUpTo(',', [
  oneOf(
    pattern`[${ip('destination', 'first')}]:${number('destination.port')}`,
    pattern`${ip('destination', 'last')}:${number('destination.port')}`,
  ),
]);
const client = withinUpTo(',', [
  oneOf(pattern`[${ip('source', 'first')}]:${number('source.port')}`, pattern`${ip('source', 'last')}:${number('source.port')}`),
]);
/** What the server answered; a client's words come in commands, which are marked otherwise. */
const smtp = pattern`${upTo(',')},${upTo(',')},${number()},${server},${client},${oneOf(
  pattern`>,535 ${rest('event.reason')}${mailLoginFailed}`,
  [more],
)}${set({ 'log.dataset': 'exchange.smtp' })}`;
const imapOrPop = pattern`${upTo(',')},${number()},${server},${client},${oneOf(
  pattern`${upTo(',', 'user.name')},${number()},${number()},${number()},`,
  pattern`,${number()},${number()},${number()},`,
)}${oneOf(
  pattern`${oneOf(pattern`auth`, pattern`login`, pattern`pass`)}${skip('first')}ErrMsg=AuthFailed${more}${mailLoginFailed}`,
  pattern`${oneOf(pattern`auth`, pattern`login`, pattern`pass`)}${skip('first')}NO AUTHENTICATE failed${more}${mailLoginFailed}`,
  [more],
)}${set({ 'log.dataset': 'exchange.imap' })}`;

export default defineFormat({
  name: 'exchange',
  title: "Exchange's protocol logs of SMTP, IMAP and POP",
  source: 'Exchange Server documentation: "Protocol logging", "IMAP4 and POP3 protocol logging"',
  rank: 61,
  pattern: pattern`${stamp('rfc3339')},${oneOf(imapOrPop, smtp)}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.530Z,000000000000000E,2,192.0.2.10:143,203.0.113.5:4022,eve,168,31,31,authenticate,PLAIN,"R=""2 NO AUTHENTICATE failed."";Msg=""AuthFailed:LogonDenied,User: eve"";ErrMsg=AuthFailed:LogonDenied",',
      fields: {
        timestamp: '2026-11-22T13:36:00.530Z',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'destination.port': 143,
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.270Z,MX1\\Default Frontend MX1,08DA4F7C11473A60,9,192.0.2.10:25,[2001:db8::5]:4022,>,535 5.7.3 Authentication unsuccessful,',
      fields: { 'log.dataset': 'exchange.smtp', 'source.ip': '2001:db8::5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:00.270Z,MX1\\Default Frontend MX1,08DA4F7C11473A60,0,192.0.2.10:25,203.0.113.5:4022,+,,',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:00.270Z,MX1\\Default Frontend MX1,08DA4F7C11473A60,9,192.0.2.10:25,203.0.113.5:4022,<,"EHLO x,192.0.2.1:1,>,535 5.7.3 no",',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
  ],
});
