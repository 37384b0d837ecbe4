import { defineDataset } from '../dataset.ts';
import { pattern, set, upTo } from '../pattern.ts';
import { accessEntry } from '../pieces/access.ts';
import { lighttpdEvents } from '../pieces/lighttpd.ts';
import { fpmHead, fpmPool, phpError } from '../pieces/php.ts';

export default defineDataset({
  name: 'web',
  source: 'php.net: error_log=syslog; lighttpd server.errorlog-use-syslog; Traefik, gunicorn and others in containers',
  programs: [
    'lighttpd',
    'php',
    'php-fpm',
    'php-cgi',
    'traefik',
    'caddy',
    'gunicorn',
    'puma',
    'unicorn',
    'tomcat',
    'varnishncsa',
    'litespeed',
    'lshttpd',
  ],
  messages: [
    [set({ 'log.dataset': 'web.access' }), ...accessEntry],
    [set({ 'log.dataset': 'php.error' }), ...phpError],
    [set({ 'log.dataset': 'php_fpm.error' }), ...fpmHead, fpmPool],
    pattern`(${upTo(')( ', 'log.logger')}) ${set({ 'log.dataset': 'lighttpd.error' })}${lighttpdEvents}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 php-fpm[77]: PHP Warning:  Undefined variable $x in /srv/www/a.php on line 3',
      fields: { 'log.dataset': 'php.error', 'log.level': 'warning' },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:02 web1 lighttpd[77]: (mod_auth.c.492) password doesn't match for /admin username: eve IP: 203.0.113.5",
      fields: { 'log.dataset': 'lighttpd.error', 'source.ip': '203.0.113.5', 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:02 web1 php-fpm[77]: PHP',
      fields: { 'log.dataset': 'web', 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:02 web1 traefik[77]: 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /PHP HTTP/1.1" 404 19 "-" "192.0.2.1 - -" 500 "shop@docker" "http://192.0.2.3:80" 0ms',
      fields: { 'log.dataset': 'web.access', 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
