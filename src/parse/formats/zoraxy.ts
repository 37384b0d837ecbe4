import { defineFormat } from '../format.ts';
import { address, longest, number, optional, pattern, stamp, text, url, word } from '../pattern.ts';

export default defineFormat({
  name: 'zoraxy',
  title: 'Zoraxy access log',
  source: 'https://github.com/tobychui/zoraxy: src/mod/info/logger/trafficlog.go',
  rank: 55,
  dataset: 'web.access',
  pattern: pattern`${optional(pattern`${stamp('slashed')} `)}[${stamp('iso')}] [router:${text('log.logger')}] [origin:${text('url.domain')}] [client: ${address('source', 'first')}] [useragent: ${longest('user_agent.original')}] ${word('http.request.method')} ${url('last')} ${number('http.response.status_code')}`,
  samples: [
    {
      kind: 'good',
      line: '2026/11/22 13:36:00 [2026-11-22 13:36:00.150624] [router:host-http] [origin:shop.example] [client: 203.0.113.5] [useragent: Mozilla/5.0 (X11)] POST /xmlrpc.php?a=1 404',
      fields: {
        timestamp: '2026-11-22T13:36:00.150Z',
        'source.ip': '203.0.113.5',
        'url.domain': 'shop.example',
        'url.path': '/xmlrpc.php',
        'http.response.status_code': 404,
        'user_agent.original': 'Mozilla/5.0 (X11)',
      },
    },
    {
      kind: 'malformed',
      line: '[2026-11-22 13:36:00.150624] [router:root-no_resp] [origin:] [client: 2001:db8::5] [useragent: ] GET / 444',
      fields: { 'source.ip': '2001:db8::5', 'url.domain': undefined, 'user_agent.original': undefined },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22 13:36:00.150624] [router:host-http] [origin:shop.example] [client: 203.0.113.5] [useragent: x] GET /fake 200 [client: 192.0.2.1]] GET /real 403',
      fields: { 'source.ip': '203.0.113.5', 'url.path': '/real', 'http.response.status_code': 403 },
    },
  ],
});
