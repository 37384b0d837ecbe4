import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { oneOf, oneWord, optional, pattern, skip, stamp, upTo } from '../pattern.ts';

const stream = oneWord({ stdout: {}, stderr: {} });
/** `F` for a full line, `P` for a part of one, and perhaps more tags behind colons. */
const tag = pattern`${oneOf(pattern`F`, pattern`P`)}${optional(pattern`:${upTo(' ')}`)}`;

/** `guard` has seen its head. */
function read(line: string): Reading | undefined {
  const [timeText = '', stream = '', tags = ''] = line.split(' ', 3);
  const fields = new Map<FieldName, string>([['log.iostream', stream]]);
  const message = line.slice(timeText.length + stream.length + tags.length + 3);
  if (message !== '') fields.set('message', message);
  return { fields, timeText, ...(tags.startsWith('P') ? { piece: 'told' } : {}) };
}

export default defineFormat({
  name: 'cri',
  title: 'logs of Kubernetes containers (containerd, CRI-O)',
  source: 'kubernetes/design-proposals-archive: node/kubelet-cri-logging.md',
  rank: 92,
  holds: 'lines',
  shapes: 'cri',
  by: ['log.iostream'],
  begins: '0123456789',
  guard: pattern`${stamp('rfc3339')} ${stream} ${tag} ${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123456789Z stdout F Server is starting',
      fields: { timestamp: '2026-11-22T13:36:00.123Z', 'log.iostream': 'stdout', message: 'Server is starting' },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.5Z stdout F 203.0.113.5 - - [22/Nov/2026:13:36:00 +0000] "GET /x?a=1 HTTP/1.1" 404 162 "-" "curl/8"',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'log.dataset': 'web.access',
        'log.iostream': 'stdout',
        'source.ip': '203.0.113.5',
        'url.path': '/x',
        'http.response.status_code': 404,
        message: undefined,
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.5Z stderr F 2026-11-22 16:36:00,123 ERROR [main] org.example.Cart - no such cart',
      fields: {
        timestamp: '2026-11-22T13:36:00.500Z',
        'log.level': 'error',
        'log.logger': 'org.example.Cart',
        'log.iostream': 'stderr',
        message: 'no such cart',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T14:36:01.5+01:00 stderr F {"level":"warn","msg":"login failed","username":"eve","client_ip":"203.0.113.5"}',
      fields: {
        timestamp: '2026-11-22T13:36:01.500Z',
        'log.level': 'warning',
        'user.name': 'eve',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:02.5Z stderr P {"level":"warn","msg":"cut in\n2026-11-22T13:36:02.5Z stderr F  half"}',
      fields: { 'log.lines': 2, 'log.level': 'warning', message: 'cut in half' },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:02.5Z stdout F {"level":"warn","msg":"cut in ha',
      fields: { message: '{"level":"warn","msg":"cut in ha', 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:03.5Z stdout F 2026-11-22T00:00:00Z stdout F {"client_ip":"192.0.2.1"}',
      fields: { timestamp: '2026-11-22T13:36:03.500Z', 'source.ip': undefined },
    },
  ],
});
