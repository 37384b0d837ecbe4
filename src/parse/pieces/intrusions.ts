import {
  anyWord,
  end,
  ip,
  number,
  oneOf,
  type Pattern,
  pattern,
  type Side,
  skip,
  text,
  upTo,
  within,
  withinUpTo,
} from '../pattern.ts';
import { networkEvent } from './outcomes.ts';

/** `192.0.2.1:22`, `2001:db8::1:22` or an address alone (ICMP): what stands behind the last colon is the port. */
function endpoint(side: Side): Pattern {
  return [oneOf(pattern`${ip(side, 'last')}:${number(`${side}.port`)}${end()}`, [ip(side, 'rest')])];
}

const priority = withinUpTo(']', [
  anyWord({ 1: { 'log.level': 'error' }, 2: { 'log.level': 'warning' }, 3: { 'log.level': 'notice' } }, 'rest'),
]);

/**
 * `[1:2008578:4] TEXT [Classification: …] [Priority: 2] {UDP} 192.0.2.1:5116 -> 192.0.2.2:5060`. The sensor's own rules
 * word the text, and nothing of a packet stands in it. Source: Snort alert_fast; Suricata fast.log.
 */
export const intrusionAlert: Pattern = pattern`[${upTo(']', 'rule.id')}] ${text('rule.name')} [${skip('first')}riority: ${priority}]${skip('first')}{${upTo('}', 'network.transport')}} ${within('first', endpoint('source'))} -> ${within('word', endpoint('destination'))}${networkEvent('intrusion_alert')}${skip('rest')}`;
