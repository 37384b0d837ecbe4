import { defineFormat } from '../format.ts';
import { nginxError } from '../pieces/nginx-error.ts';

/** What PHP says may have lines of its own; the request stands behind its last one. */
function goesOn(first: string): ((line: string) => boolean) | undefined {
  const isWhole = (line: string): boolean => line.includes('" while ');
  if (!first.includes(' FastCGI sent in stderr: "') || isWhole(first)) return undefined;
  let isEnded = false;
  return (line) => {
    if (isEnded || /^\d{4}\/\d\d\/\d\d /.test(line)) return false;
    isEnded = isWhole(line);
    return true;
  };
}

export default defineFormat({
  name: 'nginx_error',
  title: 'nginx error log',
  source: 'https://nginx.org/en/docs/ngx_core_module.html#error_log; ngx_log.c, ngx_http_core_module.c (ngx_http_log_error)',
  rank: 60,
  joins: goesOn,
  pattern: nginxError,
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
      kind: 'good',
      line: '2026/11/22 14:10:24 [error] 7#7: *9 FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught Error: no such cart in /srv/www/a.php:4\nStack trace:\n#0 {main}\n  thrown in /srv/www/a.php on line 4" while reading response header from upstream, client: 203.0.113.7, server: shop.example, request: "GET /a.php HTTP/2.0", upstream: "fastcgi://unix:/run/php.sock:", host: "shop.example"',
      fields: { 'log.lines': 4, 'event.reason': 'Fatal error', 'source.ip': '203.0.113.7', 'url.path': '/a.php' },
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
      kind: 'good',
      line: '2026/11/22 14:10:24 [error] 7#7: *9 user "eve": password mismatch, client: 203.0.113.7, server: , request: "GET /admin HTTP/1.1", host: "shop.example:8443"',
      fields: {
        'source.ip': '203.0.113.7',
        'user.name': 'eve',
        'url.domain': undefined,
        'url.path': '/admin',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026/11/22 14:10:24 [error] 7#7: *9 [client 203.0.113.7] ModSecurity: Access denied with code 403 (phase 2). Matched "x" [id "949110"]',
      fields: { 'source.ip': '203.0.113.7', 'event.action': 'waf_denied' },
    },
    {
      kind: 'good',
      line: '2026/11/22 14:10:24 [info] 7#7: *9 client 203.0.113.7:4022 connected to 0.0.0.0:5432, client: 203.0.113.7, server: 0.0.0.0:5432, upstream: "192.0.2.20:5432", bytes from/to client:0/0',
      fields: { 'source.ip': '203.0.113.7', 'log.level': 'info' },
    },
    {
      kind: 'good',
      line: '2026/11/22 14:10:24 [error] 7#7: *9 FastCGI sent in stderr: "PHP message: Failed login for eve@shop.example" while reading response header from upstream, client: 203.0.113.7, server: shop.example, request: "POST /login HTTP/2.0", host: "shop.example"',
      fields: {
        'source.ip': '203.0.113.7',
        'user.name': 'eve@shop.example',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026/11/22 14:10:24 [error] 7#7: *9 FastCGI sent in stderr: "PHP message: PHP Warning:  Undefined variable $x in /srv/www/a.php on line 3; PHP message: PHP Fatal error:  Uncaught Error: no such cart in /srv/www/a.php:4" while reading response header from upstream, client: 203.0.113.7, server: shop.example, request: "GET /a.php HTTP/2.0", host: "shop.example"',
      fields: { 'log.level': 'critical', 'log.logger': 'php', 'event.reason': 'Fatal error', 'source.ip': '203.0.113.7' },
    },
    {
      kind: 'hostile',
      line: '2026/11/22 14:10:24 [error] 7#7: *9 open() "/srv/FastCGI sent in stderr: "PHP message: PHP Fatal error: x" failed (2: No such file or directory), client: 203.0.113.7, server: shop.example, request: "GET /x HTTP/2.0", host: "shop.example"',
      fields: { 'log.level': 'error', 'log.logger': undefined, 'event.reason': undefined },
    },
    {
      kind: 'hostile',
      line: '2026/11/22 14:10:25 [info] 7#7: *9 client sent invalid request while reading client request line, client: 203.0.113.9, server: shop.example, request: "GET /x, client: 192.0.2.1, server: y, request: "GET / HTTP/1.1"',
      fields: { 'source.ip': '203.0.113.9', 'url.domain': 'shop.example' },
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
