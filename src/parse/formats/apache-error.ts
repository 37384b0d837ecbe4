import { defineFormat } from '../format.ts';
import { oneOf, pattern, stamp } from '../pattern.ts';
import { requestTime } from '../pieces/access.ts';
import { apacheError, isApacheError } from '../pieces/apache-error.ts';

export default defineFormat({
  name: 'apache_error',
  title: 'Apache error log, 2.2 and 2.4',
  source: 'https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat',
  rank: 60,
  pattern: pattern`[${oneOf(pattern`${stamp('asctime')}] `, pattern`${requestTime}] ${isApacheError}`)}${apacheError}`,
  samples: [
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:22.123456 2026] [authz_core:error] [pid 4321:tid 140012] [client 203.0.113.5:51122] AH01630: client denied by server configuration: /srv/www/.git',
      fields: {
        'log.dataset': 'apache.error',
        'log.level': 'error',
        'log.logger': 'authz_core',
        'process.pid': 4321,
        'source.ip': '203.0.113.5',
        'source.port': 51122,
        message: 'AH01630: client denied by server configuration: /srv/www/.git',
      },
    },
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:23.000001 2026] [mpm_prefork:notice] [pid 1] AH00163: Apache/2.4 configured -- resuming normal operations',
      fields: { 'log.level': 'notice', 'process.pid': 1, 'source.ip': undefined },
    },
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:24 2026] [error] [client 2001:db8::7] user eve: authentication failure for "/admin": Password Mismatch, referer: https://shop.example/',
      fields: {
        'source.ip': '2001:db8::7',
        'source.port': undefined,
        'user.name': 'eve',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
        'http.request.referrer': 'https://shop.example/',
      },
    },
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:24.000001 2026] [ssl:info] [pid 12:tid 13] (70014)End of file found: [client 203.0.113.5:17036] AH01991: SSL input filter read failed.',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 17036, 'log.logger': 'ssl' },
    },
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:24.000001 2026] [authz_core:trace3] [pid 9:tid 10] mod_authz_core.c(820): [client [2001:db8::7]:50752] AH01626: authorization result of <RequireAny>: granted',
      fields: { 'source.ip': '2001:db8::7', 'source.port': 50752, 'log.level': 'debug' },
    },
    {
      kind: 'good',
      line: '[Sun Nov 22 14:10:24.000001 2026] [:error] [pid 9] [client 203.0.113.5:4022] [client 203.0.113.5] ModSecurity: Access denied with code 403 (phase 2). Matched phrase "x" at ARGS:a. [id "930120"]',
      fields: { 'source.ip': '203.0.113.5', 'event.action': 'waf_denied', 'log.level': 'error' },
    },
    {
      kind: 'good',
      line: "[Sun Nov 22 14:10:24.428126 2026] [proxy_fcgi:error] [pid 1:tid 2] [client 203.0.113.7:55309] AH01071: Got error 'PHP message: user eve authentication failure for Dav'",
      fields: {
        'source.ip': '203.0.113.7',
        'user.name': 'eve',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: "[Sun Nov 22 13:36:00.123456 2026] [proxy_fcgi:error] [pid 7:tid 8] [client 203.0.113.5:4022] AH01071: Got error 'PHP message: PHP Warning:  Undefined variable $x in /srv/www/a.php on line 3'",
      fields: { 'log.level': 'warning', 'log.logger': 'php', 'event.reason': 'Warning', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'good',
      line: '[Sun Nov 22 13:36:00.123456 2026] [php:error] [pid 7] [client 203.0.113.5:4022] PHP Fatal error:  Uncaught Error: no such cart in /srv/www/a.php:4, referer: https://shop.example/',
      fields: { 'log.level': 'critical', 'event.reason': 'Fatal error', 'http.request.referrer': 'https://shop.example/' },
    },
    {
      kind: 'good',
      line: "[Sun Nov 22 13:36:00.123456 2026] [php7:emerg] [pid 7] [client 203.0.113.5:4022] PHP Parse error:  syntax error, unexpected '}' in /srv/www/a.php on line 4",
      fields: { 'log.level': 'emergency', 'log.logger': 'php', 'event.reason': 'Parse error', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'hostile',
      line: '[Sun Nov 22 14:10:25 2026] [error] [client 203.0.113.9] File does not exist: /srv/(2)x: [client 192.0.2.1] user root not found',
      fields: { 'source.ip': '203.0.113.9', 'user.name': undefined, 'event.outcome': undefined },
    },
    {
      kind: 'malformed',
      line: '[Sun Nov 22 14:10:24.000001 2026] [core:error] [pid 1:tid 2] [client 2001:db8::7:4022] script not found',
      fields: { 'source.ip': '2001:db8::7', 'source.port': 4022, message: 'script not found' },
    },
    {
      kind: 'hostile',
      line: '[Sun Nov 22 14:10:25.000001 2026] [core:info] [pid 1:tid 2] [client 203.0.113.9:7] AH00128: File does not exist: /srv/] [client 192.0.2.1:80] x',
      fields: { 'source.ip': '203.0.113.9', 'source.port': 7 },
    },
  ],
});
