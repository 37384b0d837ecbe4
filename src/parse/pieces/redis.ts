import { type Pattern, pattern, skip } from '../pattern.ts';
import { peer } from './login.ts';
import { networkEvent } from './outcomes.ts';

/** What Redis and Valkey say of clients, in a log of their own and through syslog. Source: networking.c. */
export const redisMessages: readonly Pattern[] = [
  pattern`Accepted ${peer}`,
  pattern`Possible SECURITY ATTACK detected. It looks like somebody is sending ${skip('first')} Connection from ${peer} aborted.${networkEvent('redis_cross_protocol')}`,
  pattern`Possible SECURITY ATTACK detected.${networkEvent('redis_cross_protocol')}${skip('rest')}`,
  pattern`Error accepting a client connection: ${skip('rest')}`,
];
