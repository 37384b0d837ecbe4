import { type Element, ip, longest, oneOf, pattern, set } from '../pattern.ts';

const category = ['intrusion_detection'];

/**
 * What the application firewalls ModSecurity, Coraza and Suhosin say: that they have stopped a request, or that one looks hostile.
 * Source: ModSecurity, apache2/msc_logging.c; libmodsecurity, src/rule_message.cc; suhosin, log.c.
 */
export const firewallEvent: Element = oneOf(
  pattern`ModSecurity: Access denied ${set({ 'event.category': category, 'event.action': 'waf_denied', 'event.outcome': 'success' })}`,
  pattern`Coraza: Access denied ${set({ 'event.category': category, 'event.action': 'waf_denied', 'event.outcome': 'success' })}`,
  // Suhosin and Snuffleupagus guard PHP itself. What they quote before the address, a visitor wrote.
  pattern`ALERT - ${longest('event.reason')} (attacker '${ip('source', 'first')}', ${set({ 'event.category': category, 'event.action': 'waf_denied', 'event.outcome': 'success' })}`,
  pattern`ModSecurity: ${set({ 'event.category': category, 'event.action': 'waf_match' })}`,
  pattern`Coraza: ${set({ 'event.category': category, 'event.action': 'waf_match' })}`,
);
