import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, optional, pattern, rest, set, skip, upTo, withinUpTo } from '../pattern.ts';
import { loginFailure, networkEvent, sessionEvent } from '../pieces/outcomes.ts';

const address = oneOf(
  pattern`[AF_INET]${ip('source', 'last')}:${number('source.port')}`,
  pattern`[AF_INET6]${ip('source', 'last')}:${number('source.port')}`,
  pattern`${ip('source', 'last')}:${number('source.port')}`,
);
/** `eve/192.0.2.1:1194`, where the name stands once the peer has shown a certificate. */
const peer = withinUpTo(' ', [oneOf([address], pattern`${upTo('/', 'user.name')}/${address}`)]);
const peerAtEnd = withinUpTo(' ,', [address]);
const reason = rest('event.reason');
const dataset = set({ 'log.dataset': 'openvpn' });

const badPeer = networkEvent('vpn_rejected');
const failure = loginFailure('vpn_login');

/** What is said of a peer, behind its address. */
const said = oneOf(
  pattern`TLS Auth Error: ${reason}${failure}`,
  pattern`VERIFY ERROR: ${reason}${failure}`,
  pattern`PLUGIN_CALL: ${reason}${failure}`,
  pattern`AUTH: Received control message: AUTH_FAILED${skip('rest')}${failure}`,
  pattern`TLS Error: ${reason}${badPeer}`,
  pattern`TLS_ERROR: ${reason}${badPeer}`,
  pattern`OpenSSL: error${reason}${badPeer}`,
  pattern`WARNING: Bad encapsulated packet length${skip('rest')}${badPeer}`,
  pattern`Authenticate/Decrypt packet error: ${reason}${badPeer}`,
  pattern`SIGUSR1[soft,${reason}${sessionEvent('vpn_restart')}`,
  pattern`SIGTERM[soft,${reason}${sessionEvent('vpn_end')}`,
  pattern`Connection reset, restarting ${skip('rest')}${sessionEvent('vpn_reset')}`,
  pattern`[${optional(pattern`${upTo(']', 'user.name')}`)}] Peer Connection Initiated with ${skip('rest')}${sessionEvent('vpn_start')}`,
  pattern`TLS: Initial packet from ${skip('rest')}${sessionEvent('vpn_connect')}`,
  pattern`TCP connection established with ${skip('rest')}${sessionEvent('vpn_connect')}`,
);

export default defineDataset({
  name: 'openvpn',
  source: 'OpenVPN: src/openvpn/ssl.c, ssl_verify.c, forward.c, multi.c; its processes bear the names of their configurations',
  programs: ['*'],
  messages: [
    pattern`${peer} ${said}${dataset}`,
    pattern`TLS Error: ${skip('last')} from ${peerAtEnd}${skip('rest')}${badPeer}${dataset}`,
    pattern`Authenticate/Decrypt packet error: ${skip('last')} from ${peerAtEnd}${skip('rest')}${badPeer}${dataset}`,
    pattern`TCP connection established with ${peerAtEnd}${skip('rest')}${sessionEvent('vpn_connect')}${dataset}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate ovpn-server[901]: 203.0.113.5:64480 TLS Auth Error: Auth Username/Password verification failed for peer',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 64480, 'event.outcome': 'failure', 'log.dataset': 'openvpn' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate openvpn[901]: eve/203.0.113.5:64480 SIGUSR1[soft,connection-reset] received, client-instance restarting',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate openvpn[901]: TLS Error: cannot locate HMAC in incoming packet from [AF_INET]203.0.113.5:55340',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 55340, 'event.action': 'vpn_rejected' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 gate openvpn[901]: 203.0.113.5:64480 TLS', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate openvpn[901]: 203.0.113.5:64480 VERIFY ERROR: depth=0, error=x: CN=[AF_INET]192.0.2.1:1 TLS Error: y from [AF_INET]192.0.2.1:1',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 64480, 'event.outcome': 'failure' },
    },
  ],
});
