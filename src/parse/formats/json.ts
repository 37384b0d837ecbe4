import { isIP } from 'node:net';
import { type Level, levelFromWord } from '../../model/level.ts';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';

type Values = Readonly<Record<string, unknown>>;

/** The names under which loggers and web servers write each field, the likelier first. Dots lead into nested objects. */
const names: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  'log.logger': ['logger', 'log.logger', 'name', 'channel'],
  'host.name': ['host.name', 'hostname'],
  'process.name': ['process.name', 'app', 'service'],
  'process.pid': ['process.pid', 'pid'],
  'user.name': ['user.name', 'remote_user', 'username', 'user'],
  'url.original': ['url.original', 'request_uri', 'uri', 'request.uri', 'req.url'],
  'url.domain': ['url.domain', 'http_host', 'server_name', 'request.host', 'vhost'],
  'http.request.method': ['http.request.method', 'request_method', 'method', 'request.method', 'req.method'],
  'http.request.referrer': ['http.request.referrer', 'http_referer', 'http_referrer', 'referer'],
  'http.response.status_code': ['http.response.status_code', 'status', 'status_code', 'res.statusCode'],
  'http.response.body.bytes': ['http.response.body.bytes', 'body_bytes_sent', 'bytes_sent', 'size'],
  'user_agent.original': ['user_agent.original', 'http_user_agent', 'user_agent', 'agent'],
  message: ['message', 'msg', 'log', 'error.message', 'text'],
};
const clientNames = [
  'source.ip',
  'remote_addr',
  'remote_ip',
  'client_ip',
  'clientip',
  'request.client_ip',
  'request.remote_ip',
  'ip',
  'client',
];
const timeNames = ['@timestamp', 'timestamp', 'time', 'ts', 'datetime', 'date', 'time_iso8601', 't'];
const levelNames = ['log.level', 'level', 'severity', 'lvl', 'loglevel', 'level_name', 'levelname'];
const numbers = new Set<FieldName>(['process.pid', 'http.response.status_code', 'http.response.body.bytes']);

function at(values: Values, path: string): unknown {
  if (Object.hasOwn(values, path)) return values[path];
  let found: unknown = values;
  for (const key of path.split('.')) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asField(field: FieldName, value: unknown): string | number | undefined {
  if (numbers.has(field)) {
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' && value !== '-' ? value : undefined;
}

/** Pino and bunyan count levels from 10 (trace) to 60 (fatal). Source: getpino.io/#/docs/api?id=logger-level. */
function levelOf(value: unknown): Level | undefined {
  if (typeof value === 'string') return levelFromWord(value);
  if (typeof value !== 'number' || value < 10) return undefined;
  if (value >= 60) return 'critical';
  if (value >= 50) return 'error';
  if (value >= 40) return 'warning';
  return value >= 30 ? 'info' : 'debug';
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970: which one shows in the number of digits. */
function epochMs(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value > 1e8)) return undefined;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1e3 : value / 1e6;
}

/** nginx writes `request` as one text: method, target and version. */
function addRequest(fields: Map<FieldName, string | number>, request: unknown): void {
  if (typeof request !== 'string') return;
  const [method, ...rest] = request.split(' ');
  const protocol = rest.at(-1)?.startsWith('HTTP/') ? rest.pop() : undefined;
  if (method === undefined || rest.length === 0) return;
  fields.set('http.request.method', method);
  fields.set('url.original', rest.join(' '));
  if (protocol !== undefined) fields.set('http.version', protocol.slice('HTTP/'.length));
}

function addUrlParts(fields: Map<FieldName, string | number>): void {
  const target = fields.get('url.original');
  if (typeof target !== 'string' || !target.startsWith('/')) return;
  const query = target.indexOf('?');
  fields.set('url.path', query < 0 ? target : target.slice(0, query));
  if (query >= 0 && query + 1 < target.length) fields.set('url.query', target.slice(query + 1));
}

/** `203.0.113.5`, `203.0.113.5:4022` or `[2001:db8::5]:4022`; what is no address at all may be the name of a host. */
function addClient(fields: Map<FieldName, string | number>, values: Values): void {
  for (const name of clientNames) {
    const text = asField('source.ip', at(values, name));
    if (typeof text !== 'string') continue;
    const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text) ?? [];
    const address = (bracketed ?? plain ?? text).replace(/^::ffff:(?=[\d.]+$)/i, '');
    if (isIP(address) === 0 && !/^[a-z\d._-]{1,253}$/i.test(address)) continue;
    fields.set(isIP(address) === 0 ? 'source.domain' : 'source.ip', address);
    if (port !== undefined) fields.set('source.port', Number(port));
    return;
  }
}

function read(line: string): Reading | undefined {
  const values = parse(line);
  if (values === undefined) return undefined;
  const fields = new Map<FieldName, string | number>();
  addRequest(fields, at(values, 'request'));
  for (const [name, candidates] of Object.entries(names)) {
    const field = name as FieldName;
    for (const candidate of candidates) {
      const value = asField(field, at(values, candidate));
      if (value === undefined) continue;
      fields.set(field, value);
      break;
    }
  }
  addClient(fields, values);
  addUrlParts(fields);
  const level = levelNames.map((name) => levelOf(at(values, name))).find((found) => found !== undefined);
  if (level !== undefined) fields.set('log.level', level);
  if (fields.has('http.response.status_code') && fields.has('http.request.method')) fields.set('log.dataset', 'web.access');
  const time = timeNames.map((name) => at(values, name)).find((found) => found !== undefined);
  const timeMs = epochMs(time);
  return { fields, ...(timeMs === undefined ? {} : { timeMs }), ...(typeof time === 'string' ? { timeText: time } : {}) };
}

function parse(line: string): Values | undefined {
  const trimmed = line.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(trimmed);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export default defineFormat({
  name: 'json',
  title: 'JSON lines, as pino, bunyan, winston, zap, logrus and nginx (escape=json) write them',
  source: 'RFC 8259; ECS logging; getpino.io; nginx log_format escape=json',
  rank: 70,
  read,
  samples: [
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
  ],
});
