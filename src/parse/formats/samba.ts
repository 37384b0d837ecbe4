import { defineFormat } from '../format.ts';
import { message, number, oneOf, optional, pattern, set, skip, stamp, within, withinUpTo } from '../pattern.ts';
import { sambaAuth } from '../pieces/samba.ts';

/** `[2026/11/22 13:36:00.123456,  3, pid=55] ../../auth/auth_log.c:635(log_event)`; what it says follows on lines of its own. */
const head = pattern`[${stamp('slashed')}, ${skip('blanks')}${number()}${skip('first')}] ${withinUpTo('(', [skip('rest')])}(${skip('first')})`;

export default defineFormat({
  name: 'samba',
  title: 'Samba log files',
  source: 'Samba: lib/util/debug.c (dbghdrclass); auth/auth_log.c',
  rank: 63,
  joins: ['  '],
  pattern: [
    oneOf(
      pattern`${head}${optional(pattern`\n`)}${set({ 'log.dataset': 'samba' })}${skip('blanks')}${message()}`,
      pattern`${within('rest', sambaAuth, 'message')}${set({ 'log.dataset': 'samba' })}`,
    ),
  ],
  samples: [
    {
      kind: 'good',
      line: '[2026/11/22 13:36:00.123456,  3] ../../auth/auth_log.c:635(log_authentication_event_human_readable)  Auth: [SMB2,(null)] user [WORK]\\[eve] at [Sun, 22 Nov 2026 13:36:00.123456 UTC] with [NTLMv2] status [NT_STATUS_WRONG_PASSWORD] workstation [PC] remote host [ipv4:203.0.113.5:4022] mapped to [WORK]\\[eve]. local host [ipv4:192.0.2.10:445]',
      fields: { 'log.dataset': 'samba', 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Auth: [SMB2,(null)] user [WORK]\\[eve] at [Sun, 22 Nov 2026 13:36:00.123456 UTC] with [NTLMv2] status [NT_STATUS_OK] workstation [PC] remote host [ipv4:203.0.113.8:50122] became [WORK]\\[eve] [S-1-5]. local host [ipv4:192.0.2.10:445]',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'user.name': 'eve',
        'source.ip': '203.0.113.8',
        'event.outcome': 'success',
      },
    },
    {
      kind: 'malformed',
      line: '[2026/11/22 13:36:00.123456,  0, pid=55] ../../source3/smbd/server.c:1741(main)',
      fields: { 'log.dataset': 'samba', 'source.ip': undefined, message: undefined },
    },
    {
      kind: 'hostile',
      line: 'Auth: [SMB2,(null)] user [x]\\[y] at [Sun, 22 Nov 2026 13:36:00.123456 UTC] with [NTLMv2] status [NT_STATUS_NO_SUCH_USER] workstation [z] remote host [ipv4:203.0.113.5:4022] mapped to [x] remote host [ipv4:192.0.2.1:1]\\[y]. local host [ipv4:192.0.2.10:445]',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
