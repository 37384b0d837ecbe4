import { defineDataset } from '../dataset.ts';
import { packetVerdict } from '../outcomes.ts';
import { ip, number, oneOf, optional, pattern, rest, set, skip, text, upTo } from '../pattern.ts';

const column = skip('first');
const verdict = oneOf(
  pattern`allow,${packetVerdict('allowed')}`,
  pattern`alert,${packetVerdict('allowed')}`,
  pattern`${column},${packetVerdict('denied')}`,
);

/** Addresses, translated addresses, rule, users, application, system, zones, interfaces, profile, and times and counts. */
const addresses = pattern`${ip('source', 'first')},${ip('destination', 'first')},${column},${column},${text('rule.name')},${text('user.name')},${column},${column},${column},${column},${column},${column},${column},${column},${column},${column},${column},${number('source.port')},${number('destination.port')},${column},${column},${column},${text('network.transport')},`;

export default defineDataset({
  name: 'palo-alto',
  source:
    'https://docs.paloaltonetworks.com/pan-os/11-1/pan-os-admin/monitoring/use-syslog-for-monitoring/syslog-field-descriptions',
  programs: ['*'],
  messages: [
    // A header with a full time and no program may leave the host to the message.
    pattern`${optional(pattern`${upTo(' ,', 'host.name')} `)}1,${column},${column},${oneOf(pattern`THREAT`, pattern`TRAFFIC`)},${column},${column},${column},${addresses}${verdict}${rest()}${set({ 'log.dataset': 'palo-alto' })}`,
  ],
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00+02:00 gate.example 1,2026/11/22 13:36:00,016401002737,THREAT,vulnerability,2561,2026/11/22 13:36:00,203.0.113.5,192.0.2.10,203.0.113.5,192.0.2.10,rule1,,,ssh,vsys1,Untrust,DMZ,vlan.1,ae.1,log,2026/11/22 13:36:00,238810,23,47094,22,47094,22,0x402400,tcp,reset-both,,SSH User Authentication Brute Force Attempt(40015)',
      fields: {
        'source.ip': '203.0.113.5',
        'source.port': 47094,
        'destination.ip': '192.0.2.10',
        'destination.port': 22,
        'rule.name': 'rule1',
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,016401002737,THREAT,vulnerability,2561,2026/11/22 13:36:00,203.0.113.5',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate 1,2026/11/22 13:36:00,01,THREAT,url,2561,2026/11/22 13:36:00,203.0.113.5,192.0.2.10,0.0.0.0,0.0.0.0,rule1,,,web,vsys1,U,D,v,a,l,2026/11/22 13:36:00,2,1,47094,80,0,0,0x0,tcp,alert,"shop.example/1,2,THREAT,x,192.0.2.1",x',
      fields: { 'source.ip': '203.0.113.5', 'destination.port': 80 },
    },
  ],
});
