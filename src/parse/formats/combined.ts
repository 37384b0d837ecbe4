import { defineFormat } from '../format.ts';
import { accessDataset, accessHead, referrerAndAgent, requestAndResult } from '../pieces/access.ts';

export default defineFormat({
  name: 'combined',
  title: 'nginx and Apache access log, combined',
  source: 'https://httpd.apache.org/docs/2.4/logs.html#combined, https://nginx.org/en/docs/http/ngx_http_log_module.html',
  rank: 50,
  dataset: accessDataset,
  pattern: [...accessHead([]), ...requestAndResult, ...referrerAndAgent],
  samples: [
    {
      kind: 'good',
      line: '203.0.113.9 - alice [22/Nov/2026:13:36:00 +0100] "GET /cart/add.php?id=7&n=2 HTTP/1.1" 200 5316 "https://shop.example/" "Mozilla/5.0 (X11; Linux x86_64)"',
      fields: {
        timestamp: '2026-11-22T12:36:00.000Z',
        'source.ip': '203.0.113.9',
        'user.name': 'alice',
        'http.request.method': 'GET',
        'url.original': '/cart/add.php?id=7&n=2',
        'url.path': '/cart/add.php',
        'url.query': 'id=7&n=2',
        'http.version': '1.1',
        'http.response.status_code': 200,
        'http.response.body.bytes': 5316,
        'http.request.referrer': 'https://shop.example/',
        'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64)',
      },
    },
    {
      kind: 'good',
      line: '::ffff:198.51.100.7 - - [02/Mar/2026:00:00:01 +0000] "POST http://shop.example:8080/pay HTTP/2.0" 302 - "-" "curl/8.5" 0.123 "10.0.0.5"',
      fields: {
        'source.ip': '198.51.100.7',
        'url.domain': 'shop.example',
        'url.path': '/pay',
        'http.response.body.bytes': undefined,
        'http.request.referrer': undefined,
        'user_agent.original': 'curl/8.5',
      },
    },
    {
      kind: 'malformed',
      line: '192.0.2.44 - - [22/Nov/2026:13:36:05 +0000] "\\x16\\x03\\x01\\x00\\xF1" 400 157 "-" "-"',
      fields: {
        'source.ip': '192.0.2.44',
        'http.response.status_code': 400,
        'url.original': '\\x16\\x03\\x01\\x00\\xF1',
        'url.path': undefined,
        'http.request.method': undefined,
      },
    },
    {
      kind: 'good',
      line: '192.0.2.7, 10.0.0.2, 198.51.100.7 - - [22/Nov/2026:13:36:05 +0000] "CONNECT shop.example:443 HTTP/1.1" 405 0 "-" "curl/8.5"',
      fields: { 'source.ip': '198.51.100.7', 'url.domain': 'shop.example', 'http.request.method': 'CONNECT' },
    },
    {
      kind: 'malformed',
      line: '192.0.2.44:4022 - - - [22/Nov/2026:13:36:05] shop.example "GET /a"b HTTP/1.1" - - 0.005 "-" "an "odd" agent"',
      fields: {
        'source.ip': '192.0.2.44',
        'source.port': 4022,
        'user.name': undefined,
        'url.domain': 'shop.example',
        'url.path': '/a"b',
        'http.response.status_code': undefined,
        'user_agent.original': 'an "odd" agent',
      },
    },
    {
      kind: 'malformed',
      line: 'unix: - - [22/Nov/2026:13:36:05 +0000] "GET /health" 200 2 "" "probe" -',
      fields: { 'source.ip': undefined, 'source.domain': undefined, 'url.path': '/health', 'user_agent.original': 'probe' },
    },
    {
      kind: 'malformed',
      line: '192.0.2.44 - - [22/Nov/2026:13:36:06 +0000] "" 408 0 "-" "-"',
      fields: { 'source.ip': '192.0.2.44', 'http.response.status_code': 408, 'http.request.method': undefined },
    },
    {
      kind: 'malformed',
      line: '192.0.2.44 - - [22/Nov/2026:13:36:07 +0000] "GET /a b?q=c d HTTP/1.0" 404 12 "-" "-"',
      fields: { 'url.original': '/a b?q=c d', 'url.path': '/a b', 'url.query': 'q=c d', 'http.version': '1.0' },
    },
    {
      kind: 'hostile',
      line: '203.0.113.66 - a [1/Jan/2000:00:00:00 +0000] \\"GET /fake HTTP/1.1\\" 200 1 [b [22/Nov/2026:13:36:08 +0000] "GET /real HTTP/1.1" 401 9 "-" "x\\" 200 \\"192.0.2.1"',
      fields: {
        'source.ip': '203.0.113.66',
        timestamp: '2026-11-22T13:36:08.000Z',
        'url.path': '/real',
        'http.response.status_code': 401,
        'user_agent.original': 'x\\" 200 \\"192.0.2.1',
      },
    },
  ],
});
