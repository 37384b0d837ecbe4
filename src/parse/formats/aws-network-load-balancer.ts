import { isIP } from 'node:net';
import type { FieldName } from '../fields.ts';
import { defineFormat, type Reading } from '../format.ts';
import { pattern, skip } from '../pattern.ts';

/** `203.0.113.5:51341`, `2001:db8::5:51341`. */
const endpoint = /^(.{2,45}):(\d{1,5})$/;

/**
 * Type, version, time, balancer, listener, client, destination, ms to connect, ms for TLS, bytes in and out, alert, three
 * more of certificates and ciphers, the name that the client asked for; the last is when the client came. All times are UTC.
 */
function read(line: string): Reading | undefined {
  const columns = line.split(' ', 64);
  const [, , time = '', , , client = '', destination = '', , , , sent = '', alert = ''] = columns;
  const domain = columns[17] ?? '';
  const came = /^2\d{3}-/.test(columns[21] ?? '') ? columns[21] : time;
  if (columns.length < 18) return undefined;
  const fields = new Map<FieldName, string | number>();
  addEnd(fields, 'source', client);
  addEnd(fields, 'destination', destination);
  if (/^\d{1,15}$/.test(sent)) fields.set('http.response.body.bytes', Number(sent));
  if (alert !== '-') fields.set('event.reason', `TLS alert ${alert}`);
  if (domain !== '-') fields.set('url.domain', domain);
  return { fields, timeText: `${came}Z` };
}

function addEnd(fields: Map<FieldName, string | number>, side: 'source' | 'destination', text: string): void {
  const [, address = '', port] = endpoint.exec(text) ?? [];
  if (isIP(address) === 0) return;
  fields.set(`${side}.ip`, address);
  fields.set(`${side}.port`, Number(port));
}

export default defineFormat({
  name: 'aws_network_load_balancer',
  title: 'AWS network load balancers (NLB): log of TLS listeners',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html',
  rank: 85,
  dataset: 'aws.load_balancer',
  begins: 't',
  guard: pattern`tls ${skip('word')} ${skip('word')} net/${skip('rest')}`,
  read,
  samples: [
    {
      kind: 'good',
      line: 'tls 2.0 2026-11-22T13:36:02 net/shop/c6e77e28c25b2234 g3d4b5e8bb8464cd 203.0.113.5:51341 192.0.2.20:443 5 2 98 246 - arn:aws:acm:x:certificate/2a10 - ECDHE-RSA-AES128-SHA TLSv1.2 - shop.example h2 - - 2026-11-22T13:36:00',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        timestamp_quality: undefined,
        'log.dataset': 'aws.load_balancer',
        'source.ip': '203.0.113.5',
        'source.port': 51341,
        'destination.ip': '192.0.2.20',
        'http.response.body.bytes': 246,
        'url.domain': 'shop.example',
      },
    },
    {
      kind: 'malformed',
      line: 'tls 2.0 2026-11-22T13:36:00 net/shop/c6e77e28c25b2234 g3d4b5e8bb8464cd 2001:db8::5:51341 - - - - - 40 - - - - - - -',
      fields: {
        timestamp: '2026-11-22T13:36:00.000Z',
        'source.ip': '2001:db8::5',
        'destination.ip': undefined,
        'url.domain': undefined,
        'event.reason': 'TLS alert 40',
      },
    },
    {
      kind: 'hostile',
      line: 'tls 2.0 2026-11-22T13:36:00 net/shop/c6e7 g3d4 203.0.113.5:51341 192.0.2.20:443 5 2 98 246 - - - - - - 192.0.2.1:1 - - - 2026-11-22T13:36:00 192.0.2.1:2',
      fields: { 'source.ip': '203.0.113.5', timestamp: '2026-11-22T13:36:00.000Z' },
    },
  ],
});
