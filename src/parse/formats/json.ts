import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip } from '../pattern.ts';
import { postgresLevel } from '../pieces/postgres.ts';
import { containedLine } from '../structured/contained.ts';
import { parseObject } from '../structured/payload.ts';
import { readObject } from '../structured/reading.ts';

function read(line: string): Reading | undefined {
  const object = parseObject(line.trim());
  // The journal's own format knows which of its fields a client cannot set, PostgreSQL's what its fields mean, and Docker's
  // what a container has written.
  if (object === undefined || '__REALTIME_TIMESTAMP' in object || isPostgres(object)) return undefined;
  if (containedLine(object) !== undefined) return undefined;
  return readObject(object);
}

function isPostgres({ error_severity: severity }: Readonly<Record<string, unknown>>): boolean {
  return typeof severity === 'string' && postgresLevel(severity) !== undefined;
}

export default defineFormat({
  name: 'json',
  title: 'JSON lines, as pino, bunyan, winston, zap, logrus and nginx (escape=json) write them',
  source: 'RFC 8259; ECS logging; getpino.io; nginx log_format escape=json',
  rank: 70,
  shapes: 'objects',
  guard: pattern`${skip('blanks')}{${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '{"event":"invalid_login","identifier":"eve","client_ip":"203.0.113.5","timestamp":"2026-11-22T13:36:00Z"}',
      fields: { 'user.name': 'eve', 'event.outcome': 'failure' },
    },
    {
      kind: 'good',
      line: '{"event":"order stored","identifier":"A-17","timestamp":"2026-11-22T13:36:00Z"}',
      fields: { 'user.name': undefined, message: 'order stored' },
    },
    {
      kind: 'good',
      line: '{"level":50,"time":1795354560123,"pid":77,"hostname":"web1","msg":"payment failed"}',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.level': 'error',
        'process.pid': 77,
        'host.name': 'web1',
        message: 'payment failed',
      },
    },
    {
      kind: 'good',
      line: '{"time_iso8601":"2026-11-22T13:36:00+01:00","remote_addr":"203.0.113.5","request":"GET /x?a=1 HTTP/1.1","status":"404","body_bytes_sent":162,"http_user_agent":"curl/8"}',
      fields: {
        timestamp: '2026-11-22T12:36:00.000Z',
        'source.ip': '203.0.113.5',
        'http.request.method': 'GET',
        'url.path': '/x',
        'url.query': 'a=1',
        'http.response.status_code': 404,
        'log.dataset': 'web.access',
      },
    },
    {
      kind: 'good',
      line: '{"time_iso8601":"2026-11-22T13:36:00+00:00","remote_addr":"203.0.113.5","request":"GET /\\x22a HTTP/1.1","status":"400","upstream_time":,"bytes_sent":12}',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'source.ip': '203.0.113.5',
        'url.original': '/"a',
        'http.response.status_code': 400,
      },
    },
    { kind: 'malformed', line: '{"msg":"no time"}', fields: { timestamp_quality: 'observed', message: 'no time' } },
    {
      kind: 'good',
      line: '{"ts":1795354560.5,"level":"warn","remote_addr":"[2001:db8::5]:4022","user":{"name":"deploy"},"message":"slow"}',
      fields: {
        timestamp: '2026-11-22T13:36:00.500Z',
        'log.level': 'warning',
        'source.ip': '2001:db8::5',
        'source.port': 4022,
        'user.name': 'deploy',
      },
    },
    {
      kind: 'hostile',
      line: '{"time":"2026-11-22T13:36:00Z","client_ip":"192.0.2.1, or not","remote_ip":"","msg":"x"}',
      fields: { 'source.ip': undefined, 'source.domain': undefined, message: 'x' },
    },
    {
      kind: 'hostile',
      line: '{"time":"2026-11-22T13:36:00Z","ip":"203.0.113.5","msg":"\\",\\"ip\\":\\"192.0.2.1","__proto__":{"user":"root"}}',
      fields: { 'source.ip': '203.0.113.5', 'user.name': undefined },
    },
    {
      kind: 'hostile',
      line: '{"time":"2026-11-22T13:36:00Z","remote_addr":"203.0.113.5","agent":"\\x22,\\x22remote_addr\\x22:\\x22192.0.2.1","n":}',
      fields: { 'source.ip': '203.0.113.5' },
    },
  ],
});
