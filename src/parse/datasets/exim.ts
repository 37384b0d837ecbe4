import { defineDataset } from '../dataset.ts';
import { number, optional, pattern } from '../pattern.ts';
import { eximMessage } from '../pieces/exim.ts';

/** Exim repeats its own time in syslog, unless told not to (`syslog_timestamp`). */
const stampAgain = optional(pattern`${number()}-${number()}-${number()} ${number()}:${number()}:${number()} `);

export default defineDataset({
  name: 'exim',
  source: 'Exim specification: "Log files"; log_file_path = syslog',
  programs: ['exim', 'exim4', 'exim-main', 'exim-reject', 'exim-panic', 'Debian-exim', 'exim-out', 'exim-in'],
  messages: [pattern`${stampAgain}${eximMessage}`],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 exim[801]: 2026-11-22 13:36:00 plain_server authenticator failed for (win) [203.0.113.5]:4022 I=[192.0.2.10]:587: 535 Incorrect authentication data (set_id=info@shop.example)',
      fields: {
        'user.name': 'info@shop.example',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'destination.ip': '192.0.2.10',
        'destination.port': 587,
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 exim[801]: 1sT9xY-0004Lb-2c <= eve@far.example H=mail.far.example (helo.far.example) [203.0.113.5] P=esmtps S=811',
      fields: { 'source.ip': '203.0.113.5', 'source.domain': 'mail.far.example', 'event.outcome': undefined },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 mx1 exim[801]: H=(x) [203.0.113.5', fields: { 'source.ip': undefined } },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 exim[801]: H=([192.0.2.1]) [203.0.113.5]:4022 F=<a@b.example> rejected RCPT <ann@shop.example>: H=mail.example [192.0.2.2] is bad',
      fields: { 'source.ip': '203.0.113.5', 'source.domain': undefined, 'user.name': 'ann@shop.example' },
    },
  ],
});
