import { defineFormat } from '../format.ts';
import { address, number, oneOf, optional, pattern, quoted, skip, stamp, url, word } from '../pattern.ts';

/** The cache's state and the status of the server behind, which a host that answers by itself does not have. */
const status = oneOf(
  pattern`${number('http.response.status_code')} - `,
  pattern`${skip('word')} ${skip('word')} ${number('http.response.status_code')} - `,
  pattern`${skip('first')} - `,
);

export default defineFormat({
  name: 'nginx_proxy_manager',
  title: 'Nginx Proxy Manager access log',
  source: 'https://github.com/NginxProxyManager/nginx-proxy-manager: rootfs/etc/nginx/conf.d/include/log.conf',
  rank: 55,
  dataset: 'nginx.access',
  pattern: pattern`[${stamp('clf')}] ${status}${word('http.request.method')} ${skip('word')} ${word('url.domain')} "${url('quote')}" [Client ${address('source', 'first')}] [Length ${number('http.response.body.bytes')}] [Gzip ${skip()}] ${optional(pattern`[Sent-to ${skip()}] `)}"${quoted('user_agent.original')}" "${quoted('http.request.referrer')}"${skip('rest')}`,
  samples: [
    {
      kind: 'good',
      line: '[22/Nov/2026:13:36:00 +0000] HIT 200 404 - GET https shop.example "/api/users?x=1" [Client 203.0.113.5] [Length 1543] [Gzip 2.45] [Sent-to 192.0.2.15] "Mozilla/5.0" "https://shop.example/"',
      fields: {
        'source.ip': '203.0.113.5',
        'http.response.status_code': 404,
        'http.response.body.bytes': 1543,
        'url.domain': 'shop.example',
        'url.path': '/api/users',
        'user_agent.original': 'Mozilla/5.0',
        'http.request.referrer': 'https://shop.example/',
      },
    },
    {
      kind: 'malformed',
      line: '[22/Nov/2026:13:36:00 +0000] 444 - GET https 192.0.2.1 "/.env" [Client 2001:db8::5] [Length 0] [Gzip -] "-" "-"',
      fields: { 'source.ip': '2001:db8::5', 'http.response.status_code': 444, 'user_agent.original': undefined },
    },
    {
      kind: 'hostile',
      line: '[22/Nov/2026:13:36:00 +0000] - 200 200 - GET https shop.example "/\\x22 [Client 192.0.2.1] [Length 1]" [Client 203.0.113.5] [Length 5] [Gzip -] [Sent-to a] "x\\x22 [Client 192.0.2.2]" "-"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.body.bytes': 5 },
    },
  ],
});
