import { type Element, ip, number, oneOf, type Pattern, pairs, pattern, rest, skip, within } from '../pattern.ts';
import { networkEvent, packetVerdict } from './outcomes.ts';

const denied = packetVerdict('denied');
const allowed = packetVerdict('allowed');

/** What the prefix that an administrator gave to a rule tells of it: `[UFW BLOCK]`, `Shorewall:net2fw:DROP:`. */
const verdict: Element = oneOf(
  ...['BLOCK', 'DROP', 'REJECT', 'DENY', 'reject', 'drop', 'block', 'deny'].map(
    (word) => pattern`${skip('first')}${{ kind: 'literal', text: word }}${skip('rest')}${denied}`,
  ),
  ...['ACCEPT', 'ALLOW', 'accept', 'allow'].map(
    (word) => pattern`${skip('first')}${{ kind: 'literal', text: word }}${skip('rest')}${allowed}`,
  ),
  pattern`${skip('rest')}${networkEvent('firewall_log')}`,
);

const ports = pairs({
  PROTO: [rest('network.transport')],
  SPT: [number('source.port')],
  DPT: [number('destination.port')],
});

/** The quoted packet of an ICMP error follows in brackets, and tells of another connection. */
const behindAddresses = oneOf(pattern`${within('first', [ports])} [${skip('rest')}`, [ports]);

/** A packet that iptables, nftables or ufw has logged, from the rule's prefix on. Source: Linux nf_log_syslog.c. */
export const loggedPacket: Pattern = pattern`${within('first', [verdict])} SRC=${ip('source')} DST=${ip('destination')}${behindAddresses}`;
