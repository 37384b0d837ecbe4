import { defineDataset } from '../dataset.ts';
import { ip, number, oneOf, optional, pattern, set, skip, text } from '../pattern.ts';

/** Seconds since the start, which printk may add: `[12345.678901] `. */
const uptime = optional(pattern`[${skip('first')}] `);
const outOfMemory = set({ 'event.category': ['host'], 'event.action': 'oom_kill', 'log.level': 'error' });
const segfault = set({ 'event.category': ['process'], 'event.action': 'segfault', 'log.level': 'error' });
const firewall = set({ 'event.category': ['network'], 'event.action': 'firewall_log' });
const ports = optional(
  pattern`${skip('first')} PROTO=${text('network.transport')} ${optional(pattern`${oneOf(pattern`SPT=`, pattern`${skip('first')} SPT=`)}${number('source.port')} DPT=${number('destination.port')}`)}`,
);

export default defineDataset({
  name: 'kernel',
  source: 'Linux: mm/oom_kill.c, arch/x86/mm/fault.c (show_signal_msg), net/netfilter/nf_log_syslog.c',
  programs: ['kernel'],
  messages: [
    pattern`${uptime}Out of memory: Kill${skip('rest')}${outOfMemory}`,
    pattern`${uptime}Memory cgroup out of memory: Kill${skip('rest')}${outOfMemory}`,
    pattern`${uptime}${skip('first')} invoked oom-killer: ${skip('rest')}${outOfMemory}`,
    pattern`${uptime}${skip('first')} segfault at ${skip('rest')}${segfault}`,
    pattern`${skip('first')} SRC=${ip('source')} DST=${ip('destination')}${ports}${firewall}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 kernel: [12345.678901] Out of memory: Killed process 4321 (mysqld) total-vm:2097152kB, anon-rss:1048576kB',
      fields: { 'log.dataset': 'kernel', 'event.action': 'oom_kill', 'log.level': 'error' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 kernel: [ 345.678901] [UFW BLOCK] IN=eth0 OUT= MAC=52:54:00 SRC=203.0.113.5 DST=192.0.2.10 LEN=40 TOS=0x00 PREC=0x00 TTL=244 ID=1 PROTO=TCP SPT=40000 DPT=22 WINDOW=1024 RES=0x00 SYN URGP=0 ',
      fields: {
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
        'source.port': 40000,
        'destination.port': 22,
        'network.transport': 'TCP',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 kernel: php-fpm[77]: segfault at 0 ip 00007f error 4 in libc.so.6',
      fields: { 'event.action': 'segfault' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 kernel: [ 345.6',
      fields: { 'event.action': undefined, message: '[ 345.6' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 kernel: IN=eth0 OUT= SRC=203.0.113.5 DST=192.0.2.10 PROTO=ICMP TYPE=3 [SRC=192.0.2.10 DST=203.0.113.5 PROTO=TCP SPT=1 DPT=2 ]',
      fields: { 'source.ip': '203.0.113.5', 'destination.ip': '192.0.2.10', 'network.transport': 'ICMP' },
    },
  ],
});
