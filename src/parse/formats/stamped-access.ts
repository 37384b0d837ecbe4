import { defineFormat } from '../format.ts';
import { address, end, ip, number, oneOf, optional, pattern, rest, skip, within, word } from '../pattern.ts';
import { accessDataset, ahead, request, requestTime } from '../pieces/access.ts';

/** Apache's log of TLS requests: client, protocol, cipher, request and bytes. */
const tls = pattern`${ahead(pattern`${skip('word')} ${oneOf(pattern`TLS`, pattern`SSL`, pattern`- `)}`)}${address('source')} ${skip('word')} ${skip('word')} "${within('quote', [request])}" ${number('http.response.body.bytes')}${optional(pattern` ${skip('rest')}`)}${end()}`;

/** Host, client, seconds, request, status and bytes; then the referrer and the agent, with no quotes. */
const host = pattern`${word('url.domain')} ${ip('source')} ${skip('word')} "${within('quote', [request])}" ${number('http.response.status_code')} ${number('http.response.body.bytes')} ${number()} ${word('http.request.referrer')} ${rest('user_agent.original')}`;

/** Django's own server: nothing but the request, the status and the bytes. */
const bare = pattern`"${within('quote', [request])}" ${number('http.response.status_code')} ${number('http.response.body.bytes')}${end()}`;

export default defineFormat({
  name: 'stamped_access',
  title: 'access logs that start with the time: TLS requests of Apache, NPMplus, Django',
  source: 'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#logformats; https://github.com/ZoeyVid/NPMplus',
  rank: 54,
  dataset: accessDataset,
  pattern: pattern`[${requestTime}] ${oneOf(bare, tls, host)}`,
  samples: [
    {
      kind: 'good',
      line: '[22/Nov/2026:13:36:00 +0200] 203.0.113.5 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 "GET /login.php?a=1 HTTP/1.1" 1375',
      fields: {
        timestamp: '2026-11-22T11:36:00.000Z',
        'source.ip': '203.0.113.5',
        'url.path': '/login.php',
        'http.response.body.bytes': 1375,
      },
    },
    {
      kind: 'good',
      line: '[22/Nov/2026:13:36:00 +0200] mail.example 2001:db8::5 0.227 "REPORT /dav/ HTTP/2.0" 207 125 440 - Mozilla/5.0 (X11)',
      fields: {
        'url.domain': 'mail.example',
        'source.ip': '2001:db8::5',
        'http.response.status_code': 207,
        'http.response.body.bytes': 125,
        'user_agent.original': 'Mozilla/5.0 (X11)',
      },
    },
    {
      kind: 'good',
      line: '[22/Nov/2026 13:36:00] "GET /admin/ HTTP/1.1" 302 0',
      fields: { timestamp: '2026-11-22T13:36:00.000Z', 'url.path': '/admin/', 'http.response.status_code': 302 },
    },
    {
      kind: 'malformed',
      line: '[22/Nov/2026:13:36:00 +0200] 203.0.113.5 - - "\\x16\\x03" -',
      fields: { 'source.ip': '203.0.113.5', 'http.request.method': undefined, 'http.response.body.bytes': undefined },
    },
    {
      kind: 'hostile',
      line: '[22/Nov/2026:13:36:00 +0200] mail.example 203.0.113.5 0.2 "GET / HTTP/1.1" 403 5 40 - x 192.0.2.1 0.1 "GET /fake HTTP/1.1" 200 5',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 403, 'url.path': '/' },
    },
  ],
});
