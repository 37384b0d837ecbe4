import { defineDataset } from '../dataset.ts';
import { pattern, skip } from '../pattern.ts';
import { bindClient } from '../pieces/name-server.ts';

export default defineDataset({
  name: 'bind',
  source: 'BIND 9: bin/named/client.c (ns_client_log), lib/ns/query.c',
  programs: ['named', 'named-sdb', 'named-pkcs11'],
  messages: [pattern`client ${bindClient}`, pattern`${skip('first')} client ${bindClient}`],
  samples: [
    {
      kind: 'good',
      line: "Nov 22 13:36:00 ns1 named[77]: client @0x7f65100ee4d8 203.0.113.5#3076 (shop.example): query (cache) 'shop.example/ANY/IN' denied",
      fields: { 'source.ip': '203.0.113.5', 'source.port': 3076, 'event.action': 'dns_denied' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 ns1 named[77]: client @0x7f65100ee4d8', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 ns1 named[77]: security: client 203.0.113.5#1 (x): zone transfer 'client 192.0.2.1#2 (y): z/AXFR/IN' denied",
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
