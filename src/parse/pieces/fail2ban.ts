import { end, ip, number, oneOf, type Pattern, pattern, set, skip, text } from '../pattern.ts';

const outcome = (action: string) => set({ 'event.category': ['intrusion_detection'], 'event.action': action });

/** What fail2ban did about an address, from the jail on: `[sshd] Ban 192.0.2.1`. */
export const jailAction: Pattern = pattern`[${text('service.name')}] ${oneOf(
  pattern`Ban ${ip('source')}${outcome('ban')}${end()}`,
  pattern`Unban ${ip('source')}${outcome('unban')}${end()}`,
  pattern`Restore Ban ${ip('source')}${outcome('ban')}${end()}`,
  pattern`Found ${ip('source')}${outcome('found')}${skip('rest')}`,
  pattern`Ignore ${ip('source')} ${outcome('ignored')}${skip('rest')}`,
  pattern`Increase Ban ${ip('source')} (${number()} ${outcome('ban')}${skip('rest')}`,
  pattern`${ip('source')} already banned${outcome('banned')}${skip('rest')}`,
)}`;
