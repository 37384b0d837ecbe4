import { defineFormat } from '../format.ts';
import { levelConstants } from '../level-words.ts';
import {
  address,
  longest,
  number,
  oneOf,
  oneWord,
  optional,
  pattern,
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

/** The request up to what nginx writes behind it, because a quote within it is not escaped. */
const requestQuoted = oneOf(
  pattern`${within('first', [request])}", upstream: "`,
  pattern`${within('first', [request])}", host: "`,
  pattern`${within('last', [request])}"`,
);

/** What nginx adds behind its words, which may quote a client: so the last `, client:` counts. */
const client = pattern`${skip('last')}, client: ${within('first', [address('source', 'rest')])}, server: `;
const context = pattern`${client}${text('url.domain')}, request: "${requestQuoted}`;
const contextAtEnd = pattern`${client}${rest()}`;

/** The referrer comes last and may hold anything, so the rest is read without it. */
const beforeReferrer = pattern`${within('first', [oneOf(context, contextAtEnd)])}, referrer: "${longest('http.request.referrer')}"`;

export default defineFormat({
  name: 'nginx_error',
  title: 'nginx error log',
  source: 'https://nginx.org/en/docs/ngx_core_module.html#error_log; ngx_log.c, ngx_http_core_module.c (ngx_http_log_error)',
  rank: 60,
  pattern: pattern`${stamp('slashed')} [${oneWord(levelConstants, 'first')}] ${number('process.pid')}#${number('process.thread.id')}: ${optional(pattern`*${number()} `)}${set({ 'log.dataset': 'nginx.error' })}${within('rest', [oneOf(beforeReferrer, context, contextAtEnd, [])], 'message')}`,
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
      kind: 'good',
      line: '2026/11/22 14:10:24 [error] 7#7: *9 FastCGI sent in stderr: "PHP message: x" while reading response header from upstream, client: 203.0.113.7, server: shop.example, request: "POST /a"b.php HTTP/2.0", upstream: "fastcgi://unix:/run/php.sock:", host: "shop.example"',
      fields: { 'source.ip': '203.0.113.7', 'http.request.method': 'POST', 'url.path': '/a"b.php', 'http.version': '2.0' },
    },
    {
      kind: 'hostile',
      line: '2026/11/22 14:10:25 [error] 7#7: *9 open() "/srv/x" failed (2: No such file or directory), client: 203.0.113.9, server: shop.example, request: "GET /x HTTP/1.1", host: "shop.example", referrer: "a, client: 192.0.2.1, server: y, request: "GET /fake HTTP/1.0", host: "z""',
      fields: {
        'source.ip': '203.0.113.9',
        'url.domain': 'shop.example',
        'url.path': '/x',
        'http.request.referrer': 'a, client: 192.0.2.1, server: y, request: "GET /fake HTTP/1.0", host: "z"',
      },
    },
    {
      kind: 'hostile',
      line: '2026/11/22 14:10:25 [error] 7#7: *9 open() "/srv/a, referrer: "b" failed (2: No such file or directory), client: 203.0.113.9, server: shop.example, request: "GET /a,%20referrer:%20%22b HTTP/1.1", host: "shop.example"',
      fields: { 'source.ip': '203.0.113.9', 'url.path': '/a,%20referrer:%20%22b', 'http.request.referrer': undefined },
    },
    {
      kind: 'hostile',
      line: '2026/11/22 14:10:25 [error] 7#7: *9 user "a, client: 192.0.2.1, server: x, request: "GET / HTTP/1.1"" was not found in "/etc/nginx/htpasswd", client: 203.0.113.9, server: shop.example, request: "GET /admin HTTP/1.1", host: "shop.example"',
      fields: { 'source.ip': '203.0.113.9', 'url.path': '/admin' },
    },
  ],
});
