import { defineDataset } from '../dataset.ts';
import { number, pattern, skip } from '../pattern.ts';
import { dropbearMessage } from '../pieces/dropbear.ts';

/** With its own clock, when it logs to its error output: `[825] Nov 22 13:36:00 `. */
const stamped = pattern`[${number()}] ${skip('word')} ${skip('blanks')}${skip('word')} ${skip('word')} `;

export default defineDataset({
  name: 'dropbear',
  source: 'dropbear: svr-auth.c, svr-authpasswd.c, svr-authpubkey.c, svr-session.c',
  programs: ['dropbear'],
  messages: [dropbearMessage, [...stamped, ...dropbearMessage]],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 router dropbear[4092]: Bad password attempt for 'root' from 203.0.113.5:5543",
      fields: { 'user.name': 'root', 'source.ip': '203.0.113.5', 'source.port': 5543, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 router dropbear[4092]: Exit before auth from <203.0.113.5:5543>: (user 'root', 10 fails): Max auth tries reached - user 'root'",
      fields: { 'user.name': 'root', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 router dropbear[4092]: Pubkey auth succeeded for 'eve' with ssh-ed25519 key SHA256:x from 2001:db8::5:5543",
      fields: { 'user.name': 'eve', 'source.ip': '2001:db8::5', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 router dropbear[4092]: Exit before auth from <203.0.113.5',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 router dropbear[4092]: Bad password attempt for 'x' from 192.0.2.1:1' from 203.0.113.5:5543",
      fields: { 'user.name': "x' from 192.0.2.1:1", 'source.ip': '203.0.113.5', 'source.port': 5543 },
    },
  ],
});
