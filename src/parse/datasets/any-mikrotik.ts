import { defineDataset } from '../dataset.ts';
import { type Element, ip, longest, number, oneOf, optional, pattern, type Side, set, skip, stamp, upTo } from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent, sessionEvent } from '../pieces/outcomes.ts';

/** `192.0.2.1:443`, `[2001:db8::1]:443` or an address alone. */
function endpoint(side: Side, literal: '->' | ','): Element {
  const port = number(`${side}.port`);
  return literal === '->'
    ? oneOf(pattern`[${ip(side, 'first')}]:${port}->`, pattern`${ip(side, 'first')}:${port}->`, pattern`${ip(side, 'first')}->`)
    : oneOf(pattern`[${ip(side, 'first')}]:${port},`, pattern`${ip(side, 'first')}:${port},`, pattern`${ip(side, 'first')},`);
}

/** The topics of a message, `system,error,critical `, and before them the device's name or, on its console, the time. */
const topics = oneOf(
  pattern`${upTo(', ')},${upTo(' ')} `,
  pattern`${oneOf(pattern`${stamp('clock')}`, [upTo(' ', 'host.name')])} ${upTo(', ')},${upTo(' ')} `,
);
const from = pattern` from ${ip('source')}${optional(pattern` via ${upTo(' ', 'event.reason')}`)}`;
const dataset = set({ 'log.dataset': 'mikrotik' });

export default defineDataset({
  name: 'mikrotik',
  source: 'https://help.mikrotik.com/docs/spaces/ROS/pages/328094/Log',
  programs: ['*'],
  messages: [
    pattern`${topics}login failure for user ${longest('user.name')}${from}${loginFailure('login')}${dataset}${skip('rest')}`,
    pattern`${topics}user ${longest('user.name')} logged in${from}${loginSuccess('login')}${dataset}${skip('rest')}`,
    pattern`${topics}user ${longest('user.name')} logged out${from}${sessionEvent('logout')}${dataset}${skip('rest')}`,
    pattern`login failure for user ${longest('user.name')} from ${ip('source')} via ${loginFailure('login')}${skip('rest')}`,
    pattern`${skip('first')} in:${skip('first')} out:${skip('first')} proto ${upTo(', ', 'network.transport')}${oneOf(pattern`, `, pattern` (${skip('first')}), `)}${endpoint('source', '->')}${endpoint('destination', ',')}${networkEvent('firewall_log')}${dataset}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.5+00:00 gate system,error,critical login failure for user admin from 203.0.113.5 via winbox',
      fields: { 'user.name': 'admin', 'source.ip': '203.0.113.5', 'event.outcome': 'failure', 'log.dataset': 'mikrotik' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.5+00:00 gate firewall,info drop-in input: in:ether1 out:(unknown 0), connection-state:new src-mac 00:17:10:88:bc:02, proto TCP (SYN), 203.0.113.5:59388->192.0.2.10:23, len 40',
      fields: {
        'source.ip': '203.0.113.5',
        'source.port': 59388,
        'destination.port': 23,
        'network.transport': 'TCP',
      },
    },
    {
      kind: 'good',
      line: '13:36:00 system,error,critical login failure for user admin from 203.0.113.5 via ssh',
      fields: { 'host.name': undefined, 'source.ip': '203.0.113.5', 'user.name': 'admin', 'log.dataset': 'mikrotik' },
    },
    {
      kind: 'good',
      line: 'nov/22/2026 13:36:00 system,info,account user admin logged in from 203.0.113.5 via winbox',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'source.ip': '203.0.113.5', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:00.5+00:00 gate system,error,critical login failure for user admin',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:00.5+00:00 gate system,error,critical login failure for user x from 192.0.2.1 via ssh from 203.0.113.5 via ssh',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x from 192.0.2.1 via ssh' },
    },
  ],
});
