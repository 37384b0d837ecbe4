import { defineDataset } from '../dataset.ts';
import { ip, longest, number, oneOf, optional, pattern, rest, skip, upTo } from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent } from '../pieces/outcomes.ts';

/** `06[NET] <84> `: a thread, which sees a packet through, a group, and the connection. */
const before = pattern`${number('process.thread.id')}[${upTo(']', 'log.logger')}] ${optional(pattern`<${skip('first')}> `)}`;
const failure = loginFailure('vpn_login');

/** The peer is the source and this host the destination, whichever way a packet goes. */
const peer = pattern`${ip('source', 'first')}[${number('source.port')}]`;
const here = pattern`${ip('destination', 'first')}[${number('destination.port')}]`;

export default defineDataset({
  name: 'strongswan',
  source: 'strongSwan: src/libcharon/network/sender.c, receiver.c, sa/ikev2/tasks/ike_auth.c, eap_mschapv2.c',
  programs: ['charon', 'charon-systemd', 'ipsec', 'charon-custom'],
  session: 'process.thread.id',
  messages: [
    pattern`${before}${oneOf(
      pattern`sending packet: from ${here} to ${peer}${networkEvent('ike_packet')}`,
      pattern`received packet: from ${peer} to ${here}${networkEvent('ike_packet')}`,
      pattern`${ip('source')} is initiating ${networkEvent('ike_start')}`,
      pattern`deleting half open IKE_SA with ${ip('source')} after ${networkEvent('ike_timeout')}`,
      pattern`no EAP key found for hosts '${skip('first')}' - '${longest('user.name')}'${failure}`,
      pattern`EAP-MS-CHAPv2 username: '${longest('user.name')}'`,
      pattern`EAP-MS-CHAPv2 verification failed${failure}`,
      pattern`EAP method ${upTo(' ')} failed for peer ${rest('user.name')}${failure}`,
      pattern`authentication of '${longest('user.name')}' with ${oneOf(pattern`${skip('last')} successful${loginSuccess('vpn_login')}`, pattern`${skip('last')} failed${failure}`)}`,
      pattern`no IKE config found for ${skip('first')}...${ip('source', 'first')}, ${networkEvent('ike_refused')}`,
      pattern`received AUTHENTICATION_FAILED${failure}`,
    )}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate charon[15894]: 06[NET] <con1|83> received packet: from 203.0.113.5[28808] to 192.0.2.1[4500] (144 bytes)',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 28808, 'destination.ip': '192.0.2.1', 'log.logger': 'NET' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 gate charon: 06[IKE] <con1|83> no EAP key found for hosts 'gate.example' - 'eve'",
      fields: { 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 gate charon: 06[NET] received packet: from 203',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 gate charon: 06[IKE] <1> EAP-MS-CHAPv2 username: 'x' received packet: from 192.0.2.1[1] to 192.0.2.2[2]'",
      fields: { 'source.ip': undefined },
    },
  ],
});
