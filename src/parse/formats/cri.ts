import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip, stamp } from '../pattern.ts';
import { readPayload } from '../structured/payload.ts';

const head = /^(\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d)) (?:stdout|stderr) [FP][\w:]{0,16} /;

function read(line: string): Reading | undefined {
  const found = head.exec(line);
  if (found === null) return undefined;
  const { fields, timeMs, timeText } = readPayload(line.slice(found[0].length));
  const time = timeMs === undefined ? { timeText: timeText ?? found[1] ?? '' } : { timeMs };
  return { fields, ...time };
}

export default defineFormat({
  name: 'cri',
  title: 'logs of Kubernetes containers (containerd, CRI-O)',
  source: 'kubernetes/design-proposals-archive: node/kubelet-cri-logging.md',
  rank: 92,
  guard: pattern`${stamp('rfc3339')} std${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.123456789Z stdout F Server is starting',
      fields: { timestamp: '2026-11-22T13:36:00.123Z', message: 'Server is starting' },
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
      kind: 'malformed',
      line: '2026-11-22T13:36:02.5Z stdout P {"level":"warn","msg":"cut in ha',
      fields: { message: '{"level":"warn","msg":"cut in ha', 'log.level': undefined },
    },
    {
      kind: 'hostile',
      line: '2026-11-22T13:36:03.5Z stdout F 2026-11-22T00:00:00Z stdout F {"client_ip":"192.0.2.1"}',
      fields: { timestamp: '2026-11-22T13:36:03.500Z', 'source.ip': undefined },
    },
  ],
});
