import { defineDataset } from '../dataset.ts';
import { cyrusMessages } from '../pieces/imap.ts';

const services = [
  'imap',
  'imaps',
  'pop3',
  'pop3s',
  'sieve',
  'timsieved',
  'lmtp',
  'lmtpunix',
  'master',
  'nntp',
  'nntps',
  'http',
  'https',
  'httpd',
];
const alone = ['imap', 'imaps', 'pop3', 'pop3s', 'sieve', 'timsieved', 'lmtpunix'];

export default defineDataset({
  name: 'cyrus',
  source: 'cyrus-imapd: imap/imapd.c, pop3d.c, timsieved/parser.c',
  programs: [...services.flatMap((service) => [`cyrus/${service}`, `cyrus-${service}`]), ...alone],
  messages: cyrusMessages,
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 cyrus/imaps[55]: badlogin: pc.example [203.0.113.5] plaintext eve SASL(-13): authentication failure: checkpass failed',
      fields: { 'user.name': 'eve', 'source.ip': '203.0.113.5', 'source.domain': 'pc.example', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 imapd[55]: badlogin: pc.example[203.0.113.5] CRAM-MD5 [SASL(-13): authentication failure: incorrect digest response]',
      fields: { 'user.name': undefined, 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 timsieved[55]: badlogin: pc.example[203.0.113.5] PLAIN authentication failure',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 mx1 cyrus/imap[55]: login: pc.example [203.0.113.8] bob plaintext+TLS User logged in SESSIONID=<x>',
      fields: { 'user.name': 'bob', 'source.ip': '203.0.113.8', 'event.outcome': 'success' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 mx1 cyrus/imap[55]: badlogin: pc.example [203.',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 mx1 cyrus/imap[55]: badlogin: [203.0.113.5] plaintext login:[192.0.2.1] SASL(-13): authentication failure: checkpass failed',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
