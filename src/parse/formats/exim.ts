import { defineFormat } from '../format.ts';
import { number, oneOf, optional, pattern, set, stamp, within } from '../pattern.ts';
import { eximMessage } from '../pieces/exim.ts';

/** With `log_timezone` set. */
const zone = optional([oneOf(pattern`+${number()} `, pattern`-${number()} `)]);

export default defineFormat({
  name: 'exim',
  title: 'Exim main, reject and panic log',
  source: 'Exim specification: "Log files"',
  rank: 62,
  pattern: pattern`${stamp('iso')} ${zone}${within('rest', eximMessage, 'message')}${set({ 'log.dataset': 'exim', 'process.name': 'exim' })}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 1sT9xY-0004Lb-2c <= bob@shop.example H=pc.example ([192.168.1.20]) [203.0.113.8]:50122 I=[192.0.2.10]:587 P=esmtpsa X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=no A=dovecot_plain:bob@shop.example S=4315 id=x@shop.example T="A=login:root" for ann@far.example',
      fields: {
        'log.dataset': 'exim',
        'source.ip': '203.0.113.8',
        'source.port': 50122,
        'source.domain': 'pc.example',
        'destination.port': 587,
        'user.name': 'bob@shop.example',
        'event.outcome': 'success',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00.123 [801] dovecot_login authenticator failed for host.example ([10.0.0.1]) [203.0.113.5]:4022: 535 Incorrect authentication data (set_id=eve)',
      fields: { 'process.pid': 801, 'user.name': 'eve', 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 1sT9xY-00000004Lbd-2c7y => ann@far.example R=dnslookup T=remote_smtp H=mx.far.example [198.51.100.25]:25 C="250 OK"',
      fields: { 'destination.ip': '198.51.100.25', 'destination.domain': 'mx.far.example', 'source.ip': undefined },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 H=mail.far.example [2001:db8::5]:53343 X=TLS1.3:TLS_AES_128_GCM_SHA256:128 CV=no F=<eve@far.example> rejected RCPT <nobody@shop.example>: Unrouteable address',
      fields: { 'source.ip': '2001:db8::5', 'user.name': 'nobody@shop.example', 'event.action': 'mail_rejected' },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00 no host name found for IP address 203.0.113.5',
      fields: { 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00 1sT9xY-0004Lb-2c Completed',
      fields: { message: '1sT9xY-0004Lb-2c Completed', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00 SMTP syntax error in "AUTH x" H=mail.example [192.0.2.1] y" H=(win) [203.0.113.5] unrecognized command',
      fields: { 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: '2026-11-22 13:36:00 login authenticator failed for (win) [203.0.113.5]: 535 Incorrect authentication data (set_id=x) [192.0.2.1] (set_id=y)',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
