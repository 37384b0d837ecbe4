import { defineFormat } from '../format.ts';
import { pattern, stamp, upTo, within } from '../pattern.ts';
import { lighttpdEvents } from '../pieces/lighttpd.ts';

export default defineFormat({
  name: 'lighttpd_error',
  title: 'lighttpd error log',
  source: 'https://redmine.lighttpd.net/projects/lighttpd/wiki/Server_errorlogDetails; src/mod_auth.c',
  rank: 60,
  dataset: 'lighttpd.error',
  pattern: pattern`${stamp('iso')}: (${upTo(')( ', 'log.logger')}) ${within('rest', [lighttpdEvents], 'message')}`,
  samples: [
    {
      kind: 'good',
      line: "2026-11-22 13:36:00: (mod_auth.c.492) password doesn't match for /admin username: eve IP: 203.0.113.5",
      fields: {
        'log.dataset': 'lighttpd.error',
        'log.logger': 'mod_auth.c.492',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.category': ['authentication'],
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22 13:36:00: (http_auth.c.860) get_password failed, IP: 2001:db8::5',
      fields: { 'source.ip': '2001:db8::5', 'event.outcome': 'failure' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22 13:36:00: (server.c.1828) server started (lighttpd/1.4.69)',
      fields: { 'log.logger': 'server.c.1828', 'event.outcome': undefined, message: 'server started (lighttpd/1.4.69)' },
    },
    {
      kind: 'hostile',
      line: "2026-11-22 13:36:00: (http_auth.c.875) password doesn't match for /x username: eve IP: 192.0.2.1, IP: 203.0.113.5",
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'eve IP: 192.0.2.1' },
    },
  ],
});
