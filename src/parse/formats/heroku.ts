import { defineFormat } from '../format.ts';
import { message, pattern, stamp, upTo } from '../pattern.ts';

export default defineFormat({
  name: 'heroku',
  title: 'Heroku, as `heroku logs` prints it: a time, a source and its dyno, and what that says',
  source: 'https://devcenter.heroku.com/articles/logging, "Log format"',
  rank: 30,
  holds: 'messages',
  pattern: pattern`${stamp('rfc3339')} ${upTo('[ ', 'process.name')}[${upTo('] ', 'service.name')}]: ${message()}`,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123456+00:00 heroku[router]: at=error code=H12 desc="Request timeout" method=POST path="/pay" host=shop.example fwd="192.0.2.1, 203.0.113.5" dyno=web.1 status=503 bytes=0',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'process.name': 'heroku',
        'log.level': 'error',
        'event.code': 'H12',
        'source.ip': '203.0.113.5',
        'url.path': '/pay',
        'http.response.status_code': 503,
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123456+00:00 app[web.1]: Login failed for user eve from 203.0.113.5',
      fields: { 'process.name': 'app', 'service.name': 'web.1', 'user.name': 'eve', 'source.ip': '203.0.113.5' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:00.123456+00:00 app[web.1',
      takenBy: 'stamped',
      fields: { 'process.name': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:00.123456+00:00 heroku[router]: at=info method=GET path="/?fwd=192.0.2.1 fwd=192.0.2.2" host=shop.example fwd="203.0.113.5" status=200 bytes=1',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 200 },
    },
  ],
});
