import { defineDataset } from '../dataset.ts';
import { uwMessages } from '../pieces/imap.ts';

export default defineDataset({
  name: 'uw-imap',
  source: 'UW IMAP toolkit: imapd.c, ipop3d.c',
  programs: ['ipop2d', 'imapsd', 'ipop3sd', 'uw-imapd', 'panda-imapd'],
  messages: uwMessages,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 ipop3d[55]: Login failed user=eve auth=eve host=pc.example [203.0.113.5]',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 imapd[55]: Login user=bob host=pc.example [203.0.113.8]',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'event.outcome': 'success' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 mx1 imapsd[55]: Login failed user=eve auth=eve host=', fields: {} },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 ipop3d[55]: Login failed user=x auth=x host=a [192.0.2.1] auth=x auth=x host=pc.example [203.0.113.5]',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
