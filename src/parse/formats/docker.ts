import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip } from '../pattern.ts';
import { containedLine } from '../structured/contained.ts';
import { isObject } from '../structured/members.ts';
import { parseObject } from '../structured/payload.ts';

function read(line: string): Reading | undefined {
  const object = parseObject(line.trim());
  const contained = object === undefined ? undefined : containedLine(object);
  if (object === undefined || contained === undefined) return undefined;
  const { log, stream, time } = contained;
  const fields = new Map<FieldName, string>([['log.iostream', stream]]);
  const message = log.replace(/[\r\n]+$/, '');
  if (message !== '') fields.set('message', message);
  const { kubernetes } = object;
  if (isObject(kubernetes)) {
    const { container_name: container, host } = kubernetes;
    if (typeof container === 'string' && container !== '') fields.set('process.name', container);
    if (typeof host === 'string' && host !== '') fields.set('host.name', host);
  }
  return { fields, timeText: time, ...(log.endsWith('\n') ? {} : { piece: 'perhaps' }) };
}

export default defineFormat({
  name: 'docker',
  title: "logs of Docker's json-file, also as Fluentd and Fluent Bit pass them on",
  source: 'https://docs.docker.com/engine/logging/drivers/json-file/; docs.fluentbit.io: filters/kubernetes',
  rank: 72,
  holds: 'lines',
  shapes: 'docker',
  by: ['log.iostream', 'process.name', 'host.name'],
  begins: '{ \t',
  guard: pattern`${skip('blanks')}{${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '{"log":"203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] \\"GET /x?a=1 HTTP/1.1\\" 404 162 \\"-\\" \\"curl/8\\"\\n","stream":"stdout","time":"2026-11-22T13:36:00.123456789Z"}',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'web.access',
        'log.iostream': 'stdout',
        'source.ip': '203.0.113.5',
        'url.query': 'a=1',
        'http.response.status_code': 404,
        message: undefined,
      },
    },
    {
      kind: 'good',
      line: '{"log":"{\\"level\\":50,\\"time\\":1795354560123,\\"hostname\\":\\"web1\\",\\"msg\\":\\"payment failed\\"}\\n","stream":"stderr","time":"2026-11-22T13:36:00.5Z"}',
      fields: {
        timestamp: '2026-11-22T13:36:00.123Z',
        'log.level': 'error',
        'log.iostream': 'stderr',
        'host.name': 'web1',
        message: 'payment failed',
      },
    },
    {
      kind: 'good',
      line: '{"log":"\\u001b[32mINFO\\u001b[0m: \\u001b[1mready\\u001b[0m\\r\\n","stream":"stdout","time":"2026-11-22T13:36:00.5Z","kubernetes":{"container_name":"web","host":"node1"}}',
      fields: {
        timestamp: '2026-11-22T13:36:00.500Z',
        'log.level': 'info',
        'host.name': 'node1',
        'process.name': 'web',
        message: 'ready',
      },
    },
    {
      kind: 'good',
      line: '{"log":"2026-11-22 13:36:00,123 ERROR [main] org.example.Cart - no ","stream":"stdout","time":"2026-11-22T13:36:00.5Z"}\n{"log":"such cart\\n","stream":"stdout","time":"2026-11-22T13:36:00.5Z"}',
      fields: { 'log.lines': 2, 'log.level': 'error', 'log.logger': 'org.example.Cart', message: 'no such cart' },
    },
    {
      kind: 'good',
      line: '{"log":"2026-11-22 13:36:00,123 ERROR [main] org.example.Cart - no such cart\\n","stream":"stderr","time":"2026-11-22T13:36:00.5Z"}\n{"log":"\\tat org.example.Cart.add(Cart.java:7)\\n","stream":"stderr","time":"2026-11-22T13:36:00.5Z"}',
      fields: { 'log.lines': 2, 'log.level': 'error', message: 'no such cart\n\tat org.example.Cart.add(Cart.java:7)' },
    },
    {
      kind: 'malformed',
      line: '{"log":"{\\"level\\":\\"warn\\",\\"msg\\":\\"cut in ha\\n","stream":"stdout","time":"2026-11-22T13:36:02Z"}',
      fields: { timestamp: '2026-11-22T13:36:02.000Z', message: '{"level":"warn","msg":"cut in ha', 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: '{"log":"{\\"log\\":\\"x from 192.0.2.1\\",\\"stream\\":\\"stderr\\",\\"time\\":\\"2020-01-01T00:00:00Z\\"}\\n","stream":"stdout","time":"2026-11-22T13:36:03Z"}',
      fields: { timestamp: '2026-11-22T13:36:03.000Z', 'log.iostream': 'stdout', 'source.ip': undefined },
    },
  ],
});
