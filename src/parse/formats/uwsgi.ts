import { defineFormat } from '../format.ts';
import { address, number, pattern, skip, stamp, text, url, word } from '../pattern.ts';

export default defineFormat({
  name: 'uwsgi',
  title: 'uWSGI request log',
  source: 'https://uwsgi-docs.readthedocs.io/en/latest/LogFormat.html; core/logging.c (uwsgi_logit_simple)',
  rank: 55,
  dataset: 'web.access',
  pattern: pattern`[pid: ${number('process.pid')}|app: ${skip()}|req: ${skip()}] ${address('source')} (${text('user.name')}) {${skip()}} [${stamp('asctime')}] ${word('http.request.method')} ${url('last')} => generated ${number('http.response.body.bytes')} bytes in ${skip()} (HTTP/${text('http.version')} ${number('http.response.status_code')}) ${skip('rest')}`,
  samples: [
    {
      kind: 'good',
      line: '[pid: 24386|app: 0|req: 482950/4125645] 203.0.113.5 () {44 vars in 1322 bytes} [Sun Nov 22 13:36:00 2026] GET /contest/?a=1 => generated 192 bytes in 21 msecs (HTTP/1.1 200) 4 headers in 188 bytes (1 switches on core 0)',
      fields: {
        'process.pid': 24386,
        'source.ip': '203.0.113.5',
        'url.path': '/contest/',
        'url.query': 'a=1',
        'http.version': '1.1',
        'http.response.status_code': 200,
        'http.response.body.bytes': 192,
      },
    },
    {
      kind: 'malformed',
      line: '[pid: 1|app: -1|req: -1/1] 2001:db8::5 (alice) {28 vars in 300 bytes} [Sun Nov  1 13:36:00 2026] GET / => generated 21 bytes in 0 msecs (HTTP/1.1 500) 1 headers in 57 bytes',
      fields: { 'source.ip': '2001:db8::5', 'user.name': 'alice', 'http.response.status_code': 500 },
    },
    {
      kind: 'hostile',
      line: '[pid: 1|app: 0|req: 1/1] 203.0.113.5 () {28 vars in 300 bytes} [Sun Nov  1 13:36:00 2026] GET /a => generated 9 bytes in 1 msecs (HTTP/1.1 200) => generated 21 bytes in 0 msecs (HTTP/1.1 404) 1 headers in 57 bytes',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404, 'http.response.body.bytes': 21 },
    },
  ],
});
