import { defineDataset } from '../dataset.ts';
import { optional, pattern, set, skip } from '../pattern.ts';
import { accessEntry } from '../pieces/access.ts';
import { nginxError } from '../pieces/nginx-error.ts';

/** systemd's journal, shown as text, may repeat the host and the name. */
const again = optional(pattern`${skip('word')} nginx: `);

export default defineDataset({
  name: 'nginx',
  source: 'https://nginx.org/en/docs/syslog.html',
  programs: ['nginx', 'openresty', 'angie', 'tengine', 'freenginx'],
  messages: [
    [again, ...nginxError],
    [set({ 'log.dataset': 'nginx.access' }), ...accessEntry],
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 nginx: 203.0.113.5 - alice [22/Nov/2026:13:36:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 512 "-" "curl/8"',
      fields: {
        'log.dataset': 'nginx.access',
        'host.name': 'web1',
        'source.ip': '203.0.113.5',
        'user.name': 'alice',
        'url.path': '/cart',
        'http.response.status_code': 200,
        'user_agent.original': 'curl/8',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:02 web1 nginx[77]: 2026/11/22 13:36:01 [error] 77#78: *3 user "eve" was not found in "/etc/nginx/users", client: 203.0.113.5, server: shop.example, request: "GET / HTTP/2.0", host: "shop.example"',
      fields: {
        'log.dataset': 'nginx.error',
        'log.level': 'error',
        'source.ip': '203.0.113.5',
        'user.name': 'eve',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:02 web1 nginx[77]: nginx: configuration file /etc/nginx/nginx.conf test is successful',
      fields: { 'log.dataset': 'nginx', 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:02 web1 nginx: 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /x HTTP/1.1" 404 5 "-" "\\x22 nginx: 192.0.2.1 - - [22/Nov/2026:13:36:00 +0000] \\x22GET"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
