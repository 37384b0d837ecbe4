import { defineDataset } from '../dataset.ts';
import { set } from '../pattern.ts';
import { accessEntry } from '../pieces/access.ts';
import { apacheError } from '../pieces/apache-error.ts';

export default defineDataset({
  name: 'apache',
  source: 'https://httpd.apache.org/docs/2.4/mod/core.html#errorlog; mod_syslog',
  programs: ['httpd', 'apache2', 'apache', 'apache-access', 'apache2-access', 'apache-error', 'apache2-error'],
  messages: [apacheError, [set({ 'log.dataset': 'apache.access' }), ...accessEntry]],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 httpd[22034]: [authz_core:error] [pid 22034] [client 203.0.113.5:58585] AH01630: client denied by server configuration: /srv/www/',
      fields: {
        'log.dataset': 'apache.error',
        'log.logger': 'authz_core',
        'process.pid': 22034,
        'source.ip': '203.0.113.5',
        'source.port': 58585,
        'event.action': 'access_denied',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 apache2: shop.example:80 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /cart HTTP/1.1" 200 512 "-" "curl/8"',
      fields: { 'log.dataset': 'apache.access', 'url.domain': 'shop.example', 'source.ip': '203.0.113.5', 'url.path': '/cart' },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:02 web1 httpd[7]: Server configured, listening on: port 80',
      fields: { 'log.dataset': 'apache', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:02 web1 httpd[7]: [error] [client 203.0.113.5] user [client 192.0.2.1] user root not found: /admin',
      fields: { 'source.ip': '203.0.113.5', 'user.name': '[client 192.0.2.1] user root', 'event.outcome': 'failure' },
    },
  ],
});
