import { type Element, oneOf, pattern, set } from './pattern.ts';

const category = ['intrusion_detection'];

/**
 * What the application firewalls ModSecurity and Coraza say: that they have stopped a request, or that one looks hostile.
 * Source: ModSecurity, apache2/msc_logging.c; libmodsecurity, src/rule_message.cc.
 */
export const firewallEvent: Element = oneOf(
  pattern`ModSecurity: Access denied ${set({ 'event.category': category, 'event.action': 'waf_denied', 'event.outcome': 'success' })}`,
  pattern`Coraza: Access denied ${set({ 'event.category': category, 'event.action': 'waf_denied', 'event.outcome': 'success' })}`,
  pattern`ModSecurity: ${set({ 'event.category': category, 'event.action': 'waf_match' })}`,
  pattern`Coraza: ${set({ 'event.category': category, 'event.action': 'waf_match' })}`,
);
