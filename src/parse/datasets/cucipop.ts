import { defineDataset } from '../dataset.ts';
import { ip, longest, pattern } from '../pattern.ts';
import { mailLoginFailed } from '../pieces/mail.ts';

export default defineDataset({
  name: 'cucipop',
  source: 'cucipop(8); cucipop.c',
  programs: ['cucipop'],
  messages: [
    pattern`authentication failure ${longest('user.name')} ${ip('source')}${mailLoginFailed}`,
    pattern`Autologin failure ${longest('user.name')} ${ip('source')}${mailLoginFailed}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 cucipop[55]: authentication failure eve 203.0.113.5',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 cucipop[55]: authentication failure eve',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 cucipop[55]: authentication failure x 192.0.2.1 203.0.113.5',
      fields: { 'user.name': 'x 192.0.2.1', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
