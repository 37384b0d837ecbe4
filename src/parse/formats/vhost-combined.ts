import { defineFormat } from '../format.ts';
import { accessDataset, accessHead, referrerAndAgent, requestAndResult, virtualHost } from '../pieces/access.ts';

export default defineFormat({
  name: 'vhost_combined',
  title: 'Apache access log, combined with the virtual host before it',
  source: 'https://httpd.apache.org/docs/2.4/logs.html#virtualhost; apache2.conf of Debian: %v:%p %h %l %u %t "%r" %>s %O …',
  rank: 48,
  dataset: accessDataset,
  pattern: [...accessHead(virtualHost), ...requestAndResult, ...referrerAndAgent],
  samples: [
    {
      kind: 'good',
      line: 'shop.example:443 2001:db8::7 - - [22/Nov/2026:13:36:00 +0000] "GET /?p=1 HTTP/2.0" 200 812 "-" "Mozilla/5.0"',
      fields: {
        'url.domain': 'shop.example',
        'source.ip': '2001:db8::7',
        'url.query': 'p=1',
        'user_agent.original': 'Mozilla/5.0',
      },
    },
    {
      kind: 'malformed',
      line: 'shop.example 192.0.2.8 - - [22/Nov/2026:13:36:00 +0000] "-" 408 0 "-" "-"',
      fields: {
        'url.domain': 'shop.example',
        'source.ip': '192.0.2.8',
        'http.request.method': undefined,
        'user_agent.original': undefined,
      },
    },
    {
      kind: 'hostile',
      line: 'shop.example:80 203.0.113.66 - evil.example:80 192.0.2.1 [22/Nov/2026:13:36:00 +0000] "GET / HTTP/1.1" 401 5 "-" "-"',
      fields: { 'url.domain': 'shop.example', 'source.ip': '203.0.113.66', 'http.response.status_code': 401 },
    },
  ],
});
