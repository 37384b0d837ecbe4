import { defineFormat } from '../format.ts';
import { pattern, skip, upTo } from '../pattern.ts';
import { readLogfmt } from '../structured/payload.ts';

export default defineFormat({
  name: 'logfmt',
  title: 'logfmt: key=value, as logrus, log/slog, Grafana and Authelia write it',
  source: 'https://brandur.org/logfmt; Go package log/slog, TextHandler',
  rank: 35,
  shapes: 'pairs',
  guard: pattern`${skip('blanks')}${upTo(' ="[{(<')}=${skip('rest')}`,
  read: (line) => readLogfmt(line.trim()),
  samples: [
    {
      kind: 'good',
      line: 'time="2026-11-22T13:36:00+02:00" level=error msg="Unsuccessful 1FA authentication attempt by user \'eve\'" method=POST path=/api/firstfactor remote_ip=203.0.113.5',
      fields: {
        timestamp: '2026-11-22T11:36:00.000Z',
        'log.level': 'error',
        'source.ip': '203.0.113.5',
        'user.name': 'eve',
        'event.outcome': 'failure',
        'http.request.method': 'POST',
        'url.path': '/api/firstfactor',
      },
    },
    {
      kind: 'good',
      line: 'ts=2026-11-22T13:36:01Z lvl=warn logger=cart msg="a \\"quoted\\" word" pid=7',
      fields: { 'log.level': 'warning', 'log.logger': 'cart', 'process.pid': 7, message: 'a "quoted" word' },
    },
    {
      kind: 'good',
      line: 'method=GET path=/a format=html controller=ShopController action=index status=404 duration=1.12 remote_ip=203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'url.path': '/a', 'http.response.status_code': 404, 'http.request.method': 'GET' },
    },
    {
      kind: 'malformed',
      line: 't=2026-11-22T13:36:02Z level=info msg="cut',
      fields: { timestamp: '2026-11-22T13:36:02.000Z', 'log.level': 'info', message: undefined },
    },
    {
      kind: 'hostile',
      line: 'level=warn msg="bad password" user="x\\" remote_addr=192.0.2.1 y" remote_addr=203.0.113.5',
      fields: { 'source.ip': '203.0.113.5', 'user.name': 'x" remote_addr=192.0.2.1 y' },
    },
  ],
});
