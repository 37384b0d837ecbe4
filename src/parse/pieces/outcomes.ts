import { type Element, set } from '../pattern.ts';

/** A login that was refused. All rules that count guesses look for these values. */
export function loginFailure(action: string): Element {
  return set({ 'event.category': ['authentication'], 'event.action': action, 'event.outcome': 'failure' });
}

/** A login that was let in. */
export function loginSuccess(action: string): Element {
  return set({ 'event.category': ['authentication'], 'event.action': action, 'event.outcome': 'success' });
}

/** Something that a session went through: its start, its end, a peer that came or left. */
export function sessionEvent(action: string): Element {
  return set({ 'event.category': ['session'], 'event.action': action });
}

/** Something that a network service saw of a peer before any login. */
export function networkEvent(action: string): Element {
  return set({ 'event.category': ['network'], 'event.action': action });
}

/** What a packet filter did with a packet. */
export function packetVerdict(action: 'allowed' | 'denied'): Element {
  return set({
    'event.category': ['network'],
    'event.action': `firewall_${action}`,
    'event.outcome': action === 'allowed' ? 'success' : 'failure',
  });
}
