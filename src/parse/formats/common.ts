import { defineFormat } from '../format.ts';
import { accessDataset, accessHead, noAgent, requestAndResult } from '../pieces/access.ts';

export default defineFormat({
  name: 'common',
  title: 'nginx and Apache access log, common (NCSA)',
  source: 'https://httpd.apache.org/docs/2.4/logs.html#common',
  rank: 49,
  dataset: accessDataset,
  pattern: [...accessHead([]), ...requestAndResult, ...noAgent],
  samples: [
    {
      kind: 'good',
      line: 'gate.example.net - - [22/Nov/2026:13:36:00 -0500] "HEAD / HTTP/1.0" 304 0',
      fields: {
        timestamp: '2026-11-22T18:36:00.000Z',
        'source.domain': 'gate.example.net',
        'source.ip': undefined,
        'http.request.method': 'HEAD',
        'url.path': '/',
        'http.response.status_code': 304,
        'http.response.body.bytes': 0,
      },
    },
    {
      kind: 'malformed',
      line: '192.0.2.1 - - [22/Nov/2026:13:36:00 +0000] "GET /old" 200 -',
      fields: { 'url.original': '/old', 'http.version': undefined, 'http.response.body.bytes': undefined },
    },
    {
      kind: 'hostile',
      line: '203.0.113.66 - - [22/Nov/2026:13:36:00 +0000] "GET /?x=%22 192.0.2.1 - - [22/Nov/2026:13:36:00 +0000] \\"GET / HTTP/1.1\\" 200 1 HTTP/1.1" 404 162',
      fields: { 'source.ip': '203.0.113.66', 'http.response.status_code': 404, 'http.version': '1.1' },
    },
  ],
});
