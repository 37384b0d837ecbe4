import { defineDataset } from '../dataset.ts';
import { ip, oneOf, pattern, skip } from '../pattern.ts';
import { networkEvent } from '../pieces/outcomes.ts';

const said = oneOf(
  pattern`new station ${networkEvent('arp_new_station')}`,
  pattern`new activity ${networkEvent('arp_new_activity')}`,
  pattern`flip flop ${networkEvent('arp_flip_flop')}`,
  pattern`changed ethernet address ${networkEvent('arp_changed')}`,
  pattern`reused old ethernet address ${networkEvent('arp_reused')}`,
  pattern`ethernet mismatch ${networkEvent('arp_mismatch')}`,
  pattern`bogon ${networkEvent('arp_bogon')}`,
);

export default defineDataset({
  name: 'arpwatch',
  source: 'arpwatch(8), "Report messages" and "Syslog messages"',
  programs: ['arpwatch'],
  messages: [pattern`${said}${ip('source')}${skip('rest')}`],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate arpwatch: changed ethernet address 192.0.2.7 52:54:00:12:34:56 (52:54:00:65:43:21) eth0',
      fields: { 'source.ip': '192.0.2.7', 'event.action': 'arp_changed' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 gate arpwatch: new station', fields: { 'event.action': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate arpwatch: listening on eth0 new station 192.0.2.1 52:54:00:12:34:56',
      fields: { 'source.ip': undefined },
    },
  ],
});
