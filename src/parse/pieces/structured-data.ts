import {
  anyWord,
  type Element,
  ip,
  number,
  oneOf,
  optional,
  type Pattern,
  pairs,
  pattern,
  rest,
  set,
  skip,
  text,
  within,
} from '../pattern.ts';
import { literal } from './login.ts';
import { networkEvent, packetVerdict } from './outcomes.ts';

/*
 * Devices that say all in the structured data of RFC 5424, and nothing in the message.
 */

const allowed = packetVerdict('allowed');
const denied = packetVerdict('denied');

/** Junos names what happened in the message id; a session that was refused has no reason for its close. */
const junos: Pattern = pattern`[junos@${skip('word')} ${pairs({
  'source-address': [ip('source', 'rest')],
  'source-port': [number('source.port')],
  'destination-address': [ip('destination', 'rest')],
  'destination-port': [number('destination.port')],
  'policy-name': [rest('rule.name')],
  'attack-name': [rest('rule.name')],
  username: [rest('user.name')],
  url: [rest('url.original')],
  action: [anyWord({ BLOCK: { 'event.action': 'firewall_denied' }, DROP: { 'event.action': 'firewall_denied' } }, 'rest')],
})}${set({ 'log.dataset': 'juniper', 'event.category': ['network'] })}`;

const checkPointAction = oneOf(
  [oneOf(pattern`Drop`, pattern`Reject`, pattern`Block`, pattern`Prevent`), skip('rest'), denied],
  [oneOf(pattern`Accept`, pattern`Allow`), skip('rest'), allowed],
  [skip('rest'), networkEvent('firewall_log')],
);

/** The next member of this name; members that are missing are passed over. */
const member = (mark: string, value: Element): Element => optional([skip('first'), literal(`${mark}:"`), value, literal('"')]);

/**
 * Check Point's Log Exporter writes `[key:"value"; …]`, as no standard has it, and behind a head of its own the members in
 * the order of their names. Source: Check Point sk122323.
 */
const checkPoint: Pattern = [
  oneOf(pattern`[action:"${within('first', [checkPointAction])}"`, pattern`[flags:"`),
  set({ 'log.dataset': 'checkpoint' }),
  member(' dst', ip('destination', 'first')),
  member(' proto', skip('first')),
  member(' s_port', number('source.port')),
  member(' service', number('destination.port')),
  member(' src', ip('source', 'first')),
  member(' src_user_name', text('user.name')),
  skip('rest'),
];

/** What the data of such devices says. */
export const dataElements: readonly Pattern[] = [junos, checkPoint];
