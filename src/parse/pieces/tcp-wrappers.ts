import { address, end, ip, oneOf, optional, type Pattern, pattern, skip } from '../pattern.ts';
import { networkEvent } from './outcomes.ts';

/**
 * A connection that TCP wrappers refuse for a service. The client may say who its user is, `user@`, so that the address counts
 * which stands last. Source: hosts_access(5); tcp_wrappers: refuse.c, eval.c.
 */
export const refusedConnection: Pattern = pattern`${optional(pattern`warning: `)}refused connect from ${oneOf(
  pattern`${skip('last')} (${ip('source', 'last')})${end()}`,
  pattern`${skip('last')}@${address('source')}`,
  [address('source')],
)}${networkEvent('connection_refused')}${skip('rest')}`;
