import { defineFormat } from '../format.ts';
import {
  address,
  end,
  number,
  oneOf,
  optional,
  pattern,
  quoted,
  rest,
  skip,
  stamp,
  upTo,
  url,
  within,
  word,
} from '../pattern.ts';
import { addressAndPort, ahead, request } from '../pieces/access.ts';

/** Three times in seconds, `-1` where there was no answer. */
const times = pattern`${skip('word')} ${skip('word')} ${skip('word')}`;
const target = within('word', [
  oneOf(pattern`${address('destination', 'last')}:${number('destination.port')}${end()}`, pattern`-${end()}`),
]);
const status = oneOf(pattern`-1`, [number('http.response.status_code')]);
const wanted = pattern`${skip('word')} ${within('word', addressAndPort)} ${target} ${times} ${status} ${skip('word')} ${number()} ${number('http.response.body.bytes')} "`;

/** The balancer makes the target absolute: what the client asked for is behind its host. */
const absolute = pattern`${word('http.request.method')} ${upTo(':')}://${upTo(':/ ', 'url.domain')}${optional(pattern`:${number()}`)}${ahead(pattern`/`)}${url('last')} HTTP/${rest('http.version')}`;
const agent = pattern` "${quoted('user_agent.original')}"`;

/** The certificate's name, the rule and the time at which the request came, behind three fields that clients don't write. */
const came = pattern` ${skip('word')} ${skip('word')} ${skip('word')} "${skip('quote')}" "${skip('quote')}" "${skip('quote')}" ${skip('word')} ${stamp('rfc3339')}`;

/** Application balancers name the kind of request first. */
const application = pattern`${oneOf(pattern`https `, pattern`http `, pattern`h2 `, pattern`grpcs `, pattern`wss `, pattern`ws `)}${stamp('rfc3339')} ${wanted}${within('quote', [oneOf(absolute, [request])])}"${agent}${optional(came)}${skip('rest')}`;
const classic = pattern`${stamp('rfc3339')} ${wanted}${within('quote', [request])}"${optional(agent)}${skip('rest')}`;

export default defineFormat({
  name: 'aws_load_balancer',
  title: 'AWS load balancers: application (ALB) and classic (ELB) access logs',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html',
  rank: 85,
  dataset: 'aws.load_balancer',
  pattern: [oneOf(application, classic)],
  samples: [
    {
      kind: 'good',
      line: 'https 2026-11-22T13:36:00.186641Z app/shop/490d68edf04676fe 203.0.113.5:44740 192.0.2.20:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example:443/robots.txt?a=1 HTTP/1.1" "curl/8.5" ECDHE TLSv1.2 arn:aws:x "Root=1-58" "www.example" "arn:aws:acm:y" 1 2026-11-22T13:35:59.364000Z "forward" "-" "-" "192.0.2.20:80" "200" "-" "-"',
      fields: {
        timestamp: '2026-11-22T13:35:59.364Z',
        'source.ip': '203.0.113.5',
        'source.port': 44740,
        'destination.ip': '192.0.2.20',
        'http.response.status_code': 200,
        'http.response.body.bytes': 57,
        'url.domain': 'www.example',
        'url.original': '/robots.txt?a=1',
        'url.path': '/robots.txt',
        'user_agent.original': 'curl/8.5',
      },
    },
    {
      kind: 'good',
      line: '2026-11-22T13:36:00.945958Z shop 203.0.113.5:2817 - -1 -1 -1 408 - 129 0 "PUT https://media.example:443/v/1 HTTP/1.1"',
      fields: {
        timestamp: '2026-11-22T13:36:00.945Z',
        'source.ip': '203.0.113.5',
        'http.response.status_code': 408,
        'url.path': '/v/1',
        'url.domain': 'media.example',
      },
    },
    {
      kind: 'malformed',
      line: '2026-11-22T13:36:00.945958Z shop 203.0.113.5:2817 192.0.2.20:80 0.001069 0.000028 0.000041 - - 82 305 "- - - " "-" - -',
      fields: { 'source.ip': '203.0.113.5', 'http.response.status_code': undefined, 'http.response.body.bytes': 305 },
    },
    {
      kind: 'hostile',
      line: 'http 2026-11-22T13:36:00.186641Z app/shop/4 203.0.113.5:44740 - -1 -1 -1 404 - 204 167 "GET http://www.example:80/%22%20200 HTTP/1.1" "x\\" 192.0.2.1:80 2020-01-01T00:00:00Z" - - - "Root=1" "-" "-" 0 2026-11-22T13:36:00.100000Z "fixed-response" "-" "-" "-" "-" "-" "-"',
      fields: { timestamp: '2026-11-22T13:36:00.100Z', 'source.ip': '203.0.113.5', 'http.response.status_code': 404 },
    },
  ],
});
