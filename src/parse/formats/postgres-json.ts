import { isIP } from 'node:net';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip } from '../pattern.ts';
import { postgresLevel, setPostgresText } from '../pieces/postgres.ts';
import { parseObject } from '../structured/payload.ts';

function read(line: string): Reading | undefined {
  if (!line.includes('"error_severity"')) return undefined;
  const object = parseObject(line.trim());
  const textOf = (name: string): string => (typeof object?.[name] === 'string' ? object[name] : '');
  const numberOf = (name: string): number => (typeof object?.[name] === 'number' ? object[name] : Number.NaN);
  const level = postgresLevel(textOf('error_severity'));
  if (level === undefined) return undefined;
  const fields = new Map<FieldName, string | number>([
    ['log.dataset', 'postgresql'],
    ['log.level', level],
    ['process.name', 'postgres'],
  ]);
  const pid = numberOf('pid');
  if (Number.isSafeInteger(pid)) fields.set('process.pid', pid);
  if (textOf('user') !== '') fields.set('user.name', textOf('user'));
  if (isIP(textOf('remote_host')) > 0) fields.set('source.ip', textOf('remote_host'));
  if (fields.has('source.ip') && Number.isSafeInteger(numberOf('remote_port')))
    fields.set('source.port', numberOf('remote_port'));
  setPostgresText(fields, textOf('state_code'), ['message', 'detail', 'hint', 'statement'].map(textOf));
  return { fields, timeText: textOf('timestamp') };
}

export default defineFormat({
  name: 'postgres_json',
  title: 'PostgreSQL log in JSON (jsonlog)',
  source: 'PostgreSQL documentation §19.8.5 "Using JSON-Format Log Output"',
  rank: 73,
  begins: '{',
  guard: pattern`{${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '{"timestamp":"2026-11-22 13:36:00.123 UTC","user":"eve","dbname":"shop","pid":147,"remote_host":"203.0.113.5","remote_port":4022,"session_id":"6561a0f0.93","line_num":1,"ps":"authentication","error_severity":"FATAL","state_code":"28P01","message":"password authentication failed for user \\"eve\\"","detail":"Role \\"eve\\" does not exist.","backend_type":"client backend","query_id":0}',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.dataset': 'postgresql',
        'log.level': 'critical',
        'process.pid': 147,
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'source.port': 4022,
        'event.code': '28P01',
        'event.outcome': 'failure',
        message: 'password authentication failed for user "eve"\nRole "eve" does not exist.',
      },
    },
    {
      kind: 'malformed',
      line: '{"timestamp":"2026-11-22 13:36:00.123 UTC","pid":"x","error_severity":"LOG","remote_host":"[local]"}',
      fields: { 'log.level': 'info', 'process.pid': undefined, 'source.ip': undefined, message: undefined },
    },
    {
      kind: 'hostile',
      line: '{"timestamp":"2026-11-22 13:36:00.123 UTC","pid":9,"remote_host":"203.0.113.5","error_severity":"ERROR","message":"x","statement":"SELECT \'\\",\\"remote_host\\":\\"192.0.2.1\'"}',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': undefined },
    },
  ],
});
