import { defineDataset } from '../dataset.ts';
import { pattern, skip } from '../pattern.ts';
import { asteriskMessage } from '../pieces/asterisk.ts';

export default defineDataset({
  name: 'asterisk',
  source: 'https://docs.asterisk.org/Operation/Logging/: logger.conf, syslog channels',
  programs: ['asterisk'],
  messages: [asteriskMessage, pattern`[${skip('first')}] ${asteriskMessage}`],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 pbx asterisk[32229]: NOTICE[32257]: chan_sip.c:23417 in handle_request_register: Registration from '<sip:301@pbx.example>' failed for '203.0.113.5:36998' - Wrong password",
      fields: { 'source.ip': '203.0.113.5', 'source.port': 36998, 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 pbx asterisk[32229]: NOTICE[1]: manager.c: 203.0.113.5 failed to authenticate as 'admin'",
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'admin', 'event.outcome': 'failure' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 pbx asterisk[32229]: NOTICE[1]', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 pbx asterisk[32229]: NOTICE[1]: chan_iax2.c: Host 203.0.113.5 failed to authenticate as 'x' Host 192.0.2.1 failed to authenticate as 'y'",
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
