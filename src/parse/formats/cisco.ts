import { defineFormat } from '../format.ts';
import { message, not, number, oneOf, optional, pattern, skip, upTo } from '../pattern.ts';
import { moment } from '../pieces/moments.ts';
import { prefix } from '../pieces/syslog.ts';

/** Before a time that the device is not sure of stands `*`, or `.` where it has lost its clock's server. */
const time = pattern`${oneOf(pattern`*`, pattern`.`, [])}${moment}`;

/** `45: `, `rtr1: `, `45: rtr1: `, `rtr1: 45: `, `rtr1 45: `: who, and the number of the message. */
const sequence = pattern`${number()}: ${skip('blanks')}`;
const device = pattern`${not([moment])}${upTo(' :', 'host.name')}: ${skip('blanks')}`;

export default defineFormat({
  name: 'cisco',
  title: 'Cisco IOS and NX-OS: a number, perhaps a name, a time, and %FACILITY-SEVERITY-MNEMONIC',
  source: 'Cisco IOS System Message Guide; "service sequence-numbers", "logging origin-id"',
  rank: 81,
  pattern: pattern`${prefix}${optional(sequence)}${optional(device)}${optional(sequence)}${time}: ${skip('blanks')}${not([not(pattern`%`)])}${message()}`,
  samples: [
    {
      kind: 'good',
      line: '<189>29: *Nov 22 13:36:00.123: %SYS-5-CONFIG_I: Configured from console by eve on vty0 (203.0.113.5)',
      fields: {
        'log.dataset': 'cisco',
        'log.level': 'notice',
        'event.code': 'CONFIG_I',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
      },
    },
    {
      kind: 'good',
      line: '<187>45: rtr1: Nov 22 13:36:00.123 UTC: %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: eve] [Source: 203.0.113.5] [localport: 22] [Reason: Login Authentication Failed] at 13:36:00 UTC Sun Nov 22 2026',
      fields: { 'host.name': 'rtr1', 'log.level': 'warning', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      takenBy: 'syslog',
      line: 'Nov 22 13:36:01 sw1 585917: Nov 22 13:36:00.123: %LINK-3-UPDOWN: Interface GigabitEthernet1/0/5, changed state to down',
      fields: { 'host.name': 'sw1', 'process.name': undefined, 'log.level': 'error', 'event.code': 'UPDOWN' },
    },
    {
      kind: 'good',
      line: 'Nov 22 2026 13:36:00: %ASA-4-106023: Deny tcp src outside:203.0.113.5/40000 dst inside:192.0.2.10/22 by access-group "out"',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'source.port': 40000, 'event.action': 'firewall_denied' },
    },
    {
      kind: 'malformed',
      line: '<189>29: %SYS-5-CONFIG_I: Configured',
      takenBy: 'priority',
      fields: { timestamp_quality: 'observed' },
    },
    {
      kind: 'hostile',
      line: '<189>30: Nov 22 13:36:00.123: %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: x: Nov 22 2020 13:36:00: %SEC-6-A: b] [Source: 203.0.113.5] [localport: 22] [Reason: x]',
      fields: { 'source.ip': '203.0.113.5', 'event.code': 'LOGIN_FAILED' },
    },
  ],
});
