import { defineDataset } from '../dataset.ts';
import { ip, oneOf, pattern, rest, set, skip, text } from '../pattern.ts';
import { loginFailure } from '../pieces/outcomes.ts';

const blocked = set({ 'event.category': ['intrusion_detection'], 'event.action': 'ban' });

export default defineDataset({
  name: 'lfd',
  source: 'ConfigServer Firewall (csf): lfd.pl',
  programs: ['lfd'],
  messages: [
    pattern`(${text('service.name')}) Failed ${skip('first')} login from ${ip('source')} (${skip('first')}): ${rest('event.reason')}${loginFailure('login')}`,
    pattern`*${text('event.reason')}* ${oneOf(pattern`${skip('first')} from `, [])}${ip('source')} ${blocked}${skip('rest')}`,
    pattern`(${text('service.name')}) ${skip('first')} ${oneOf(pattern`from `, [])}${ip('source')} (${skip('first')}): ${rest('event.reason')}${blocked}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 panel lfd[28641]: (sshd) Failed SSH login from 203.0.113.5 (DE/Germany/gate.example): 5 in the last 300 secs - *Blocked in csf* [LF_SSHD]',
      fields: { 'source.ip': '203.0.113.5', 'service.name': 'sshd', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 panel lfd[28641]: (sshd) Failed SSH login from',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 panel lfd[28641]: (sshd) Failed SSH login from 203.0.113.5 (DE/Germany/from.192.0.2.1): 5 in the last 300 secs - from 192.0.2.1',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
