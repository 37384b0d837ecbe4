import { ip, number, oneOf, optional, type Pattern, pattern, rest, set, skip, text } from '../pattern.ts';
import { loginFailure, networkEvent } from './outcomes.ts';

const denied = set({ 'event.category': ['network'], 'event.action': 'dns_denied', 'event.outcome': 'failure' });
const more = skip('rest');

const what = oneOf(
  pattern`query: ${text('dns.question.name')} ${skip('word')} ${text('dns.question.type')} ${more}${networkEvent('dns_query')}`,
  pattern`${optional(pattern`view ${skip('first')}: `)}${oneOf(pattern`query `, pattern`zone transfer `, pattern`update `, pattern`bad zone transfer `)}${oneOf(pattern`${skip('last')} denied${more}`, [more])}${denied}`,
  pattern`request has invalid signature: ${more}${loginFailure('dns_signature')}`,
  pattern`rate limit ${more}${networkEvent('dns_rate_limit')}`,
  [more],
);

/** What BIND says of a client, behind `client `: `@0x7f 192.0.2.1#3076 (shop.example): query (cache) 'shop.example/ANY/IN' denied`. Source: bin/named/client.c. */
export const bindClient: Pattern = pattern`${optional(pattern`@${skip('first')} `)}${ip('source', 'first')}#${number('source.port')}${optional(pattern` (${skip('first')})`)}: ${what}`;

/** What NSD says of a client whom it refused. Source: nsd: xfrd.c, query.c, rrl.c. */
export const nsdRefusal: Pattern = pattern`${oneOf(
  pattern`axfr for ${skip('first')} from client ${ip('source')} refused, ${rest('event.reason')}`,
  pattern`axfr for ${skip('first')} from ${ip('source')} refused, ${rest('event.reason')}`,
  pattern`notify for ${skip('first')} from ${ip('source')} refused, ${rest('event.reason')}`,
  pattern`ratelimit block ${skip('last')} query ${ip('source')} ${more}`,
)}${denied}`;
