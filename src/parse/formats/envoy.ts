import { defineFormat } from '../format.ts';
import { end, ip, number, oneOf, optional, pattern, quoted, rest, skip, stamp, within } from '../pattern.ts';
import { addressAndPort, request } from '../pieces/access.ts';

/** An address in a list; some proxies write brackets around those of IPv6, and a port behind them. */
const listed = oneOf(
  [ip('source', 'rest')],
  pattern`[${ip('source', 'first')}]${oneOf([end()], pattern`:${number('source.port')}${end()}`)}`,
);
/** `X-Forwarded-For`: Envoy adds the peer that it saw as the last. */
const forwarded = within('quote', [oneOf(pattern`${skip('last')},${skip('blanks')}${listed}`, [listed], [])]);

const upstreamTime = pattern`${skip('word')} ${skip('word')}`;
const bytesAndTimes = oneOf(
  pattern`${number()} ${number('http.response.body.bytes')} ${upstreamTime} "`,
  // Istio tells before them how the answer came about.
  pattern`${skip('word')} ${skip('word')} "${skip('quote')}" ${number()} ${number('http.response.body.bytes')} ${upstreamTime} "`,
);

/** The cluster and the addresses of both ends, which Istio adds; the last is the peer's. */
const peer = optional(
  pattern` ${skip('word')} ${skip('word')} ${skip('word')} ${within('word', addressAndPort)} ${skip('rest')}`,
);
const quotedParts = oneOf(
  pattern`-" "${quoted('user_agent.original')}" "${skip('quote')}" "${quoted('url.domain')}" "${skip('quote')}"${peer}`,
  pattern`${forwarded}" "${quoted('user_agent.original')}" "${skip('quote')}" "${quoted('url.domain')}" "${skip('quote')}"`,
);

export default defineFormat({
  name: 'envoy',
  title: 'Envoy and Istio access log',
  source: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage',
  rank: 55,
  dataset: 'envoy.access',
  pattern: pattern`[${stamp('rfc3339')}] "${within('quote', [request])}" ${number('http.response.status_code')} ${skip('word')} ${bytesAndTimes}${quotedParts}${oneOf([end()], [rest()])}`,
  samples: [
    {
      kind: 'good',
      line: '[2026-11-22T13:36:00.310Z] "POST /api/v1/pay?x=1 HTTP/2" 204 - 154 9 226 100 "192.0.2.28,203.0.113.5" "shop/1" "cc21d9b0" "shop.example" "tcp://192.0.2.1:80"',
      fields: {
        timestamp: '2026-11-22T13:36:00.310Z',
        'source.ip': '203.0.113.5',
        'http.response.status_code': 204,
        'http.response.body.bytes': 9,
        'url.path': '/api/v1/pay',
        'url.domain': 'shop.example',
        'user_agent.original': 'shop/1',
      },
    },
    {
      kind: 'good',
      line: '[2026-11-22T13:36:00.310Z] "GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "-" "curl/8" "84961386" "httpbin:8000" "192.0.2.21:80" inbound|8000|| 127.0.0.6:4243 192.0.2.21:80 203.0.113.5:3818 outbound_x default',
      fields: { 'source.ip': '203.0.113.5', 'source.port': 3818, 'http.response.body.bytes': 135 },
    },
    {
      kind: 'good',
      line: '[2026-11-22T13:36:00.310Z] "GET / HTTP/1.1" 200 - 0 25 5 4 "192.0.2.28, [2001:db8::5]:54321" "curl/8" "84961386" "shop.example" "tcp://192.0.2.1:80"',
      fields: { 'source.ip': '2001:db8::5', 'source.port': 54321 },
    },
    {
      kind: 'malformed',
      line: '[2026-11-22T13:36:00.310Z] "- - -" 0 UF 0 0 5 - "-" "-" "-" "-" "192.0.2.1:80"',
      fields: { 'source.ip': undefined, 'user_agent.original': undefined },
    },
    {
      kind: 'hostile',
      line: '[2026-11-22T13:36:00.310Z] "GET /x HTTP/1.1" 404 - 0 0 1 - "203.0.113.5" "x\\" 200 \\"192.0.2.1" "1" "shop.example" "-"',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
