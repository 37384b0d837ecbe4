import { defineDataset } from '../dataset.ts';
import { address, ip, longest, number, oneOf, oneWord, optional, pairs, pattern, rest, set, skip, upTo } from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent, packetVerdict } from '../pieces/outcomes.ts';

const dataset = set({ 'log.dataset': 'juniper' });
const flow = pattern`${ip('source', 'first')}/${number('source.port')}->${ip('destination', 'first')}/${number('destination.port')}`;
const allowed = packetVerdict('allowed');
const denied = packetVerdict('denied');

const action = oneWord({ Permit: {}, permit: {}, Tunnel: {} }, 'rest');

export default defineDataset({
  name: 'juniper',
  source: 'Junos OS System Log Explorer (RT_FLOW, RT_IDS, SSHD); ScreenOS Message Log Reference Guide (traffic, 00257)',
  programs: ['*'],
  messages: [
    pattern`${optional(pattern`RT_FLOW - `)}RT_FLOW_SESSION_CREATE${skip('first')}: session created ${flow}${dataset}${allowed}${skip('rest')}`,
    pattern`${optional(pattern`RT_FLOW - `)}RT_FLOW_SESSION_DENY${skip('first')}: session denied ${flow}${dataset}${denied}${skip('rest')}`,
    pattern`${optional(pattern`RT_FLOW - `)}RT_FLOW_SESSION_CLOSE${skip('first')}: session closed ${skip('first')}: ${flow}${dataset}${networkEvent('connection_closed')}${skip('rest')}`,
    pattern`RT_SCREEN_${upTo(':', 'event.code')}: ${skip('first')} source: ${ip('source', 'first')}:${number('source.port')}, destination: ${ip('destination', 'first')}:${number('destination.port')}, ${dataset}${networkEvent('screen')}${skip('rest')}`,
    pattern`SSHD_LOGIN_FAILED: Login failed for user '${longest('user.name')}' from host '${address('source', 'last')}'${dataset}${loginFailure('ssh_login')}${skip('rest')}`,
    pattern`LOGIN_FAILED: Login failed for user ${longest('user.name')} from host ${address('source')}${dataset}${loginFailure('login')}${skip('rest')}`,
    pattern`UI_AUTH_EVENT: Authenticated user '${longest('user.name')}' ${dataset}${loginSuccess('login')}${skip('rest')}`,
    pattern`UI_LOGIN_EVENT: User '${longest('user.name')}' login, ${dataset}${loginSuccess('login')}${skip('rest')}`,
    pattern`NetScreen device_id=${skip('first')}(traffic): ${dataset}${networkEvent('firewall_log')}${pairs({
      src: [ip('source', 'rest')],
      dst: [ip('destination', 'rest')],
      src_port: [number('source.port')],
      dst_port: [number('destination.port')],
      action: [oneOf([action, allowed], [rest(), denied])],
    })}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 RT_FLOW: RT_FLOW_SESSION_DENY: session denied 203.0.113.5/54924->192.0.2.10/53 junos-dns-udp 17(0) default-deny(global) trust',
      fields: {
        'source.ip': '203.0.113.5',
        'source.port': 54924,
        'destination.ip': '192.0.2.10',
        'destination.port': 53,
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate gate: NetScreen device_id=gate [Root]system-notification-00257(traffic): start_time="2026-11-22 13:35:00" duration=0 policy_id=120 service=udp/port:17210 proto=17 src zone=Trust dst zone=DMZ action=Deny sent=0 rcvd=0 src=203.0.113.5 dst=192.0.2.10 src_port=53 dst_port=17210',
      fields: {
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
        'destination.port': 17210,
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 gate mgd[7]: UI_AUTH_EVENT: Authenticated user 'ann' at permission level 'j-super-user'",
      fields: { 'log.dataset': 'juniper', 'user.name': 'ann', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 RT_FLOW: RT_FLOW_SESSION_DENY: session denied 203.0.113.5/54924',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 gate sshd[7]: SSHD_LOGIN_FAILED: Login failed for user 'x' from host '192.0.2.1' from host '203.0.113.5'",
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
