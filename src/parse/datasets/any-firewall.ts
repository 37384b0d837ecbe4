import { defineDataset } from '../dataset.ts';
import { loggedPacket } from '../pieces/netfilter.ts';

export default defineDataset({
  name: 'firewall',
  source: 'Linux nf_log_syslog.c, through ulogd, UniFi and Shorewall, which log under names of their own',
  programs: ['*'],
  messages: [loggedPacket],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 gate [WAN_LOCAL-D-1] DESCR="drop the rest" IN=eth8 OUT= MAC=52:54:00 SRC=203.0.113.5 DST=192.0.2.10 LEN=122 TOS=00 TTL=49 ID=4 DF PROTO=UDP SPT=384 DPT=543 LEN=102',
      fields: { 'source.ip': '203.0.113.5', 'destination.port': 543, 'event.action': 'firewall_denied' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 gate ulogd[7]: IN=eth8 OUT= SRC= DST=192.0.2.10 PROTO=UDP',
      fields: { 'destination.ip': undefined, 'event.category': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 gate ulogd[7]: net2fw:DROP:IN=eth8 OUT= SRC=203.0.113.5 DST=192.0.2.10 PROTO=ICMP [SRC=192.0.2.10 DST=192.0.2.1 PROTO=TCP SPT=1 DPT=22 ]',
      fields: { 'source.ip': '203.0.113.5', 'destination.port': undefined, 'network.transport': 'ICMP' },
    },
  ],
});
