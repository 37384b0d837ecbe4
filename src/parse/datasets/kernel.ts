import { defineDataset } from '../dataset.ts';
import { type Element, ip, number, oneOf, optional, type Pattern, pairs, pattern, rest, set, skip, text } from '../pattern.ts';
import { loggedPacket } from '../pieces/netfilter.ts';
import { networkEvent } from '../pieces/outcomes.ts';

/** Seconds since the start, which printk may add: `[12345.678901] `; journald's copies of other kernels nest it. */
const uptime = optional(pattern`[${skip('first')}] `);
const more = skip('rest');

function trouble(action: string, category: string): Element {
  return set({ 'event.category': [category], 'event.action': action, 'log.level': 'error' });
}

const outOfMemory = trouble('oom_kill', 'host');
const segfault = trouble('segfault', 'process');
const diskError = trouble('disk_error', 'host');
const hardwareError = trouble('hardware_error', 'host');
const flood = set({ 'event.category': ['network'], 'event.action': 'syn_flood', 'log.level': 'warning' });

const killed: readonly Pattern[] = [
  pattern`Out of memory: Kill${more}${outOfMemory}`,
  pattern`Memory cgroup out of memory: Kill${more}${outOfMemory}`,
  pattern`oom-kill:constraint=${more}${outOfMemory}`,
  pattern`${skip('first')} invoked oom-killer: ${more}${outOfMemory}`,
  pattern`${skip('first')} segfault at ${more}${segfault}`,
  pattern`traps: ${skip('first')} ${oneOf(pattern`general protection`, pattern`trap `)}${more}${segfault}`,
];

const disks: readonly Pattern[] = [
  pattern`EXT${number()}-fs error ${more}${diskError}`,
  pattern`XFS (${skip('first')}): ${oneOf(pattern`Corruption`, pattern`metadata I/O error`, pattern`Metadata corruption`)}${more}${diskError}`,
  pattern`BTRFS error ${more}${diskError}`,
  pattern`Buffer I/O error on dev${more}${diskError}`,
  pattern`${skip('first')}I/O error, dev ${more}${diskError}`,
  pattern`md/raid${skip('first')}: Disk failure on ${more}${diskError}`,
  pattern`mce: [Hardware Error]: ${more}${hardwareError}`,
  pattern`${skip('first')}[Hardware Error]: ${more}${hardwareError}`,
];

/** `(192.0.2.1:51820)`: a peer of a tunnel. */
const tunnelPeer = pattern`${ip('source', 'last')}:${number('source.port')}`;
const tunnel = networkEvent('wireguard_rejected');

const network: readonly Pattern[] = [
  loggedPacket,
  pattern`wireguard: ${skip('first')} from peer ${number()} (${tunnelPeer}${tunnel}${more}`,
  pattern`wireguard: ${skip('first')} from ${tunnelPeer}${tunnel}${more}`,
  pattern`${skip('first')}ossible SYN flooding on port ${more}${flood}`,
  pattern`nf_conntrack: ${skip('first')}table full, ${more}${trouble('conntrack_full', 'network')}`,
  pattern`${skip('first')}martian source ${ip('destination')} from ${ip('source', 'first')}, on dev ${more}${networkEvent('martian_source')}`,
];

const audit = pattern`audit: type=${text('event.code')} audit(${skip('first')}): ${pairs({
  apparmor: pattern`${text('event.reason')}`,
  operation: [rest('event.action')],
  comm: [rest('process.name')],
  exe: [rest('process.executable')],
})}`;

export default defineDataset({
  name: 'kernel',
  source: 'Linux: mm/oom_kill.c, arch/x86/mm/fault.c (show_signal_msg), nf_log_syslog.c, drivers/net/wireguard, fs/ext4/super.c',
  programs: ['kernel'],
  messages: [[uptime, oneOf(...network, ...killed, ...disks, audit)]],
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
        'event.action': 'firewall_denied',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 kernel: php-fpm[77]: segfault at 0 ip 00007f error 4 in libc.so.6',
      fields: { 'event.action': 'segfault' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 kernel: [ 3.1] wireguard: wg0: Packet has unallowed src IP (198.51.100.3) from peer 1 (203.0.113.5:51820)',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 51820 },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 kernel: [ 3.1] blk_update_request: I/O error, dev sda, sector 1234567',
      fields: { 'event.action': 'disk_error', 'log.level': 'error' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 web1 kernel: [ 345.6',
      fields: { 'event.action': undefined, message: '[ 345.6' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 kernel: IN=eth0 OUT= SRC=203.0.113.5 DST=192.0.2.10 PROTO=ICMP TYPE=3 [SRC=192.0.2.10 DST=203.0.113.5 PROTO=TCP SPT=1 DPT=2 ]',
      fields: {
        'source.ip': '203.0.113.5',
        'destination.ip': '192.0.2.10',
        'network.transport': 'ICMP',
        'source.port': undefined,
      },
    },
  ],
});
