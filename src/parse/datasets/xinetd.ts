import { defineDataset } from '../dataset.ts';
import { address, ip, oneOf, pattern, skip, upTo, within } from '../pattern.ts';
import { networkEvent } from '../pieces/outcomes.ts';
import { refusedConnection } from '../pieces/tcp-wrappers.ts';

const peer = oneOf(pattern`::ffff:${ip('source', 'rest')}`, [address('source', 'rest')]);

export default defineDataset({
  name: 'xinetd',
  source: 'xinetd.log(5); hosts_access(5), tcp_wrappers: refuse.c, twist.c; stunnel(8)',
  programs: [
    'xinetd',
    'inetd',
    'tcpd',
    'in.telnetd',
    'in.rshd',
    'in.rlogind',
    'rsyncd',
    'rpcbind',
    'stunnel',
    'stunnel4',
    'sockd',
    'danted',
  ],
  messages: [
    pattern`FAIL: ${upTo(' ', 'service.name')} ${upTo(' ', 'event.reason')} from=${within('word', [peer])}${networkEvent('connection_refused')}${skip('rest')}`,
    pattern`START: ${upTo(' ', 'service.name')} ${skip('first')}from=${within('word', [peer])}${networkEvent('connection')}${skip('rest')}`,
    refusedConnection,
    pattern`connect from ${oneOf(pattern`${skip('last')} (${ip('source', 'last')})`, [address('source')])}${networkEvent('connection')}${skip('rest')}`,
    pattern`${oneOf(pattern`LOG${skip('first')}: `, [])}Service [${upTo(']', 'service.name')}] accepted connection from ${oneOf(pattern`${ip('source', 'last')}:${skip('rest')}`, [skip('rest')])}${networkEvent('connection')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 xinetd[77]: FAIL: ssh address from=203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'service.name': 'ssh', 'event.action': 'connection_refused' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 stunnel: LOG5[7]: Service [pop3s] accepted connection from 203.0.113.5:50000',
      fields: { 'source.ip': '203.0.113.5', 'service.name': 'pop3s' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 xinetd[77]: FAIL: ssh address', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 in.telnetd[77]: refused connect from 192.0.2.1@203.0.113.5',
      fields: { 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 web1 in.telnetd[77]: refused connect from 192.0.2.1@pc.example (203.0.113.5)',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
