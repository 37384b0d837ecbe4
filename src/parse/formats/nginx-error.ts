import { defineFormat } from '../format.ts';
import { levelConstants } from '../level-words.ts';
import {
  address,
  number,
  oneOf,
  oneWord,
  optional,
  pattern,
  quoted,
  rest,
  set,
  skip,
  stamp,
  text,
  url,
  within,
  word,
} from '../pattern.ts';

/** `GET /path HTTP/1.1`, cut short when the client sent nonsense. */
const request = oneOf(pattern`${word('http.request.method')} ${url('last')} HTTP/${rest('http.version')}`, []);

/** What nginx adds behind its words. A client's text may hold the same before it, so the last `, client:` counts. */
const context = pattern`${skip('last')}, client: ${within('first', [address('source', 'rest')])}, server: ${text('url.domain')}, request: "${within('quote', [request])}"${optional(pattern`${skip('last')}, referrer: "${quoted('http.request.referrer')}"`)}`;
const contextWithoutRequest = pattern`${skip('last')}, client: ${within('first', [address('source', 'rest')])}, server: ${rest()}`;

export default defineFormat({
  name: 'nginx_error',
  title: 'nginx error log',
  source: 'https://nginx.org/en/docs/ngx_core_module.html#error_log; ngx_log.c, ngx_http_core_module.c (ngx_http_log_error)',
  rank: 60,
  pattern: pattern`${stamp('slashed')} [${oneWord(levelConstants, 'first')}] ${number('process.pid')}#${number('process.thread.id')}: ${optional(pattern`*${number()} `)}${set({ 'log.dataset': 'nginx.error' })}${within('rest', [oneOf(context, contextWithoutRequest, [])], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: '2026/11/22 14:10:22 [error] 1234#1235: *5 open() "/srv/www/x.php" failed (2: No such file or directory), client: 203.0.113.5, server: shop.example, request: "GET /x.php?a=1 HTTP/1.1", host: "shop.example", referrer: "https://ref.example/"',
      fields: {
        'log.dataset': 'nginx.error',
        'log.level': 'error',
        'process.pid': 1234,
        'source.ip': '203.0.113.5',
        'url.domain': 'shop.example',
        'url.path': '/x.php',
        'url.query': 'a=1',
        'http.request.method': 'GET',
        'http.request.referrer': 'https://ref.example/',
      },
    },
    {
      kind: 'good',
      line: '2026/11/22 14:10:23 [notice] 1#1: signal process started',
      fields: { 'log.level': 'notice', message: 'signal process started', 'source.ip': undefined },
    },
    {
      kind: 'malformed',
      line: '2026/11/22 14:10:24 [crit] 7#7: *9 SSL_do_handshake() failed while SSL handshaking, client: 203.0.113.7, server: 0.0.0.0:443',
      fields: { 'log.level': 'critical', 'source.ip': '203.0.113.7' },
    },
    {
      kind: 'hostile',
      line: '2026/11/22 14:10:25 [error] 7#7: *9 user "a, client: 192.0.2.1, server: x, request: "GET / HTTP/1.1"" was not found in "/etc/nginx/htpasswd", client: 203.0.113.9, server: shop.example, request: "GET /admin HTTP/1.1", host: "shop.example"',
      fields: { 'source.ip': '203.0.113.9', 'url.path': '/admin' },
    },
  ],
});
