import { defineFormat } from '../format.ts';
import { within } from '../pattern.ts';
import { railsRequest } from '../pieces/rails.ts';

export default defineFormat({
  name: 'rails',
  title: 'Ruby on Rails: the start of a request',
  source: 'https://github.com/rails/rails: railties/lib/rails/rack/logger.rb (started_request_message)',
  rank: 55,
  pattern: [within('rest', railsRequest, 'message')],
  samples: [
    {
      kind: 'good',
      line: 'Started POST "/users/sign_in?a=1" for 203.0.113.5 at 2026-11-22 13:36:00 +0100',
      fields: {
        timestamp: '2026-11-22T12:36:00.000Z',
        'source.ip': '203.0.113.5',
        'http.request.method': 'POST',
        'url.path': '/users/sign_in',
        'url.query': 'a=1',
      },
    },
    {
      kind: 'malformed',
      line: 'Started GET "/" for 2001:db8::5 at 2026-11-22 13:36:00',
      fields: { 'source.ip': '2001:db8::5', timestamp: '2026-11-22T13:36:00.000Z' },
    },
    {
      kind: 'hostile',
      line: 'Started GET "/?" for 192.0.2.1 at 2020-01-01 00:00:00 +0000" for 203.0.113.5 at 2026-11-22 13:36:00 +0000',
      fields: { 'source.ip': '203.0.113.5', timestamp: '2026-11-22T13:36:00.000Z' },
    },
  ],
});
