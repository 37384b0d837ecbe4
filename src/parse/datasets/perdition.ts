import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, pattern, quoted, skip } from '../pattern.ts';
import { mailLogin, mailLoginFailed, mailMisuse, mailSessionStart } from '../pieces/mail.ts';

/** `192.0.2.1:4022->192.0.2.10:993`. */
const ends = pattern`${ip('source', 'first')}:${number('source.port')}->${ip('destination', 'first')}:${number('destination.port')}`;
const more = skip('rest');
const daemons = ['', '.imap4', '.imap4s', '.pop3', '.pop3s', '.imap', '.imaps', '.pop', '.managesieve'];

export default defineDataset({
  name: 'perdition',
  source: 'perdition(8); perdition/perdition.c, log.c',
  programs: daemons.map((daemon) => `perdition${daemon}`),
  messages: [
    pattern`Auth: ${ends} ${skip('first')}authentication_id="${quoted('user.name')}" ${oneOf(
      pattern`${skip('last')}status="failed${more}${mailLoginFailed}`,
      pattern`${skip('last')}status="ok"${mailLogin}`,
      [more],
    )}`,
    pattern`Fail: ${ends} ${skip('first')}authentication_id="${quoted('user.name')}" ${more}${mailLoginFailed}`,
    pattern`${oneOf(pattern`Auth`, pattern`Fail`)}: ${ends}${more}`,
    pattern`Connect: ${ends}${mailSessionStart}${more}`,
    pattern`Fatal Error ${skip('first')} from client ${ends}: ${more}${mailMisuse}`,
    pattern`Fatal error ${skip('first')} client ${ends}: ${more}${mailMisuse}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 perdition.imap4s[55]: Auth: 203.0.113.5:4022->192.0.2.10:993 client-secure=ssl authorisation_id=NONE authentication_id="eve" server="imap1.example:993" protocol=IMAP4S server-secure=ssl status="failed: Re-Authentication Failure"',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.port': 4022, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 perdition.pop3[55]: Fatal Error reading authentication information from client 203.0.113.5:4022->192.0.2.10:110: Exiting child',
      fields: { 'source.ip': '203.0.113.5', 'destination.port': 110 },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 mx1 perdition[55]: Auth: 203.0.113.5', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 perdition.imap4[55]: Auth: 203.0.113.5:4022->192.0.2.10:143 client-secure=plaintext authorisation_id=NONE authentication_id="x\\" status=\\"ok" server="imap1.example:143" protocol=IMAP4 server-secure=plaintext status="failed: Re-Authentication Failure"',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
